// The account of one click or swipe: what the page did in response, and what that makes of it.

import type { VerdictEvent } from '../../protocol/protocol.ts'
import type { Target } from './facts.ts'
import type { Rules } from './rules.ts'

export interface Account {
  number: number
  target: Target
  page: string
  /** When the pointer went down (`press`) and when the click was complete (`t`). */
  press: number
  t: number
  x: number
  y: number
  /** Whether a verdict may be given at all; other clicks are only watched for errors. */
  judged: boolean
  swipe: boolean
  /** When the first life came (`life`), and the first that the contact could see (`seen`). */
  life: number | null
  seen: number | null
  /** What the control looked like afterwards. */
  face: string
  /** Requests it started that are still running. */
  running: Set<number | string>
  sent: VerdictEvent['verdict'] | null
  slow: boolean
  /** Why it failed; empty unless it did. */
  failed: string
}

/** Returns the verdict on a click or swipe that the page did not answer. */
export function silence(account: Account): VerdictEvent['verdict'] {
  if (account.swipe) return 'dead_swipe'
  return account.target.disabled ? 'disabled' : 'dead'
}

/** Returns whether the account may still have something to say when its window closes. */
export function isOpen({ seen, running }: Account): boolean {
  return seen === null || running.size > 0
}

/** Returns when the account has something to say or can be closed, if nothing more happens. */
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

/**
 * Returns whether repeated clicks on the target can be rage; never where no answer could be seen.
 */
export function canRage(target: Target): boolean {
  return target.nature === 'control' || target.nature === 'plain' || target.nature === 'outside'
}
