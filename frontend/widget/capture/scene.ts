// A page in words, for tests: facts are told in order, timers fire as time passes, events are kept.

import type { BurstEvent, SentEvent, VerdictEvent } from '../../protocol/protocol.ts'
import type { Fact, Life, Target } from './facts.ts'
import { Ledger } from './ledger.ts'
import type { Rules } from './rules.ts'

const EPOCH = 1_700_000_000_000

export function control(key: string, more: Partial<Target> = {}): Target {
  return { key, element: { id: key, role: 'button' }, nature: 'control', swipes: true, ...more }
}

export class Scene {
  events: SentEvent[] = []
  ledger: Ledger

  constructor(rules: Partial<Rules> = {}) {
    this.ledger = new Ledger((event) => this.events.push(event), rules)
  }

  /** Lets time pass, with every timer on time. */
  pass(t: number): this {
    for (let due = this.ledger.due(); due <= EPOCH + t; due = this.ledger.due()) this.ledger.advance(due)
    return this.wake(t)
  }

  /** Lets time pass without timers: the machine slept. */
  wake(t: number): this {
    this.ledger.advance(EPOCH + t)
    return this
  }

  note(fact: Fact): this {
    this.pass(fact.t)
    this.ledger.note({ ...fact, t: EPOCH + fact.t })
    return this
  }

  click(t: number, target: Target, at: { x?: number; y?: number } = {}): this {
    this.note({ type: 'press', t: t - 20, target, x: 10, y: 10, ...at })
    return this.note({ type: 'click', t, target, x: 10, y: 10, ...at })
  }

  life(t: number, what: Life = 'mutation', more: Partial<Extract<Fact, { type: 'life' }>> = {}): this {
    return this.note({ type: 'life', t, what, ...more })
  }

  /** Returns every verdict given, in order, as "click verdict". */
  verdicts(): string[] {
    return this.events.filter((event): event is VerdictEvent => event.type === 'verdict')
      .map((event) => `${event.click} ${event.verdict}`)
  }

  bursts(): string[] {
    return this.events.filter((event): event is BurstEvent => event.type === 'burst')
      .map((event) => `${event.verdict} ${event.clicks}`)
  }

  /** Returns when the last event was sent, in milliseconds since the start. */
  saidAt(): number {
    return (this.events[this.events.length - 1]?.at ?? EPOCH) - EPOCH
  }
}
