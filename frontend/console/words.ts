// How times, numbers and the system's own names read on the screen.
import type { Money } from './money'
import type { Period } from './types'

const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' })
// h23: seconds matter on a timeline; AM and PM would only widen its column.
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
const SHORT_CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
const COMPACT = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 })
const PERCENT = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 })

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

type When = string | number

/** Returns `3 min. ago` or `in 2 hr.`; `now` within half a minute. */
export function ago(when: When, now: number): string {
  const seconds = (new Date(when).getTime() - now) / 1000
  const [unit, size] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? ['minute', 60]
  if (Math.abs(seconds) < 30) return 'now'
  return RELATIVE.format(Math.round(seconds / size), unit)
}

export const clock = (when: When) => CLOCK.format(new Date(when))
export const shortClock = (when: When) => SHORT_CLOCK.format(new Date(when))
export const day = (when: When) => DAY.format(new Date(when))
export const full = (when: When) => FULL.format(new Date(when))
export const compact = (value: number) => COMPACT.format(value)
export const percent = (share: number) => PERCENT.format(share)

/** Returns a stored fact as people read it. */
export function factWords({ label, value }: { label: string; value: string }, money: Money): string {
  if (label === 'Annual revenue' && value) return `${money.full(Number(value))} a year`
  return dayWords(value)
}

/** Returns an ISO day with its month's name; any other text unchanged. */
export function dayWords(value: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return `${day(value)} ${value.slice(0, 4)}`
  return value
}

export const PERIOD_WORDS: Record<Period, string> = { '24h': '24 hours', '7d': '7 days', '30d': '30 days' }

/** The same names as in problems' titles, the PDF and the digest (`vcsm/problems/lifecycle.py`). */
const KINDS: Record<string, string> = {
  rage: 'Rage clicks',
  dead: 'Dead clicks',
  error_click: 'Error clicks',
  error_burst: 'Error bursts',
  failing_request: 'Failing requests',
  slow_page: 'Slow pages',
  slow_interaction: 'Slow interactions',
  form_reentry: 'Re-entered fields',
  validation_loop: 'Repeated form errors',
  form_hesitation: 'Hesitation in forms',
  form_abandonment: 'Abandoned forms',
  u_turn: 'U-turns',
  page_loop: 'Going in circles',
  refresh_loop: 'Repeated reloads',
  search_struggle: 'Unsuccessful searches',
  repeated_question: 'Repeated questions',
  help_visit: 'Looking for help',
  stalled_step: 'Stalled flows',
  thrashed_cursor: 'Thrashed cursors',
  no_results: 'Searches without results',
}

/** Returns a friction kind as a heading; an unknown kind as its own name in words. */
export function kindWords(kind: string): string {
  return KINDS[kind] ?? words(kind)
}

const REASONS: Record<string, string> = {
  asked: 'Asked for a person',
  matter: 'Must reach a person',
  displaced: 'Minutes worth more elsewhere',
  held_back: 'Below the proven threshold',
  known_problem: 'Part of a problem being worked on',
  blind: 'Could not be seen',
  friction: 'Severe struggle',
  failed_help: 'Help did not help',
  unknown_answer: 'No answer known',
  human_present: 'A person is there',
  calm: 'Calm',
  helped: 'Was helped',
}

export function reasonWords(reason: string): string {
  return REASONS[reason] ?? words(reason)
}

export const roleWords = (role: string) => (role === 'csm' ? 'CSM' : words(role))

/** `struggle_after_help` → `Struggle after help`. */
export function words(name: string): string {
  const spaced = name.replaceAll('_', ' ')
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}
