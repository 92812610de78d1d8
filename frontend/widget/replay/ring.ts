// The last minutes, as JSON text: strings cannot change under us, and their size is known. Each
// segment begins with a full snapshot, so that the oldest can be dropped whole.

export interface Segment {
  at: number
  events: string[]
}

/** Milliseconds of the past that a request covers. */
export const KEPT_MS = 180_000
const MAX_SIZE = 12_000_000
/**
 * UTF-16 units; the server accepts 8 MB unpacked. Changes beyond this are left out of the segment.
 */
const MAX_SEGMENT = 4_000_000

export class Ring {
  private segments: Segment[] = []
  private sizes: number[] = []
  private size = 0
  /** Part of the running segment is missing: later changes would refer to what is not there. */
  private torn = false

  constructor(segments: Segment[] = [], now = Date.now()) {
    for (const segment of segments) {
      this.begin(segment.at)
      for (const event of segment.events) this.push(event)
    }
    while (this.segments[0] && this.segments[0].at < now - KEPT_MS) this.drop()
  }

  /** Adds an event. `begins` marks the first event of a new segment. */
  add(event: string, at: number, begins: boolean): void {
    if (begins) this.torn = false
    if (begins || !this.segments.length) this.begin(at)
    // The first segment covers the time until the second begins.
    while (this.segments[1] && this.segments[1].at <= at - KEPT_MS) this.drop()
    this.torn ||= this.sizes.at(-1)! + event.length > MAX_SEGMENT
    if (!this.torn) this.push(event)
    while (this.size > MAX_SIZE && this.segments.length > 1) this.drop()
  }

  /** Hands over everything there is; the ring is empty afterwards. */
  take(): Segment[] {
    this.sizes = []
    this.size = 0
    return this.segments.splice(0).filter((segment) => segment.events.length)
  }

  private begin(at: number): void {
    this.segments.push({ at, events: [] })
    this.sizes.push(0)
  }

  private push(event: string): void {
    const last = this.segments.length - 1
    this.segments[last]!.events.push(event)
    this.sizes[last]! += event.length
    this.size += event.length
  }

  private drop(): void {
    this.segments.shift()
    this.size -= this.sizes.shift() ?? 0
  }
}
