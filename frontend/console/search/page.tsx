// One box over everything: results by kind as somebody types; arrows and Enter move through them.
import './search.css'
import { useEffect, useRef, useState } from 'preact/hooks'
import { go } from '../address'
import { call } from '../api'
import { useLoaded } from '../hooks'
import type { RoomProps } from '../rooms'
import { Empty, Failed } from '../states'
import { dayWords } from '../words'
import { cutAtMarks, merge } from './merge'
import type { Found, Group, Hit } from './types'

const KINDS: Record<string, string> = {
  account: 'Accounts',
  contact: 'Contacts',
  escalation: 'Escalations',
  problem: 'Problems',
  message: 'Messages',
  article: 'Articles',
  intent: 'Intents',
}
const NOTHING: Found = { groups: [], unread: '' }
/** Milliseconds without typing after which a text is worth reading for its meaning. */
const SETTLED = 160

export default function SearchPage({ address }: RoomProps) {
  const asked = (address.query.q ?? '').slice(0, 200)
  const settled = useSettled(asked.trim())
  const words = useFound(asked.trim(), 'words')
  const meaning = useFound(settled, 'meaning')
  const box = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  const [shown, keep] = useState<Found>(NOTHING)
  useEffect(() => {
    if (words.value) keep(words.value)
  }, [words.value])
  const groups = merge(shown.groups, settled === asked.trim() ? (meaning.value?.groups ?? []) : [])
  return (
    <section class="friction search" data-testid="search">
      <header class="page-head">
        <h1>Search</h1>
      </header>
      <div onKeyDown={(event) => walk(event, box.current, list.current)}>
        <label>
          <span class="vc-hidden-text">Search accounts, people, escalations, messages, problems, articles and intents</span>
          <input
            ref={box}
            class="vc-field search-box"
            type="search"
            placeholder="Accounts, people, what was said, articles …"
            maxLength={200}
            value={asked}
            onInput={(event) => go({ ...address, query: { q: event.currentTarget.value } }, 'replace')}
            data-testid="search-box"
          />
        </label>
        <div ref={list} class="search-results">
          <Results asked={asked.trim()} groups={groups} done={words.value !== undefined && settled === asked.trim() && (meaning.value !== undefined || meaning.error !== undefined)} />
        </div>
      </div>
      <p class="vc-hidden-text" role="status">
        {asked.trim() && words.value ? `${groups.reduce((sum, group) => sum + group.hits.length, 0)} found` : ''}
      </p>
      {words.error && <Failed error={words.error} retry={words.again} />}
      {meaning.value?.unread && <p class="soft">Only letters were compared: {meaning.value.unread}</p>}
    </section>
  )
}

function Results({ asked, groups, done }: { asked: string; groups: Group[]; done: boolean }) {
  if (!asked)
    return (
      <Empty icon="search" title="Everything in one place">
        <p>Type a name, a sentence somebody wrote, or what it was about. The same meaning in other words is found, too.</p>
      </Empty>
    )
  if (groups.length === 0) return done ? <NothingFound /> : null
  return (
    <>
      {groups.map(({ kind, hits }) => (
        <section key={kind} aria-labelledby={`found-${kind}`}>
          <h2 id={`found-${kind}`} class="search-kind">
            {KINDS[kind] ?? kind}
          </h2>
          <ul class="search-list">
            {hits.map((hit) => (
              <HitLine key={hit.id} hit={hit} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function HitLine({ hit }: { hit: Hit }) {
  const inside = (
    <>
      <span class="search-title" dir="auto">
        <Marked text={hit.title || '(no title)'} marks={hit.title_marks} />
      </span>
      {hit.text && (
        <span class="search-text" dir="auto">
          <Marked text={hit.text} marks={hit.text_marks} />
        </span>
      )}
      <span class="soft search-note">
        <bdi>{dayWords(hit.note)}</bdi>
        {hit.by === 'meaning' && ' means the same'}
      </span>
    </>
  )
  return (
    <li data-testid="hit" data-kind={hit.kind}>
      {hit.address ? (
        <a class="search-hit" href={hit.address} onClick={open}>
          {inside}
        </a>
      ) : (
        <span class="search-hit">{inside}</span>
      )}
    </li>
  )
}

function Marked({ text, marks }: { text: string; marks: [number, number][] }) {
  return <>{cutAtMarks(text, marks).map(({ text, marked }, place) => (marked ? <mark key={place}>{text}</mark> : text))}</>
}

/** Keeps a plain click inside the app. */
function open(event: MouseEvent & { currentTarget: HTMLAnchorElement }): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
  event.preventDefault()
  history.pushState(null, '', event.currentTarget.href)
  dispatchEvent(new PopStateEvent('popstate'))
}

function walk(event: KeyboardEvent, box: HTMLInputElement | null, list: HTMLElement | null): void {
  if (event.key === 'Escape') return box?.focus()
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (!step || !list) return
  const links = [...list.querySelectorAll<HTMLElement>('a.search-hit')]
  const at = links.indexOf(document.activeElement as HTMLElement)
  event.preventDefault()
  if (at + step < 0) box?.focus()
  else links[Math.min(links.length - 1, at + step)]?.focus()
}

function useFound(asked: string, by: 'words' | 'meaning') {
  return useLoaded<Found>(`find ${by} ${asked}`, () => (asked ? call(`/search?by=${by}&q=${encodeURIComponent(asked)}`) : Promise.resolve(NOTHING)))
}

function useSettled(asked: string): string {
  const [settled, settle] = useState(asked)
  useEffect(() => {
    const timer = setTimeout(() => settle(asked), SETTLED)
    return () => clearTimeout(timer)
  }, [asked])
  return settled
}

function NothingFound() {
  return (
    <Empty icon="search" title="Nothing found">
      <p>Every word must occur. Fewer words find more; a whole sentence is also searched for by its meaning.</p>
    </Empty>
  )
}
