// Reads what a case configures for its source as limits of our own.

import { RULES, type Rules } from '../widget/capture/rules.ts'
import type { Case } from './read.ts'
import type { Ignore } from './targets.ts'

const PATIENT = /^(timeout|timeout_?ms|mutation_threshold_?ms|slowclicktimeout|dead_?click_?timeout(_?ms)?|time_?window(_?ms)?)$/i
const SLOW = /^(threshold_?ms|slow_?threshold_?ms)$/i
const SCROLL = /^(scroll_timeout_?ms|scroll_threshold_?ms)$/i
const COUNT = /^((min_?|rage_?)?clicks?(_?(count|threshold))?|count|min_?count|threshold_?count)$/i
const GAP = /^(timeout|timeout_?ms|interval_?ms|gap_?ms|max_?gap_?ms)$/i
const SPAN = /^(time_?frame|time_?window|window|span)(_?(ms|seconds|s))?$/i
const BOX = /^(threshold|radius|distance|box|threshold_?px|radius_?px|distance_?px)$/i
const SELECTORS = /ignore.*selectors?$|selector.*ignore|^(css_)?ignore_?list$/i
const SWIPE = /^swipe_?(threshold|distance|min_?distance)(_?px)?$/i
/** Names of the setting that says whether clicks with a key held are judged too. */
const KEYS = /modifier_?keys?$/i
const CONTENT = /content_?ignore_?list/i
const UNHEARD = /(exclud|ignor)\w*_?(url|route|endpoint)s?$/i
const CURSOR: [RegExp, 'cursorSpan' | 'cursorTurns' | 'cursorPath' | 'cursorSpeed'][] = [
  [/time_?window|window_?ms/i, 'cursorSpan'], [/direction_?changes|turns/i, 'cursorTurns'],
  [/distance/i, 'cursorPath'], [/velocity|speed/i, 'cursorSpeed'],
]
/** Names of the settings that turn the source's detector on or off as a whole. */
const SWITCH = /^((enable|capture|detect|track)_?)?(enabled?|(rage|dead|error|slow)_?clicks?|thrashed_?cursor|dead_?swipes?)(_?enabled)?$/i
/** What the detectors call the signals of cases. */
const KINDS = new Map([
  ['error', 'error_click'], ['slow', 'slow_interaction'], ['thrash', 'thrashed_cursor'], ['dead_swipe', 'dead'],
])
/** A workspace's threshold or switch, in the form of `manage.py replay --set`. */
const SETTING = /^[a-z_]+\.[a-z_]+$|^(off_pages|off_elements|help_pages|flows)$/

export interface Limits {
  rules: Partial<Rules>
  settings: string[]
  ignore: Ignore
  unheard: string[]
  /** Clicks with a key held are judged. */
  modified: boolean
}

export function configure(one: Case): Limits {
  const limits: Limits = { rules: {}, settings: [], ignore: { selectors: [], texts: [], kinds: 'all' }, unheard: [], modified: false }
  const config = typeof one.config === 'object' && one.config ? one.config : {}
  const signal = String(one.signal)
  const number = /rage|chain/.test(signal) ? rageLimit : /thrash/.test(signal) ? thrashLimit : patience
  const off = one.config === false || Object.entries(config).some(([name, value]) =>
    (value === false && SWITCH.test(name)) || (value === 0 && signal !== 'thrash' && PATIENT.test(name)))
  if (off) limits.settings.push(`${KINDS.get(signal) ?? signal}.off=true`)
  for (const [name, value] of Object.entries(config)) {
    if (SETTING.test(name)) limits.settings.push(`${name}=${JSON.stringify(value)}`)
    else if (SELECTORS.test(name)) limits.ignore.selectors.push(...texts(value))
    else if (CONTENT.test(name)) limits.ignore.texts.push(...texts(value))
    else if (KEYS.test(name)) limits.modified = value === true
    else if (UNHEARD.test(name)) limits.unheard.push(...texts(value))
    else if (typeof value === 'number' && value > 0) number(limits, name, value)
  }
  if (limits.rules.slow) limits.settings.push(`slow_interaction.click_ms=${Math.max(limits.rules.slow, 100)}`)
  return limits
}

function texts(value: unknown): string[] {
  return [value].flat().filter((part): part is string => typeof part === 'string' && part !== '')
}

function patience({ rules }: Limits, name: string, value: number): void {
  if (PATIENT.test(name)) rules.window = rules.retract = value
  else if (SLOW.test(name)) rules.slow = value
  else if (SCROLL.test(name)) rules.scroll = value
  else if (SWIPE.test(name)) rules.swipe = value
}

function rageLimit({ rules, settings }: Limits, name: string, value: number): void {
  if (COUNT.test(name)) {
    rules.rageDead = rules.rageMixed = value
    // The detector has a minimum of its own.
    if (value < 3) settings.push(`rage.min_clicks=${Math.max(value, 2)}`)
  } else if (GAP.test(name)) {
    rules.gap = value
    rules.span = Math.max(RULES.span, value)
  } else if (SPAN.test(name)) rules.span = rules.gap = /s(econds)?$/i.test(name) && !/ms$/i.test(name) ? value * 1000 : value
  else if (BOX.test(name)) rules.box = value
}

function thrashLimit({ rules, settings }: Limits, name: string, value: number): void {
  const found = CURSOR.find(([names]) => names.test(name))
  if (found) rules[found[1]] = value
  else if (/score/i.test(name)) settings.push(`thrashed_cursor.min_score=${Math.min(value, 1)}`)
}
