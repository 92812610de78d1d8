// How times, numbers and the system's own names read on the screen.
import type { Period } from './types'

const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' })
// h23: seconds matter on a timeline, AM and PM would only make its column wide.
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

/** `3 min. ago`, `in 2 hr.`; `now` within half a minute. */
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

export const PERIOD_WORDS: Record<Period, string> = { '24h': '24 hours', '7d': '7 days', '30d': '30 days' }

const KINDS: Record<string, string> = {
  rage: 'Rage clicks',
  dead: 'Dead clicks',
  error_click: 'Error after click',
  error_burst: 'Burst of errors',
  failing_request: 'Failing request',
  form_struggle: 'Form struggle',
  form_abandonment: 'Form left unfinished',
  form_hesitation: 'Long pause in a form',
  form_reentry: 'Field filled again and again',
  u_turn: 'U-turn',
}

/** A friction kind as a heading; an unknown one as its own name in words. */
export function kindWords(kind: string): string {
  return KINDS[kind] ?? words(kind)
}

const REASONS: Record<string, string> = {
  asked: 'Asked for a person',
  matter: 'Must reach a person',
  displaced: 'Minutes worth more elsewhere',
  held_back: 'Below what is proven',
  known_problem: 'Part of a problem somebody works on',
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

/** `struggle_after_help` → `Struggle after help`. */
export function words(name: string): string {
  const spaced = name.replaceAll('_', ' ')
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}
