// What the server has not yet acknowledged, in order. Pure: no clock, no storage, no socket.
//
// Events wait in `pending`, are sealed into batches numbered from 1 within the session, and leave
// only when their batch is acknowledged (or refused). Whatever is here survives a reload as a Kept.
import { MAX_EVENTS, type EventsFrame, type SayFrame, type SentEvent } from '../../protocol/protocol.ts'

/** Batches that may be under way unacknowledged; more events wait unsealed. */
export const WINDOW = 8
/** Events that may wait unsealed; beyond it the oldest are given up, and counted. */
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
  /** Whom the product has named in this session; '' nobody yet. */
  contact: string
  /** The sequence the next batch gets. */
  next: number
  batches: Batch[]
  pending: SentEvent[]
  says: SayFrame[]
}

export function emptyKept(session: string): Kept {
  return { session, contact: '', next: 1, batches: [], pending: [], says: [] }
}

export class Outbox {
  /** Events given up: refused by the server, or more than may wait. */
  dropped = 0
  /** One frame at a time: the server refused something without being able to say what. */
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

  /** Whom the product has named in this session; '' nobody yet. */
  get contact(): string {
    return this.kept.contact
  }

  get says(): readonly SayFrame[] {
    return this.kept.says
  }

  /** Nothing is pending, and no batch and no message is unacknowledged. */
  get empty(): boolean {
    const { batches, pending, says } = this.kept
    return !batches.length && !pending.length && !says.length
  }

  get waiting(): boolean {
    return this.kept.pending.length > 0
  }

  /** Something is on its way and unanswered. */
  get awaiting(): boolean {
    return this.under.size > 0 || this.said.size > 0
  }

  /** False: the session is another contact's already, and this one needs a new one. */
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

  /** False: too many messages wait already; the caller must say so to the contact. */
  say(frame: SayFrame): boolean {
    if (this.kept.says.length >= MAX_SAYS) return false
    this.kept.says.push(frame)
    return true
  }

  /** Goes on with messages that another tab of this contact has left. */
  adopt(frames: readonly SayFrame[]): void {
    const known = new Set(this.kept.says.map(({ id }) => id))
    this.kept.says.push(...frames.filter(({ id }) => !known.has(id)))
  }

  /** Moves what waits into batches, as far as the window allows; true when it made one. */
  seal(): boolean {
    const { kept } = this
    let made = false
    while (kept.pending.length && kept.batches.length < WINDOW) {
      kept.batches.push({ sequence: kept.next++, events: kept.pending.splice(0, this.fitting()) })
      made = true
    }
    return made
  }

  /** Frames to send now, oldest first; each is handed out once per connection. */
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
   * Something was refused and the server could not say which (not JSON, too large). What stands
   * alone on the line is guilty and given up; otherwise everything goes again, one by one.
   */
  blameUnknown(): void {
    const [sequence] = this.under
    const [id] = this.said
    const alone = this.under.size + this.said.size === 1
    this.careful = true
    if (alone && sequence) this.refused(sequence, null)
    else if (alone && id) this.sayDone(id)
  }

  /** The connection is gone or the server is busy: all that is unacknowledged is to be sent again. */
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
   * and the others travel in a later batch; without an index all of it is given up.
   */
  refused(sequence: number, index: number | null): void {
    const batch = this.kept.batches.find((one) => one.sequence === sequence)
    if (!batch) return
    this.acked(sequence)
    const blamed = index !== null && index < batch.events.length
    this.dropped += blamed ? 1 : batch.events.length
    if (blamed) this.kept.pending.unshift(...batch.events.filter((_, at) => at !== index))
  }

  /** After `welcome`: batches up to `sequence` are stored. False: what is left does not follow on. */
  resume(sequence: number): boolean {
    const { kept } = this
    this.forgetSent()
    this.careful &&= kept.batches.length + kept.says.length > 0
    kept.batches = kept.batches.filter((batch) => batch.sequence > sequence)
    const first = kept.batches[0]?.sequence ?? kept.next
    if (first !== sequence + 1) {
      // Nothing of ours is unstored: the server only knows more than we remember.
      if (!kept.batches.length && sequence >= kept.next) kept.next = sequence + 1
      else return false
    }
    return true
  }

  /** The same contents under a new session, numbered from 1 again. */
  renew(session: string): void {
    const { kept } = this
    kept.session = session
    kept.batches.forEach((batch, at) => (batch.sequence = at + 1))
    kept.next = kept.batches.length + 1
    this.forgetSent()
  }

  /** How many pending events go into one batch: at least one, whatever its size. */
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
