// The last minutes, as JSON text: strings cannot change under us, and their size is known.
// A segment begins with a full snapshot, so that the oldest can be dropped whole.

export interface Segment {
  at: number
  events: string[]
}

/** How far back an ask reaches. */
export const KEPT_MS = 180_000
const MAX_SIZE = 12_000_000
/** UTF-16 units; the server takes 8 MB unpacked. A page that changes more than this in one segment is not recorded on. */
const MAX_SEGMENT = 4_000_000

export class Ring {
  private segments: Segment[] = []
  private sizes: number[] = []

  constructor(segments: Segment[] = [], now = Date.now()) {
    for (const segment of segments) {
      this.segments.push(segment)
      this.sizes.push(segment.events.reduce((sum, event) => sum + event.length, 0))
    }
    while (this.segments[0] && this.segments[0].at < now - KEPT_MS) this.drop()
  }

  /** `begins`: the first event of a new segment. */
  add(event: string, at: number, begins: boolean): void {
    if (begins || !this.segments.length) {
      this.segments.push({ at, events: [] })
      this.sizes.push(0)
      this.forget(at)
    }
    const last = this.segments.length - 1
    const size = this.sizes[last]! + event.length
    if (size > MAX_SEGMENT) return
    this.segments[last]!.events.push(event)
    this.sizes[last] = size
  }

  /** Everything there is; from now on it is the caller's. */
  take(): Segment[] {
    this.sizes = []
    return this.segments.splice(0).filter((segment) => segment.events.length)
  }

  private forget(now: number): void {
    // The first reaches until the second begins.
    while (this.segments[1] && this.segments[1].at <= now - KEPT_MS) this.drop()
    while (this.segments.length > 1 && this.sizes.reduce((sum, size) => sum + size, 0) > MAX_SIZE) this.drop()
  }

  private drop(): void {
    this.segments.shift()
    this.sizes.shift()
  }
}
