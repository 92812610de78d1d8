// The server's side of the protocol as widget/consumer.py keeps it, in memory, for the tests of the
// line: a ledger per session, acknowledgements, refusals that are noted, and history.
import type { FromWidget, SentEvent, ToWidget } from '../../protocol/protocol.ts'

export class FakeServer {
  /** Every event stored, in order, per session. */
  readonly stored = new Map<string, SentEvent[]>()
  readonly said: { id: string; text: string }[] = []
  readonly nudges: string[] = []
  /** How many frames to answer with `overloaded` before accepting any again. */
  busy = 0
  private readonly ledger = new Map<string, number>()
  private session = ''

  /** Opens a new connection, which knows nothing of the last one. */
  connect(): void {
    this.session = ''
  }

  take(frame: FromWidget): ToWidget[] {
    if (frame.type === 'hello') {
      this.session = frame.session
      const sequence = this.ledger.get(frame.session) ?? 0
      return [{ type: 'welcome', sequence, at: frame.at, company: 'Acme', assistant_silent: false }]
    }
    if (!this.session) return [{ type: 'error', code: 'hello_first', detail: '', closes: true }]
    if (frame.type === 'events') return this.store(frame)
    if (frame.type === 'say') return this.hear(frame)
    if (frame.type === 'nudge' && 'state' in frame) this.nudges.push(`${frame.nudge} ${frame.state}`)
    return []
  }

  private store(frame: FromWidget & { type: 'events' }): ToWidget[] {
    const { sequence } = frame
    const last = this.ledger.get(this.session) ?? 0
    if (sequence > last + 1) return [{ type: 'error', code: 'sequence_gap', detail: '', sequence: last + 1 }]
    if (this.busy > 0) {
      this.busy--
      return [{ type: 'error', code: 'overloaded', detail: '', sequence, retry_after: 2 }]
    }
    const bad = frame.events.findIndex((event) => event.type === 'track' && event.name === 'bad')
    if (sequence === last + 1) {
      this.ledger.set(this.session, sequence)
      const events = this.stored.get(this.session) ?? []
      this.stored.set(this.session, bad < 0 ? [...events, ...frame.events] : events)
    }
    if (bad >= 0) return [{ type: 'error', code: 'invalid', detail: '', sequence, field: `events[${bad}].name` }]
    return [{ type: 'ack', sequence }]
  }

  private hear(frame: FromWidget & { type: 'say' }): ToWidget[] {
    let seq = this.said.findIndex((said) => said.id === frame.id) + 1
    if (!seq) seq = this.said.push({ id: frame.id, text: frame.text })
    return [{ type: 'ack', message: frame.id, seq }]
  }
}
