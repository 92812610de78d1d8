// The queue's column: filters, the bar that announces new work, the rows.
import type { Ref } from 'preact'
import { follow, go, VIEWS, type QueueAddress } from '../address'
import { Empty, Failed, Loading } from '../states'
import type { Order, View } from '../types'
import { QueueRow } from './row'
import type { LiveQueue } from './use_queue'

const VIEW_WORDS: Record<View, string> = {
  active: 'Active',
  mine: 'Mine',
  open: 'Open',
  taken: 'Taken',
  snoozed: 'Snoozed',
  resolved: 'Resolved',
}

interface ListProps {
  queue: LiveQueue
  address: QueueAddress
  marked: string | null
  now: number
  box: Ref<HTMLDivElement>
}

export function QueueList({ queue, address, marked, now, box }: ListProps) {
  const waiting = queue.rows?.waiting.length ?? 0
  return (
    <section class="queue" aria-label="Queue">
      <header class="queue-head">
        <h1>Queue</h1>
        <label class="order">
          <span class="vc-hidden-text">Order</span>
          <select value={address.order} onChange={(event) => go({ ...address, order: event.currentTarget.value as Order })}>
            <option value="value">Most valuable first</option>
            <option value="newest">Newest first</option>
          </select>
        </label>
      </header>
      <nav class="views" aria-label="State">
        {VIEWS.map((view) => (
          <a key={view} {...follow({ ...address, view })} class="view" aria-current={address.view === view ? 'page' : undefined}>
            {VIEW_WORDS[view]}
            <span class="view-count">{queue.counts?.[view] ?? ''}</span>
          </a>
        ))}
      </nav>
      <div class="announce" role="status">
        {waiting > 0 && (
          <button type="button" class="announce-button" data-testid="show-new" onClick={queue.show}>
            {waiting} new: show
          </button>
        )}
      </div>
      <div class="queue-rows" ref={box} data-testid="queue-rows">
        <Rows queue={queue} address={address} marked={marked} now={now} />
      </div>
    </section>
  )
}

function Rows({ queue, address, marked, now }: Omit<ListProps, 'box'>) {
  if (!queue.rows) return queue.error ? <Failed error={queue.error} retry={queue.again} /> : <Loading rows={6} label="Reading the queue" />
  if (queue.rows.shown.length === 0) return <NothingHere view={address.view} />
  return (
    <>
      <ul class="rows">
        {queue.rows.shown.map((row) => (
          <QueueRow key={row.id} row={row} address={address} now={now} marked={row.id === marked} />
        ))}
      </ul>
      {queue.more && <p class="rows-more">The first 200 are shown. Resolve some, or look at one state alone.</p>}
    </>
  )
}

function NothingHere({ view }: { view: View }) {
  if (view === 'snoozed') return <Empty icon="clock" title="Nothing is put off" />
  if (view === 'resolved') return <Empty icon="check" title="Nothing resolved yet" />
  if (view === 'mine')
    return (
      <Empty icon="person" title="Nothing is yours right now">
        <p>What you take over, and what is stuck in your accounts, appears here.</p>
      </Empty>
    )
  return (
    <Empty icon="check" title="Nobody is stuck">
      <p>When a customer struggles and help does not help, or asks for a person, they appear here at once.</p>
    </Empty>
  )
}
