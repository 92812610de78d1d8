// Chunks on their way to the server, one after the other. Their numbers make a resend harmless.
import { pack, type Packed } from './pack.ts'

export interface Queued {
  sequence: number
  events: string[]
}

export interface UploadOptions {
  /** Sends one body; resolves to the answer, rejects when there is none. */
  post: (sequence: number, packed: Packed) => Promise<Response>
  wait: (ms: number) => Promise<void>
}

const ATTEMPTS = 6
const PAUSE = 5_000
/** Statuses that blame the session, not this chunk: nothing more of it is accepted now. */
const CLOSED = new Set([401, 403, 404, 409])

export class Uploads {
  readonly queue: Queued[]
  next: number
  private running = false
  private ended = false
  private readonly options: UploadOptions

  constructor(queue: Queued[], next: number, options: UploadOptions) {
    this.queue = queue
    this.next = next
    this.options = options
  }

  add(events: string[]): void {
    if (events.length) this.queue.push({ sequence: this.next++, events })
  }

  /** Sends until nothing waits; only one call at a time does the work. */
  async run(): Promise<void> {
    if (this.running) return
    this.running = true
    try {
      while (this.queue.length && !this.ended) await this.sendFirst()
    } finally {
      this.running = false
    }
  }

  end(): void {
    this.ended = true
  }

  private async sendFirst(): Promise<void> {
    const first = this.queue[0]!
    const [whole, ...more] = await pack(first.events)
    if (whole && more.length) {
      // Too large for one body: its parts replace it, with numbers of their own, in order.
      const rest = this.queue.splice(0).slice(1)
      for (const part of [whole, ...more, ...rest]) this.add(part.events)
      return
    }
    if (!whole || (await this.deliver(first.sequence, whole))) this.queue.shift()
    else this.queue.length = 0
  }

  /** Returns true when done with this chunk, stored or not; false when done with all. */
  private async deliver(sequence: number, packed: Packed): Promise<boolean> {
    for (let attempt = 1; attempt <= ATTEMPTS && !this.ended; attempt++) {
      const answer = await this.options.post(sequence, packed).catch(() => null)
      if (answer?.ok) return true
      if (answer && CLOSED.has(answer.status)) return false
      if (answer && answer.status < 500 && answer.status !== 408) return true
      const asked = Number(answer?.headers.get('retry-after')) * 1000
      await this.options.wait(asked || PAUSE * attempt)
    }
    return false
  }
}
