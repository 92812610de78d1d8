// The queue's column: state, filters, the bar that announces new work, the rows in sight.
import type { ComponentChildren } from 'preact'
import type { RefObject } from 'preact'
import { useCallback, useEffect } from 'preact/hooks'
import { follow, go, VIEWS, type QueueAddress } from '../address'
import { Button } from '../../shared/button'
import { lookersAt, type Look } from '../presence'
import { Empty, Failed, Loading } from '../states'
import type { Me, Order, View } from '../types'
import { FilterBar, isFiltered } from './filters'
import { QueueRow } from './row'
import type { Selection } from './selection'
import type { LiveQueue } from './use_queue'
import { ROW_HEIGHT, showRow, useWindow } from './use_window'

const VIEW_WORDS: Record<View, string> = {
  active: 'Active',
  mine: 'Mine',
  open: 'Open',
  taken: 'Taken',
  snoozed: 'Snoozed',
  resolved: 'Resolved',
}

const ORDER_WORDS: Record<Order, string> = { value: 'Most valuable first', newest: 'Newest first', due: 'Due first' }

interface ListProps {
  queue: LiveQueue
  address: QueueAddress
  me: Me
  marked: string | null
  now: number
  box: RefObject<HTMLDivElement | null>
  looks: Look[]
  selection: Selection
  /** `range`: from where the last one was chosen to this one. */
  choose(id: string, range: boolean): void
  /** What stands below the rows while some are chosen: above them it would push them from under the hand. */
  bulk: ComponentChildren
}

export function QueueList(props: ListProps) {
  const { queue, address, me, box, bulk } = props
  const waiting = queue.rows?.waiting.length ?? 0
  return (
    <section class="queue" aria-label="Queue">
      <header class="queue-head">
        <h1>Queue</h1>
        <div class="announce" role="status">
          {waiting > 0 && (
            <button type="button" class="announce-button" data-testid="show-new" onClick={queue.show}>
              {waiting} new: show
            </button>
          )}
        </div>
        <label class="order">
          <span class="vc-hidden-text">Order</span>
          <select value={address.order} onChange={(event) => go({ ...address, order: event.currentTarget.value as Order })}>
            {(Object.keys(ORDER_WORDS) as Order[]).map((order) => (
              <option key={order} value={order}>
                {ORDER_WORDS[order]}
              </option>
            ))}
          </select>
        </label>
      </header>
      <nav class="views" aria-label="State">
        {VIEWS.map((view) => (
          <a key={view} {...follow({ ...address, view })} class="view" aria-current={address.view === view ? 'page' : undefined}>
            {VIEW_WORDS[view]}
            {view !== 'resolved' && <span class="view-count">{queue.counts?.[view] || ''}</span>}
          </a>
        ))}
      </nav>
      <FilterBar address={address} me={me} />
      <div class="queue-rows" ref={box} data-testid="queue-rows">
        <Rows {...props} />
      </div>
      {bulk}
    </section>
  )
}

function Rows(props: ListProps) {
  const { queue, address } = props
  if (!queue.rows) return queue.error ? <Failed error={queue.error} retry={queue.again} /> : <Loading rows={6} label="Reading the queue" />
  if (queue.rows.shown.length === 0) return <NothingHere address={address} seen={queue.seen} />
  return <Window {...props} />
}

function Window({ queue, address, me, marked, now, box, looks, selection, choose }: ListProps) {
  const shown = queue.rows?.shown ?? []
  const nearEnd = useCallback(() => queue.more && queue.further(), [queue.more, queue.further])
  const { from, to } = useWindow(box, shown.length, nearEnd)
  useEffect(() => {
    if (marked) showRow(box.current, shown.findIndex((row) => row.id === marked))
    // Only when another row is marked: rows that come and go must not pull the list about.
  }, [marked])
  return (
    <>
      <ul class="rows" style={{ height: `${shown.length * ROW_HEIGHT}px`, paddingTop: `${from * ROW_HEIGHT}px` }}>
        {shown.slice(from, to).map((row, place) => (
          <QueueRow
            key={row.id}
            row={row}
            place={from + place + 1}
            count={queue.more ? -1 : shown.length}
            address={address}
            now={now}
            marked={row.id === marked}
            chosen={selection.ids.has(row.id)}
            choosing={selection.ids.size > 0}
            choose={choose}
            lookers={lookersAt(looks, row.id)}
            me={me}
          />
        ))}
      </ul>
      {queue.more && <p class="rows-more">Reading more…</p>}
    </>
  )
}

function NothingHere({ address, seen }: { address: QueueAddress; seen: boolean }) {
  const { view } = address
  if (!seen)
    return (
      <Empty icon="search" title="Nobody has been seen yet">
        <p>No sessions have been recorded, so nobody can be seen to be stuck.</p>
        <p>
          <a {...follow({ page: 'room', room: 'settings', rest: '', query: {} })}>Put the widget into a page</a>
        </p>
      </Empty>
    )
  if (isFiltered(address))
    return (
      <Empty icon="search" title="Nothing fits">
        <p>No escalation in this state matches every filter.</p>
        <Button onClick={() => go({ ...address, filters: {} })}>Without filters</Button>
      </Empty>
    )
  if (view === 'snoozed') return (
      <Empty icon="clock" title="Nothing is snoozed">
        <p>Snoozed escalations wait here with their reason, and come back by themselves when their time is up.</p>
      </Empty>
    )
  if (view === 'resolved') return (
      <Empty icon="check" title="Nothing resolved yet">
        <p>Resolved escalations are kept here with their verdicts.</p>
      </Empty>
    )
  if (view === 'taken') return (
      <Empty icon="person" title="Nothing is taken over">
        <p>Escalations that a member has taken over stay here until they are resolved or handed back.</p>
      </Empty>
    )
  if (view === 'mine')
    return (
      <Empty icon="person" title="Nothing is yours right now">
        <p>What you take over, and whoever is stuck in your accounts, appears here.</p>
      </Empty>
    )
  return (
    <Empty icon="check" title="Nobody is stuck">
      <p>When a customer struggles and help does not help, or asks for a person, they appear here at once.</p>
    </Empty>
  )
}
