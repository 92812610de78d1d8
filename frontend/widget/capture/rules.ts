// The ledger's numbers, with the reason for each. A workspace may tune them.

import type { Life } from './facts.ts'

export const RULES = {
  /**
   * A click with no life for so long is dead. Two seconds: longer than debounced handlers take,
   * short enough to help while the contact still looks at the button. A page that answers later
   * takes the verdict back, so a slow page costs a retraction and not a false signal.
   */
  window: 2000,
  /** A first visible answer later than this was slow (Sentry's figure). */
  slow: 3000,
  /** Later life is no longer this click's doing. */
  retract: 7000,
  /** A scroll this soon is the click's doing; later the contact scrolls to look for help. */
  scroll: 300,
  /** A tab that woke or slept this close to a click explains it, on both sides. */
  away: 1000,
  /** An error belongs to the click before it for so long (Amplitude, New Relic). */
  error: 2000,
  /** Life that noise would have produced as soon as this often is not taken for an answer. */
  chance: 0.05,
  /** A request is forgotten after a minute, answered or not. */
  patience: 60_000,
  /** A finger that moved so far swiped. */
  swipe: 30,
  /** A pointer that moved so far between press and release dragged. */
  drag: 12,
  /** Dead swipes reported per page. */
  swipes: 10,
  /** Clicks on one control no further apart are one burst. */
  gap: 1000,
  /** The clicks that make a rage lie within this time … */
  span: 1000,
  /** … and within a box of so many pixels. */
  box: 50,
  /** Waiting longer than this before clicking again is not impatience with an answer given. */
  ack: 500,
  /** An answer this soon is plainly that of the latest click. */
  prompt: 100,
  /** Clicks that make a rage when none was answered, and when some were. */
  rageDead: 3,
  rageMixed: 4,
  /** Answered clicks that make a rage when they only undo each other. */
  rageUndone: 6,
}

/** Thrashed cursor (Splunk's gates; the score is judged by the server). Apart: it comes later. */
export const CURSOR_RULES = {
  cursorSpan: 2000,
  cursorPath: 300,
  cursorSpeed: 300,
  cursorTurns: 4,
}

export type CursorRules = typeof CURSOR_RULES
export type Rules = typeof RULES & CursorRules

/** Only the last thing the contact did can have caused it. */
export function isDirect(what: Life): boolean {
  return /^(scroll|selection|input|focus|clipboard)$/.test(what)
}

/** May take an earlier verdict back. */
export function isLate(what: Life): boolean {
  return !isDirect(what) && !/^(animation|canvas|away|resource)$/.test(what)
}

/** The contact can see it. */
export function isSeen(what: Life): boolean {
  return what !== 'resource'
}
