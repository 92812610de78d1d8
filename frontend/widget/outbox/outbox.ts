// What the server has not yet acknowledged, in order. Pure: no clock, no storage, no socket.
//
// Events wait in `pending`, are sealed into batches numbered from 1 within the session, and leave
// only when their batch is acknowledged (or refused). Everything here survives a reload as a Kept.
import { MAX_EVENTS, type EventsFrame, type SayFrame, type SentEvent } from '../../protocol/protocol.ts'

/** Batches that may be on their way unacknowledged; more events wait unsealed. */
export const WINDOW = 8
/** Events that may wait unsealed; beyond this the oldest are dropped, and counted. */
export const MAX_PENDING = 2_000
/** Characters of JSON in one batch, well under the protocol's frame limit in bytes. */
export const MAX_BATCH_CHARS = 60_000
export const MAX_SAYS = 50

export interface Batch {
  sequence: number
  events: SentEvent[]
}

export interface Kept {
  session: string
  /** Id of the contact the product named in this session; '' before it named any. */
  contact: string
  /** The sequence number of the next batch. */
  next: number
  batches: Batch[]
  pending: SentEvent[]
  says: SayFrame[]
}

export function emptyKept(session: string): Kept {
  return { session, contact: '', next: 1, batches: [], pending: [], says: [] }
}

export class Outbox {
  /** Number of events given up: refused by the server, or more than may wait. */
  dropped = 0
  /** Whether one frame is sent at a time: the server refused something without saying what. */
  private careful = false
  private readonly kept: Kept
  private readonly under = new Set<number>()
  private readonly said = new Set<string>()

  constructor(kept: Kept) {
    this.kept = kept
  }

  get session(): string {
    return this.kept.session
  }

  /** Id of the contact the product named in this session; '' before it named any. */
  get contact(): string {
    return this.kept.contact
  }

  get says(): readonly SayFrame[] {
    return this.kept.says
  }

  /** Whether nothing is pending and no batch or message is unacknowledged. */
  get empty(): boolean {
    const { batches, pending, says } = this.kept
    return !batches.length && !pending.length && !says.length
  }

  get waiting(): boolean {
    return this.kept.pending.length > 0
  }

  /** Whether something is on its way and unanswered. */
  get awaiting(): boolean {
    return this.under.size > 0 || this.said.size > 0
  }

  /**
   * Names the session's contact. Returns false when it already belongs to another, so that this
   * contact needs a new session.
   */
  belongsTo(contact: string): boolean {
    if (this.kept.contact && this.kept.contact !== contact) return false
    this.kept.contact = contact
    return true
  }

  snapshot(): Kept {
    return this.kept
  }

  add(event: SentEvent): void {
    const { pending } = this.kept
    pending.push(event)
    this.dropped += pending.splice(0, Math.max(0, pending.length - MAX_PENDING)).length
  }

  /** Returns false when too many messages are waiting already; the caller must tell the contact. */
  say(frame: SayFrame): boolean {
    if (this.kept.says.length >= MAX_SAYS) return false
    this.kept.says.push(frame)
    return true
  }

  /** Adopts messages that another tab of this contact left behind. */
  adopt(frames: readonly SayFrame[]): void {
    const known = new Set(this.kept.says.map(({ id }) => id))
    this.kept.says.push(...frames.filter(({ id }) => !known.has(id)))
  }

  /**
   * Moves waiting events into batches, as far as the window allows. Returns true when it made any.
   */
  seal(): boolean {
    const { kept } = this
    let made = false
    while (kept.pending.length && kept.batches.length < WINDOW) {
      kept.batches.push({ sequence: kept.next++, events: kept.pending.splice(0, this.fitting()) })
      made = true
    }
    return made
  }

  /** Returns the frames to send now, oldest first; each is handed out once per connection. */
  take(): (EventsFrame | SayFrame)[] {
    const batches = this.kept.batches.filter(({ sequence }) => !this.under.has(sequence))
    const says = this.kept.says.filter(({ id }) => !this.said.has(id))
    let frames: (EventsFrame | SayFrame)[] = [
      ...batches.map(({ sequence, events }) => ({ type: 'events' as const, sequence, events })),
      ...says,
    ]
    if (this.careful) frames = this.awaiting ? [] : frames.slice(0, 1)
    for (const frame of frames) {
      if (frame.type === 'say') this.said.add(frame.id)
      else this.under.add(frame.sequence)
    }
    return frames
  }

  /**
   * The server refused something and could not say what (not JSON, too large). A frame that is
   * alone on the line is to blame and is given up; otherwise everything is sent again, one by one.
   */
  blameUnknown(): void {
    const [sequence] = this.under
    const [id] = this.said
    const alone = this.under.size + this.said.size === 1
    this.careful = true
    if (alone && sequence) this.refused(sequence, null)
    else if (alone && id) this.sayDone(id)
  }

  /** The connection is gone or the server is busy: everything unacknowledged must be sent again. */
  forgetSent(): void {
    this.under.clear()
    this.said.clear()
  }

  acked(sequence: number): void {
    this.kept.batches = this.kept.batches.filter((batch) => batch.sequence !== sequence)
    this.under.delete(sequence)
  }

  sayDone(id: string): void {
    this.kept.says = this.kept.says.filter((say) => say.id !== id)
    this.said.delete(id)
  }

  /**
   * A batch was refused. The server has noted its number, so only the event at `index` is given up
   * and the others travel in a later batch; without an index the whole batch is given up.
   */
  refused(sequence: number, index: number | null): void {
    const batch = this.kept.batches.find((one) => one.sequence === sequence)
    if (!batch) return
    this.acked(sequence)
    const blamed = index !== null && index < batch.events.length
    this.dropped += blamed ? 1 : batch.events.length
    if (blamed) this.kept.pending.unshift(...batch.events.filter((_, at) => at !== index))
  }

  /** On `welcome`: batches up to `sequence` are stored. False: the rest does not follow on. */
  resume(sequence: number): boolean {
    const { kept } = this
    this.forgetSent()
    this.careful &&= kept.batches.length + kept.says.length > 0
    kept.batches = kept.batches.filter((batch) => batch.sequence > sequence)
    const first = kept.batches[0]?.sequence ?? kept.next
    if (first !== sequence + 1) {
      // Nothing of ours is unstored; the server merely knows more than we remember.
      if (!kept.batches.length && sequence >= kept.next) kept.next = sequence + 1
      else return false
    }
    return true
  }

  /** Moves the same contents to a new session, numbered from 1 again. */
  renew(session: string): void {
    const { kept } = this
    kept.session = session
    kept.batches.forEach((batch, at) => (batch.sequence = at + 1))
    kept.next = kept.batches.length + 1
    this.forgetSent()
  }

  /** Returns how many pending events fit into one batch: at least one, whatever its size. */
  private fitting(): number {
    const { pending } = this.kept
    let chars = 0
    let count = 0
    while (count < pending.length && count < MAX_EVENTS) {
      chars += JSON.stringify(pending[count]).length + 1
      if (count > 0 && chars > MAX_BATCH_CHARS) break
      count++
    }
    return count
  }
}
