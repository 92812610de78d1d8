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
  /** Thrashed cursor (Splunk's gates; the score is judged by the server). */
  cursorSpan: 2000,
  cursorPath: 300,
  cursorSpeed: 300,
  cursorTurns: 4,
}

export type Rules = typeof RULES

interface LifeRule {
  /** Only the last thing the contact did can have caused it. */
  direct?: boolean
  /** May take an earlier verdict back. */
  late?: boolean
  /** The contact can see it. */
  seen?: boolean
}

export const LIFE: Record<Life, LifeRule> = {
  mutation: { late: true, seen: true },
  value: { late: true, seen: true },
  toggle: { late: true, seen: true },
  dialog: { late: true, seen: true },
  animation: { seen: true },
  canvas: { seen: true },
  scroll: { direct: true, seen: true },
  selection: { direct: true, seen: true },
  input: { direct: true, seen: true },
  focus: { direct: true, seen: true },
  navigation: { late: true, seen: true },
  open: { late: true, seen: true },
  away: { seen: true },
  media: { late: true, seen: true },
  print: { late: true, seen: true },
  clipboard: { direct: true, seen: true },
  download: { late: true, seen: true },
  picker: { late: true, seen: true },
  resource: {},
}
