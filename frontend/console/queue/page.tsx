// The queue beside the escalation that is open: a CSM's day from the keyboard.
import { useEffect, useRef, useState } from 'preact/hooks'
import { go, type QueueAddress } from '../address'
import { EscalationPage } from '../escalation/page'
import { useNow } from '../hooks'
import { useShortcuts } from '../keys'
import { sayLooking } from '../live'
import { lookersAt, usePresence } from '../presence'
import { Empty } from '../states'
import type { Me, Row } from '../types'
import { type Asked, Bulk } from './bulk'
import { QueueList } from './list'
import { neighbour } from './rows'
import { chosen, extended, NOTHING, type Selection, toggled } from './selection'
import { useHand } from './use_hand'
import { useQueue } from './use_queue'

export function QueuePage({ address, me }: { address: QueueAddress; me: Me }) {
  const { box, onList, touched } = useHand()
  const queue = useQueue({ view: address.view, order: address.order, filters: address.filters, me: me.member }, onList)
  const now = useNow()
  const looks = usePresence(me.member.id)
  const [moved, move] = useState<string | null>(null)
  const [selection, select] = useState<Selection>(NOTHING)
  const [asked, ask] = useState<Asked | null>(null)
  const shown = queue.rows?.shown ?? []
  const marked = moved ?? address.escalation
  // The list as it was when the marked row was last in it: one that is resolved leaves it.
  const stood = useRef(shown)
  if (stood.current !== shown && shown.some(({ id }) => id === marked)) stood.current = shown
  // With nothing chosen and nothing open, what is done is done to the marked row.
  const acting = targets(shown, selection, address.escalation ? null : marked)
  useLooking(address.escalation)
  // What is opened by a click is where the keys go on, too.
  useEffect(() => void (address.escalation && move(address.escalation)), [address.escalation])
  const step = (by: 1 | -1, extend = false) => {
    touched()
    const next = neighbour(shown, marked, by, stood.current)
    if (!next) return
    move(next.id)
    if (extend) select((before) => extended(before.ids.size || !marked ? before : toggled(before, marked), next.id, shown))
    // With one open beside the list, moving through the list reads on.
    else if (address.escalation) go({ ...address, escalation: next.id }, 'replace')
  }
  const choose = (id: string, range: boolean) => {
    touched()
    move(id)
    select((before) => (range ? extended(before, id, shown) : toggled(before, id)))
  }
  const close = () => {
    if (selection.ids.size > 0) return select(NOTHING)
    move(address.escalation)
    go({ ...address, escalation: null })
  }
  const act = (what: Asked) => acting.length > 0 && ask(what)
  const anyChosen = selection.ids.size > 0
  useShortcuts([
    { key: 'j', what: 'Next', run: () => step(1), quiet: true },
    { key: 'k', what: 'Previous', run: () => step(-1), quiet: true },
    { key: 'J', what: 'Choose the next too', run: () => step(1, true), quiet: true },
    { key: 'K', what: 'Choose the previous too', run: () => step(-1, true), quiet: true },
    { key: 'x', what: 'Choose', run: () => marked && choose(marked, false), quiet: true },
    { key: 'X', what: 'Choose up to here', run: () => marked && choose(marked, true), quiet: true },
    { key: 'Enter', what: 'Open', run: () => marked && go({ ...address, escalation: marked }), quiet: true },
    { key: 'n', what: 'Show new work', run: queue.show },
    { key: '/', what: 'Find in the queue', run: () => document.querySelector<HTMLElement>('[data-testid=queue-find]')?.focus() },
    { key: 'Escape', what: 'Close', run: close, quiet: true },
    ...(acting.length > 0
      ? ([
          { key: 'a', what: 'Assign', run: () => act('assign') },
          { key: 's', what: 'Snooze', run: () => act('snooze') },
          { key: 'e', what: 'Resolve', run: () => act('resolve') },
          ...(acting.length > 1 ? [{ key: 'm', what: 'Merge', run: () => act('merge') }] : []),
        ] as const)
      : []),
  ])
  const done = (ids: string[]) => select((before) => ({ ...before, ids: new Set([...before.ids].filter((id) => !ids.includes(id))) }))
  return (
    <div class={`desk${address.escalation ? ' desk-open' : ''}`}>
      <QueueList
        queue={queue}
        address={address}
        me={me}
        marked={marked}
        now={now}
        box={box}
        looks={looks}
        selection={selection}
        choose={choose}
        bulk={<Bulk rows={acting} bar={anyChosen} me={me} asked={asked} ask={ask} done={done} clear={() => select(NOTHING)} />}
      />
      <div class="desk-main">
        {address.escalation ? (
          <EscalationPage key={address.escalation} id={address.escalation} me={me} lookers={lookersAt(looks, address.escalation)} busy={anyChosen} changed={queue.take} close={close} />
        ) : queue.rows?.shown.length === 0 ? null : (
          <Empty icon="chat" title="Choose an escalation">
            <p>
              <kbd>j</kbd> and <kbd>k</kbd> move, <kbd>Enter</kbd> opens, <kbd>?</kbd> shows every key.
            </p>
          </Empty>
        )}
      </div>
    </div>
  )
}

function targets(shown: Row[], selection: Selection, marked: string | null): Row[] {
  if (selection.ids.size > 0) return chosen(selection, shown)
  return shown.filter((row) => row.id === marked)
}

/** The other members are told what is open here, and that it no longer is. */
function useLooking(escalation: string | null): void {
  useEffect(() => sayLooking(escalation), [escalation])
  useEffect(() => () => sayLooking(null), [])
}
