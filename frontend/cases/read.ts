// Reads a case as a sequence of facts, and says how what it leaves open was read.

import type { Fact } from '../widget/capture/facts.ts'
import type { Rules } from '../widget/capture/rules.ts'
import { PRESS, type Reader, type RecordedEvent, translate } from './facts.ts'
import type { Ignore } from './targets.ts'

export interface Case {
  id: string
  signal: string
  kind?: string
  transfer?: string
  config?: Record<string, unknown> | string | null
  events?: RecordedEvent[]
  observe_until_ms?: number | null
  expected: string
}

export interface Reading {
  facts: Fact[]
  /** Where the mouse was. */
  moves: { t: number; x: number; y: number }[]
  rules: Partial<Rules>
  until: number | null
  unknown: Record<string, number>
  /** Names of the readings in TIMES that were needed. */
  readings: string[]
}

export const TIMES: Record<string, string> = {
  no_end: 'No end of observation given: a rage is judged 1 s after the last event, '
    + 'everything else when every window it opened has closed.',
  no_press: `A click without a recorded press was pressed ${PRESS} ms before, `
    + 'but not before the click ahead of it.',
  explicit_press: 'A liveness record lists pointer events itself: a click in it without a press had none.',
  release: 'A record with presses and without clicks: the release completes the click.',
  lone_activity: 'A liveness record without any gesture asks what an event at that moment means '
    + 'for a control pressed at that moment.',
  no_time: 'An event without a time happened 1 ms after the one before it.',
  threshold: 'A time that the case configures for its source is set for ours: its window, '
    + 'its limit of slow, its scroll limit. Life after such a window takes nothing back.',
  unreadable: 'A record that is not of the agreed form: nothing was concluded from it.',
}

const PATIENT = /^(timeout_?ms|mutation_threshold_?ms|slowclicktimeout|dead_?click_?timeout(_?ms)?|time_?window)$/i
const SLOW = /^(threshold_?ms|slow_?threshold_?ms)$/i
const SCROLL = /^(scroll_timeout_?ms|scroll_threshold_?ms)$/i
const SELECTORS = /ignore.*selectors?$|^(css_)?ignore_?list$/i

function configured(one: Case): { rules: Partial<Rules>; ignore: Ignore } {
  const rules: Partial<Rules> = {}
  const ignore: Ignore = { selectors: [], kinds: 'all' }
  const config = typeof one.config === 'object' && one.config ? one.config : {}
  for (const [name, value] of Object.entries(config)) {
    if (typeof value === 'number' && value > 0 && one.signal !== 'thrash') {
      if (PATIENT.test(name)) rules.window = rules.retract = value
      else if (SLOW.test(name)) rules.slow = value
      else if (SCROLL.test(name)) rules.scroll = value
    } else if (SELECTORS.test(name)) {
      ignore.selectors.push(...[value].flat().filter((part): part is string => typeof part === 'string' && part !== ''))
    }
  }
  return { rules, ignore }
}

const DOWN = /^(pointerdown|mousedown|touchstart)$/
const CLICK = /^(click|tap)$/

/** A case that cannot be read is a miss, not the end of the run. */
export function readCase(one: Case): Reading {
  try {
    return readRecord(one)
  } catch {
    return { facts: [], moves: [], rules: {}, until: null, unknown: {}, readings: ['unreadable'] }
  }
}

/** Facts of one case in the order of their times; events at one time keep the order of the record. */
function readRecord(one: Case): Reading {
  const { rules, ignore } = configured(one)
  const events = one.events ?? []
  const live = one.signal === 'liveness'
  const downs = events.some((event) => DOWN.test(event.type))
  const clicks = events.some((event) => CLICK.test(event.type))
  const reader: Reader = {
    ignore, presses: downs || live, releasesClick: downs && !clicks, selected: null,
    x: 0, y: 0, held: null, moves: [], requests: 0, unknown: {},
  }
  const readings = new Set<string>(Object.keys(rules).length ? ['threshold'] : [])
  if (live && clicks && !downs) readings.add('explicit_press')
  if (reader.releasesClick) readings.add('release')
  const facts: Fact[] = []
  if (live && !downs && !clicks && events.length) {
    readings.add('lone_activity')
    facts.push(...standIn(events[0]!.t_ms ?? 0, reader))
  }
  let t = 0
  let clicked = -Infinity
  for (const event of events) {
    if (typeof event.t_ms !== 'number') readings.add('no_time')
    t = typeof event.t_ms === 'number' ? event.t_ms : t + 1
    for (const fact of translate(event, t, reader)) {
      if (fact.type === 'press' && CLICK.test(event.type)) {
        readings.add('no_press')
        fact.t = Math.max(fact.t, clicked)
      }
      if (fact.type === 'click') clicked = t
      facts.push(fact)
    }
  }
  facts.sort((a, b) => a.t - b.t)
  const until = typeof one.observe_until_ms === 'number' ? one.observe_until_ms : null
  if (until === null) readings.add('no_end')
  return { facts, moves: reader.moves, rules, until, unknown: reader.unknown, readings: [...readings] }
}

function standIn(t: number, reader: Reader): Fact[] {
  const target = { ref: 'stand-in', tag: 'button' }
  const before = { ...reader, presses: false }
  return translate({ type: 'click', t_ms: t, target }, t, before)
}
