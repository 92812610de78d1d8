// The account of one click or swipe: what the page did for it, and what that makes of it.

import type { VerdictEvent } from '../../protocol/protocol.ts'
import type { Target } from './facts.ts'
import type { Rules } from './rules.ts'

export interface Account {
  number: number
  target: Target
  page: string
  /** When the pointer went down, and when the click was complete. */
  press: number
  t: number
  x: number
  y: number
  /** Whether a verdict may be given at all; others are only watched for errors. */
  judged: boolean
  swipe: boolean
  /** First life, and the first that the contact could see. */
  life: number | null
  seen: number | null
  /** What the control looked like after it. */
  face: string
  /** Requests it started that still run. */
  running: Set<number | string>
  sent: VerdictEvent['verdict'] | null
  slow: boolean
  /** Why it failed; empty while it did not. */
  failed: string
}

/** A click that the page leaves alone: how its window ends, or null while that is not decided. */
export function silence(account: Account): VerdictEvent['verdict'] {
  if (account.swipe) return 'dead_swipe'
  return account.target.disabled ? 'disabled' : 'dead'
}

/** Whether it may still have something to say when its window closes. */
export function isOpen({ seen, running }: Account): boolean {
  return seen === null || running.size > 0
}

/** When the account has something to say or can be closed, if nothing more happens. */
export function dueOf(account: Account, rules: Rules): number {
  const { t, running, life, sent } = account
  if (running.size) {
    const waits = account.judged && !account.slow && account.seen === null
    return t + (waits ? rules.slow : rules.patience)
  }
  if (life !== null) return t + rules.window
  return t + (sent || !account.judged ? rules.retract : rules.window)
}

export function isJudged(target: Target): boolean {
  return target.nature === 'control'
}

/** Whether clicks on it, repeated, can be rage. Where nothing can be seen, nothing is said. */
export function canRage(target: Target): boolean {
  return target.nature === 'control' || target.nature === 'plain' || target.nature === 'outside'
}
