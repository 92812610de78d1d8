// Ctrl+K: go anywhere, do what this screen can do, find anything.
import { useEffect, useState } from 'preact/hooks'
import { call, readViews } from './api'
import { type Address, go, type KnownAddress, parseAddress } from './address'
import { Icon, type IconName } from '../shared/icon'
import { useLoaded } from './hooks'
import { shortcutsNow } from './keys'
import { Modal } from './modal'
import { fitting, type Choice } from './palette_choices'
import { ROOMS } from './rooms'
import { viewAddress } from './queue/saved_views'
import './style/palette.css'

interface Hit {
  id: string | number
  title: string
  text: string
  address: string
}

interface Found {
  groups: { kind: string; hits: Hit[] }[]
}

const SEARCH_FROM = 2
const TYPING_RESTS = 120
const SHOWN = 12

const ICONS: Record<string, IconName> = { account: 'flag', contact: 'person', escalation: 'chat', message: 'chat', article: 'book', intent: 'help', problem: 'warning' }

export default function Palette({ close }: { close(): void }) {
  const [find, setFind] = useState('')
  const [at, move] = useState(0)
  // The screen's own choices are read once, because the dialog itself must not change them.
  const [here] = useState(() => ownChoices())
  const views = useLoaded('views', readViews)
  const hits = useHits(find)
  const saved = (views.value ?? []).map((view): Choice => ({ title: view.name, kind: 'View', icon: 'eye', run: () => goTo(viewAddress(view)) }))
  const choices = [...fitting([...here, ...saved], find), ...hits].slice(0, SHOWN)
  const chosen = Math.min(at, choices.length - 1)
  const take = (choice: Choice | undefined) => {
    if (!choice) return
    close()
    // Runs after the dialog has gone, so that what it opens can be a dialog too.
    setTimeout(choice.run)
  }
  const pressed = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by) {
      event.preventDefault()
      move((chosen + by + choices.length) % Math.max(1, choices.length))
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault()
      take(choices[chosen])
    }
  }
  return (
    <Modal class="dialog palette" aria-label="Commands" data-testid="palette" close={close} onClick={(event) => event.target === event.currentTarget && close()}>
      <input
        class="palette-find"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={choices[chosen] ? `palette-${chosen}` : undefined}
        aria-label="Go to, do, or find"
        placeholder="Go to, do, or find…"
        value={find}
        data-testid="palette-find"
        onInput={(event) => {
          setFind(event.currentTarget.value)
          move(0)
        }}
        onKeyDown={pressed}
      />
      <ul class="palette-list" id="palette-list" role="listbox" aria-label="Choices">
        {choices.map((choice, place) => (
          <li key={`${choice.kind} ${choice.title} ${place}`} id={`palette-${place}`} role="option" aria-selected={place === chosen} class="palette-one" data-testid="palette-choice" onMouseMove={() => place !== chosen && move(place)} onClick={() => take(choice)}>
            <Icon name={choice.icon} />
            <span class="palette-title">
              <bdi>{choice.title}</bdi>
              {choice.more && (
                <bdi class="soft palette-more">{choice.more}</bdi>
              )}
            </span>
            <span class="soft">{choice.key ? <kbd>{choice.key}</kbd> : choice.kind}</span>
          </li>
        ))}
      </ul>
      {choices.length === 0 && <p class="palette-none soft">Nothing fits.</p>}
    </Modal>
  )
}

function ownChoices(): Choice[] {
  const acts = shortcutsNow().map(({ key, what, run }): Choice => ({ title: what, kind: 'Do', key, icon: 'arrow', run }))
  const rooms = ROOMS.map(({ path, title, icon }): Choice => ({ title, kind: 'Go to', icon, run: () => go({ page: 'room', room: path, rest: '', query: {} }) }))
  const queue = (view: 'active' | 'mine' | 'snoozed' | 'resolved', title: string): Choice => ({ title, kind: 'Go to', icon: 'chat', run: () => go({ page: 'queue', escalation: null, view, order: 'value' }) })
  return [
    ...acts,
    queue('active', 'Queue'),
    queue('mine', 'Queue: mine'),
    queue('snoozed', 'Queue: snoozed'),
    queue('resolved', 'Queue: resolved'),
    { title: 'Friction', kind: 'Go to', icon: 'warning', run: () => go({ page: 'friction', period: '7d', kind: '', place: '' }) },
    ...rooms,
  ]
}

/** Returns what the search finds once typing pauses, and drops the answer to an older question. */
function useHits(find: string): Choice[] {
  const [hits, setHits] = useState<Choice[]>([])
  useEffect(() => {
    const asked = find.trim()
    if (asked.length < SEARCH_FROM) return setHits([])
    let over = false
    const timer = setTimeout(() => {
      call<Found>(`/search?by=words&q=${encodeURIComponent(asked)}`).then(
        (found) => !over && setHits(found.groups.flatMap(({ kind, hits }) => hits.slice(0, 3).map((hit) => asChoice(kind, hit)))),
        // Without an answer the palette still offers places and acts.
        () => !over && setHits([]),
      )
    }, TYPING_RESTS)
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [find])
  return hits
}

function asChoice(kind: string, hit: Hit): Choice {
  const words = kind.charAt(0).toUpperCase() + kind.slice(1).replace(/s$/, '')
  return { title: hit.title, more: hit.text, kind: words, icon: ICONS[kind.replace(/s$/, '')] ?? 'search', run: () => goTo(inside(hit.address)) }
}

function inside(address: string): Address {
  const { pathname, search } = new URL(address, location.href)
  return parseAddress(pathname, search)
}

function goTo(address: Address | { page: 'unknown' } | undefined): void {
  if (address && address.page !== 'unknown') go(address as KnownAddress)
}
