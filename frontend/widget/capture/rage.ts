// Bursts: clicks on one control, close in time. A burst is rage when its clicks went unanswered, or
// when answered repeats only undid each other. Everything else that is fast is use.
//
// Published definitions agree on four clicks in a second; here three are enough when the page
// answered none of them. Steppers wait for proof that their clicks were dead. Selecting text,
// scrolling and navigating break a burst: those clicks had a purpose.

import type { BurstEvent } from '../../protocol/protocol.ts'
import type { Target } from './facts.ts'
import type { Rules } from './rules.ts'

const KEPT = 24
const OPEN = 4

interface Tap {
  click: number
  t: number
  x: number
  y: number
  life: number | null
  dead: boolean
  face: string
}

interface Burst {
  /** The number of its first click. */
  number: number
  target: Target
  page: string
  taps: Tap[]
  total: number
  answered: number
  started: number
  sent: BurstEvent['verdict'] | null
  sentTotal: number
  sentAt: number
  due: number
}

type Send = (event: BurstEvent) => void

export class Rage {
  #rules: Rules
  #send: Send
  /** Oldest first. The last one grows while `growing`; the others only wait for late answers. */
  #bursts: Burst[] = []
  #growing = false

  constructor(rules: Rules, send: Send) {
    this.#rules = rules
    this.#send = send
  }

  /** Adds a completed click. */
  tap(click: number, t: number, x: number, y: number, target: Target, page: string): void {
    const burst = this.#fits(t, x, y, target, page) ?? this.#begin(click, t, target, page)
    burst.taps.push({ click, t, x, y, life: null, dead: false, face: '' })
    if (burst.taps.length > KEPT) burst.taps.shift()
    burst.total++
    // Fewer clicks prove nothing and set no timer.
    if (burst.total >= this.#rules.rageDead) burst.due = Math.min(burst.due, t + this.#rules.ack)
  }

  /** Notes that the page answered a click. */
  answer(click: number, t: number, face = ''): void {
    for (const burst of this.#bursts) {
      const tap = burst.taps.find((one) => one.click === click)
      if (!tap) continue
      tap.face ||= face
      if (tap.life !== null) return
      tap.life = t
      // An answer may take back a verdict already sent.
      if (burst.sent) burst.due = t
      if (t - tap.t <= this.#rules.ack) burst.answered++
    }
  }

  /** Notes that a click's window closed without life. */
  die(click: number): void {
    for (const { taps } of this.#bursts) {
      for (const tap of taps) tap.dead ||= tap.click === click
    }
  }

  /** The clicks so far had another purpose: selecting, scrolling, navigating away. */
  pardon(): void {
    const burst = this.open()
    if (burst && !burst.sent) this.#bursts.pop()
    this.#growing = false
  }

  /** The burst that is still growing, if any. */
  open(): Burst | undefined {
    return this.#growing ? this.#bursts[this.#bursts.length - 1] : undefined
  }

  /** When something may have to be said even without a new fact; Infinity for never. */
  due(): number {
    return Math.min(...this.#bursts.map((burst) => burst.due))
  }

  advance(t: number): void {
    for (const burst of this.#bursts) if (t >= burst.due) this.#review(burst, t)
    const open = this.open()
    this.#bursts = this.#bursts.filter((burst) => burst.due < Infinity || burst === open)
  }

  #fits(t: number, x: number, y: number, target: Target, page: string): Burst | undefined {
    const burst = this.open()
    const last = burst?.taps[burst.taps.length - 1]
    if (!burst || !last || burst.target.key !== target.key || burst.page !== page) return undefined
    const near = spread([...burst.taps.slice(1 - this.#rules.rageMixed), { x, y }]) <= this.#rules.box
    return near && t - last.t < this.#rules.gap ? burst : undefined
  }

  #begin(click: number, t: number, target: Target, page: string): Burst {
    const burst: Burst = {
      number: click, target, page, taps: [], total: 0, answered: 0, started: t,
      sent: null, sentTotal: 0, sentAt: 0, due: Infinity,
    }
    this.#bursts.push(burst)
    if (this.#bursts.length > OPEN) this.#bursts.shift()
    this.#growing = true
    return burst
  }

  #review(burst: Burst, t: number): void {
    const { ack, gap, window } = this.#rules
    const last = burst.taps[burst.taps.length - 1]!.t
    this.#judge(burst, t, t >= last + gap)
    const waits = burst.taps.map((tap) => tap.t + ack)
    // A burst that is rage, or on a stepper, stays until its last click's window closes; others end
    // once no click follows.
    waits.push(last + gap, isPatient(burst.target) || burst.sent === 'rage' ? last + window : 0)
    burst.due = Math.min(...waits.filter((at) => at > t))
  }

  #judge(burst: Burst, t: number, last: boolean): void {
    if (isRage(burst, t, this.#rules)) {
      const grown = burst.total > burst.sentTotal && (last || t - burst.sentAt >= this.#rules.ack)
      if (burst.sent !== 'rage' || grown) this.#say(burst, 'rage', t)
    } else if (burst.sent === 'rage' || (last && !burst.sent && isUse(burst, this.#rules))) {
      this.#say(burst, 'repeat_use', t)
    }
  }

  #say(burst: Burst, verdict: BurstEvent['verdict'], t: number): void {
    burst.sent = verdict
    burst.sentTotal = burst.total
    burst.sentAt = t
    this.#send({
      type: 'burst', at: Math.round(t), page: burst.page, burst: burst.number,
      element: burst.target.element, verdict, clicks: burst.total, answered: burst.answered,
      span: Math.max(burst.taps[burst.taps.length - 1]!.t - burst.started, 0),
    })
  }
}

/**
 * Whether the control is made to be clicked repeatedly: then only proof that nothing works is rage.
 */
function isPatient(target: Target): boolean {
  return Boolean(target.stepper || target.toggle)
}

function isUse(burst: Burst, rules: Rules): boolean {
  return burst.total >= rules.rageMixed && burst.answered * 2 > burst.taps.length
}

function isRage(burst: Burst, t: number, rules: Rules): boolean {
  const { taps, target } = burst
  const { rageDead, rageMixed, rageUndone, gap, window } = rules
  if (isPatient(target)) return taps.length >= rageMixed && taps.every((tap) => tap.dead)
  // All were answered in the end: a short burst of impatience with a slow page is not rage.
  const late = taps.every((tap) => tap.life !== null && tap.life - tap.t <= window)
  if (taps.length < rageUndone && late) return false
  const missed = taps.map((tap, i) => unanswered(tap, taps[i + 1], t, rules))
  const quiet = t >= taps[taps.length - 1]!.t + gap
  const prompt = quiet && target.nature === 'control' && !target.disabled
  for (let i = 0; i < taps.length; i++) {
    const none = prompt && missed.slice(0, i + rageDead).every(Boolean)
    if (none && within(taps, i, rageDead, rules)) return true
    // At least half of them: one late answer in a burst is the network, not the page.
    if (within(taps, i, rageMixed, rules) && count(missed, i, rageMixed) * 2 >= rageMixed) return true
  }
  return undone(taps, rules)
}

/**
 * Whether a click had no answer before patience ran out. An answer a little later still counts, if
 * no other click came before it.
 */
function unanswered(tap: Tap, next: Tap | undefined, t: number, { ack, gap }: Rules): boolean {
  if (tap.life === null) return t - tap.t >= ack
  if (tap.life - tap.t <= ack) return false
  return tap.life - tap.t > gap || (next !== undefined && tap.life >= next.t)
}

function within(taps: Tap[], i: number, size: number, { span, box }: Rules): boolean {
  const part = taps.slice(i, i + size)
  return part.length === size && part[size - 1]!.t - part[0]!.t < span && spread(part) <= box
}

function count(missed: boolean[], i: number, size: number): number {
  return missed.slice(i, i + size).filter(Boolean).length
}

/** Whether two faces alternate: each click took back what the one before had done. */
function undone(taps: Tap[], { rageUndone }: Rules): boolean {
  if (taps.length < rageUndone) return false
  const faces = taps.slice(-rageUndone).map((tap) => tap.face)
  return faces.every((face, i) => face !== '' && (i < 1 || face !== faces[i - 1]) && (i < 2 || face === faces[i - 2]))
}

function spread(points: { x: number; y: number }[]): number {
  const xs = points.map((point) => point.x)
  const ys = points.map((point) => point.y)
  return Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys))
}
