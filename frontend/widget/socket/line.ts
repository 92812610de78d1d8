// The line to the server as a pure state machine: no WebSocket, no timers, no clock of its own.
// Every method is given the time and returns what the shell has to do (see line_shell.ts).
//
//   off → connecting → greeting → ready → (closed) waiting → connecting …
import type {
  ErrorFrame, FromWidget, HelloFrame, Identity, SayFrame, SentEvent, ToWidget,
} from '../../protocol/protocol.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { backoff } from '../../shared/backoff.ts'

export const QUICK_FLUSH = 100
export const CALM_FLUSH = 1_000
/** A connection that has not reached `welcome` after this many milliseconds is given up. */
export const GREETING_LIMIT = 10_000
/** When something was sent and nothing came back for this long, the connection is half open. */
export const SILENCE_LIMIT = 15_000
/** A connection that lived this long was a good one: the next retry starts from the beginning. */
const GOOD = 5_000
const QUICK_KINDS = new Set(['verdict', 'burst', 'error', 'request', 'search'])

export type LineState = 'off' | 'connecting' | 'greeting' | 'ready' | 'waiting'

export interface Steps {
  /** Open a new socket (after dropping any old one). */
  connect?: boolean
  /** Drop the socket. */
  close?: boolean
  send?: FromWidget[]
  /** The outbox changed in a way that must outlive the page. */
  keep?: boolean
  /** Frames to show. */
  tell?: ToWidget[]
  /** The server knows this session as another contact's: make a new one before `hello`. */
  renew?: boolean
}

export interface LineOptions {
  outbox: Outbox
  /** Makes the first frame of a connection, without the identity. */
  hello: (now: number) => HelloFrame
  random: () => number
}

export class Line {
  state: LineState = 'off'
  private attempt = 0
  private identity: Identity | null = null
  private notes: FromWidget[] = []
  /** When the machine wants to be called next, for each of its reasons. */
  private flushAt = Infinity
  private retryAt = Infinity
  private deadline = Infinity
  private holdUntil = 0
  private lastFlush = -Infinity
  private readyAt = 0
  private readonly options: LineOptions

  constructor(options: LineOptions) {
    this.options = options
  }

  /** Milliseconds since the epoch at which `due` must be called, or Infinity. */
  get wakeAt(): number {
    if (this.state === 'waiting') return this.retryAt
    if (this.state === 'connecting' || this.state === 'greeting') return this.deadline
    if (this.state !== 'ready') return Infinity
    const flush = this.holdUntil ? Math.max(this.holdUntil, this.flushAt) : this.flushAt
    return Math.min(flush, this.holdUntil || Infinity, this.deadline)
  }

  start(now: number): Steps {
    return this.state === 'off' ? this.dial(now) : {}
  }

  stop(): Steps {
    this.state = 'off'
    return { close: true }
  }

  /** The network is back or the page is visible again: there is no reason to wait any longer. */
  hurry(now: number): Steps {
    return this.state === 'waiting' && this.holdUntil <= now ? this.dial(now) : {}
  }

  add(event: SentEvent, now: number): Steps {
    this.options.outbox.add(event)
    const quick = QUICK_KINDS.has(event.type)
    const at = quick ? Math.max(now, this.lastFlush + QUICK_FLUSH) : now + CALM_FLUSH
    this.flushAt = Math.min(this.flushAt, at)
    return this.flushAt <= now ? this.flush(now) : {}
  }

  say(frame: SayFrame, now: number): Steps & { full?: boolean } {
    if (!this.options.outbox.say(frame)) return { full: true }
    return { ...this.flush(now), keep: true }
  }

  /** Sends a frame that is worth sending late, but not worth keeping over a reload. */
  note(frame: FromWidget): Steps {
    if (this.state === 'ready') return { send: [frame] }
    if (this.notes.length < 20) this.notes.push(frame)
    return {}
  }

  /** Sends a frame that is of use now or never. */
  mention(frame: FromWidget): Steps {
    return this.state === 'ready' ? { send: [frame] } : {}
  }

  identify(identity: Identity): Steps {
    // Products call this on every page and render; it is news only once.
    if (JSON.stringify(identity) === JSON.stringify(this.identity)) return {}
    this.identity = identity
    // Before `hello` the identity travels inside it; afterwards it must follow it.
    if (this.state === 'ready') return { send: [{ type: 'identify', identity }] }
    if (this.state === 'greeting') return this.note({ type: 'identify', identity })
    return {}
  }

  opened(now: number): Steps {
    if (this.state !== 'connecting') return {}
    this.state = 'greeting'
    this.deadline = now + GREETING_LIMIT
    return { send: [{ ...this.options.hello(now), identity: this.identity }] }
  }

  closed(now: number, retryAfter = 0): Steps {
    if (this.state === 'off' || this.state === 'waiting') return {}
    const lived = this.state === 'ready' && now - this.readyAt >= GOOD
    this.attempt = lived ? 0 : this.attempt + 1
    this.state = 'waiting'
    this.options.outbox.forgetSent()
    const pause = backoff(Math.max(0, this.attempt - 1), this.options.random())
    this.retryAt = Math.max(this.holdUntil, now + Math.max(pause, retryAfter))
    return { close: true }
  }

  received(frame: ToWidget, now: number): Steps {
    if (this.state !== 'greeting' && this.state !== 'ready') return {}
    if (this.state === 'ready') this.deadline = now + SILENCE_LIMIT
    const { outbox } = this.options
    switch (frame.type) {
      case 'welcome':
        return this.welcomed(frame, now)
      case 'ack':
        if (frame.sequence) outbox.acked(frame.sequence)
        if (frame.message) outbox.sayDone(frame.message)
        return { ...this.flush(now), keep: true, tell: [frame] }
      case 'error':
        return this.refused(frame, now)
      default:
        return { tell: [frame] }
    }
  }

  /** Called when the time reaches `wakeAt`. */
  due(now: number): Steps {
    if (this.state === 'waiting' && now >= this.retryAt) return this.dial(now)
    if (this.state === 'connecting' || this.state === 'greeting') {
      return now >= this.deadline ? this.closed(now) : {}
    }
    if (this.state !== 'ready') return {}
    if (now >= this.deadline) {
      if (this.options.outbox.awaiting) return this.closed(now)
      this.deadline = Infinity
    }
    if (this.holdUntil && now >= this.holdUntil) {
      this.holdUntil = 0
      this.options.outbox.forgetSent()
      return this.flush(now)
    }
    return now >= this.flushAt ? this.flush(now) : {}
  }

  /** Seals and sends what there is, unless the server asked for a pause. */
  flush(now: number): Steps {
    const { outbox } = this.options
    this.flushAt = Infinity
    const steps: Steps = {}
    if (this.state !== 'ready') return steps
    if (outbox.seal()) {
      this.lastFlush = now
      steps.keep = true
    }
    if (this.holdUntil > now) return steps
    const frames = outbox.take()
    if (frames.length) {
      steps.send = frames
      this.deadline = Math.min(this.deadline, now + SILENCE_LIMIT)
    }
    return steps
  }

  private dial(now: number): Steps {
    this.state = 'connecting'
    this.retryAt = Infinity
    this.deadline = now + GREETING_LIMIT
    return { connect: true }
  }

  private welcomed(frame: ToWidget & { type: 'welcome' }, now: number): Steps {
    if (!this.options.outbox.resume(frame.sequence)) return { renew: true, ...this.closed(now) }
    this.state = 'ready'
    this.readyAt = now
    this.holdUntil = 0
    this.deadline = Infinity
    const notes = this.notes.splice(0)
    const steps = this.flush(now)
    return { ...steps, send: [...notes, ...(steps.send ?? [])], keep: true, tell: [frame] }
  }

  private refused(frame: ErrorFrame, now: number): Steps {
    const { outbox } = this.options
    const pause = (frame.retry_after ?? 1) * 1000
    const steps: Steps = { tell: [frame] }
    if (frame.code === 'overloaded') {
      this.holdUntil = now + pause
    } else if (frame.code === 'wrong_session') {
      return { ...steps, renew: true, ...this.closed(now) }
    } else if (frame.code === 'sequence_gap') {
      // Frames behind a batch that must wait are refused too; all go again after the pause.
      if (this.holdUntil <= now) return { ...steps, ...this.closed(now) }
    } else if (frame.sequence) {
      outbox.refused(frame.sequence, blamedEvent(frame.field))
      steps.keep = true
      if (outbox.waiting) this.flushAt = Math.min(this.flushAt, now + QUICK_FLUSH)
    } else if (frame.message) {
      outbox.sayDone(frame.message)
      steps.keep = true
    } else if (frame.code === 'malformed' || frame.code === 'too_large') {
      outbox.blameUnknown()
      return { ...steps, keep: true, ...this.closed(now) }
    }
    return frame.closes ? { ...steps, ...this.closed(now, frame.retry_after ? pause : 0) } : steps
  }
}

/** Returns the index in a field such as `events[3].element.id`, or null. */
function blamedEvent(field: string | undefined): number | null {
  const found = /^events\[(\d+)\]/.exec(field ?? '')
  return found ? Number(found[1]) : null
}
