// The queue beside the escalation that is open: a CSM's day from the keyboard.
import { useState } from 'preact/hooks'
import { go, type QueueAddress } from '../address'
import { EscalationPage } from '../escalation/page'
import { useNow } from '../hooks'
import { useShortcuts } from '../keys'
import { Empty } from '../states'
import type { Me } from '../types'
import { QueueList } from './list'
import { neighbour } from './rows'
import { useHand } from './use_hand'
import { useQueue } from './use_queue'

export function QueuePage({ address, me }: { address: QueueAddress; me: Me }) {
  const { box, onList, touched } = useHand()
  const queue = useQueue({ view: address.view, order: address.order, me: me.member }, onList)
  const now = useNow()
  const [moved, move] = useState<string | null>(null)
  const marked = moved ?? address.escalation
  const step = (by: 1 | -1) => {
    touched()
    const next = neighbour(queue.rows?.shown ?? [], marked, by)
    if (!next) return
    move(next.id)
    // With one open beside the list, moving through the list reads on.
    if (address.escalation) go({ ...address, escalation: next.id }, 'replace')
  }
  const close = () => go({ ...address, escalation: null })
  useShortcuts([
    { key: 'j', what: 'Next', run: () => step(1) },
    { key: 'k', what: 'Previous', run: () => step(-1) },
    { key: 'Enter', what: 'Open', run: () => marked && go({ ...address, escalation: marked }) },
    { key: 'n', what: 'Show new work', run: queue.show },
    { key: 'Escape', what: 'Close', run: close },
  ])
  return (
    <div class={`desk${address.escalation ? ' desk-open' : ''}`}>
      <QueueList queue={queue} address={address} marked={marked} now={now} box={box} />
      <div class="desk-main">
        {address.escalation ? (
          <EscalationPage key={address.escalation} id={address.escalation} me={me} changed={queue.take} close={close} />
        ) : (
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
