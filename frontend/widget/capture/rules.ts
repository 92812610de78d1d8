// The ledger's thresholds, with the reason for each. Milliseconds unless a line says otherwise. A
// workspace may tune them.

import type { Life } from './facts.ts'

export const RULES = {
  /**
   * A click without life for this long is dead. Two seconds is longer than debounced handlers take,
   * and short enough to help while the contact still looks at the button. A page that answers later
   * takes the verdict back, so a slow page costs a retraction and not a false signal.
   */
  window: 2000,
  /** A first visible answer later than this was slow (Sentry's figure). */
  slow: 3000,
  /** Life later than this is no longer this click's doing. */
  retract: 7000,
  /** A scroll this soon is the click's doing; a later one is the contact looking for help. */
  scroll: 300,
  /**
   * A tab that woke or went to sleep this close to a click, before or after, explains its silence.
   */
  away: 1000,
  /** An error belongs to the click before it for this long (Amplitude, New Relic). */
  error: 2000,
  /**
   * Life is no answer where noise alone would have brought it as soon with a higher probability.
   */
  chance: 0.05,
  /** A request is forgotten after a minute, answered or not. */
  patience: 60_000,
  /** Pixels a finger moves before it counts as a swipe. */
  swipe: 30,
  /** Pixels a pointer moves between press and release before it counts as a drag. */
  drag: 12,
  /** Dead swipes reported per page. */
  swipes: 10,
  /** Clicks on one control that are no further apart belong to one burst. */
  gap: 1000,
  /** The clicks that make a rage fall within this time … */
  span: 1000,
  /** … and within a box of this many pixels. */
  box: 50,
  /** How long a contact waits for an answer before clicking again out of impatience. */
  ack: 500,
  /** An answer this soon plainly belongs to the latest click. */
  prompt: 100,
  /** Number of clicks that make a rage when none was answered, and when some were. */
  rageDead: 3,
  rageMixed: 4,
  /** Number of answered clicks that make a rage when they only undo each other. */
  rageUndone: 6,
}

/**
 * Thrashed cursor: Splunk's gates; the server judges the score. Separate, because it loads later.
 */
export const CURSOR_RULES = {
  cursorSpan: 2000,
  cursorPath: 300,
  cursorSpeed: 300,
  cursorTurns: 4,
}

export type CursorRules = typeof CURSOR_RULES
export type Rules = typeof RULES & CursorRules

/** Whether only the last thing the contact did can have caused it. */
export function isDirect(what: Life): boolean {
  return /^(scroll|selection|input|focus|clipboard)$/.test(what)
}

/** Whether it may take back an earlier verdict. */
export function isLate(what: Life): boolean {
  return !isDirect(what) && !/^(animation|canvas|away|resource)$/.test(what)
}

/** Whether the contact can see it. */
export function isSeen(what: Life): boolean {
  return what !== 'resource'
}
