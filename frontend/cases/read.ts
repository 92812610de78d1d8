// Reads a case as a sequence of facts, and says how anything it leaves open was read.

import type { Fact } from '../widget/capture/facts.ts'
import type { Rules } from '../widget/capture/rules.ts'
import type { SentEvent } from '../protocol/protocol.ts'
import { configure } from './limits.ts'
import { eventOf } from './forms.ts'
import { PRESS, type Reader, type RecordedEvent, translate } from './facts.ts'
import { pageOf, sentAs } from './wire.ts'

export interface Case {
  id: string
  signal: string
  kind?: string
  transfer?: string
  config?: Record<string, unknown> | string | boolean | null
  events?: RecordedEvent[]
  observe_until_ms?: number | string | null
  expected: string
}

export interface Reading {
  facts: Fact[]
  /** Positions of the mouse, with their times. */
  moves: { t: number; x: number; y: number }[]
  /** Events in the wire's own words, for the detectors. */
  sent: SentEvent[]
  rules: Partial<Rules>
  /** `kind.threshold=value`, in the form that the replay takes. */
  settings: string[]
  until: number | null
  unknown: Record<string, number>
  /** Names of the readings in TIMES that were needed. */
  readings: string[]
}

export const TIMES: Record<string, string> = {
  no_end: 'No end of observation given: a rage is judged 1 s after the last event, '
    + 'everything else when every window it opened has closed.',
  no_press: `A click without a recorded press was pressed ${PRESS} ms before, `
    + 'but neither before the click nor before the error ahead of it.',
  explicit_press: 'A liveness record lists pointer events itself: a click in it without a press had none.',
  release: 'A record with presses and without clicks: the release completes the click.',
  lone_activity: 'A liveness record without any gesture asks what an event at that moment means '
    + 'for a control pressed at that moment.',
  no_time: 'An event without a time happened 1 ms after the one before it.',
  threshold: 'A limit that the case configures for its source is set for ours: its window, its limit of '
    + 'slow, its scroll limit; for rage its clicks, gap, span and box. Life after such a window takes '
    + 'nothing back.',
  order: 'Events stand out of order in the record: the order of their times counts.',
  past_end: 'Events after the end of observation: not looked at.',
  wire: 'An event in the words of the wire goes to the detectors as it is; milliseconds of the case '
    + 'are milliseconds of its clock.',
  unreadable: 'A record that is not of the agreed form: nothing was concluded from it.',
}

/** Milliseconds on either side of zero, some three hundred years: no record reaches further. */
const FARTHEST = 1e13

const DOWN = /^(pointerdown|mousedown|touchstart)$/
const CLICK = /^(click|tap)$/

/** Reads a case. One that cannot be read is a miss, not the end of the run. */
export function readCase(one: Case): Reading {
  try {
    return readRecord(one)
  } catch {
    return { facts: [], moves: [], sent: [], rules: {}, settings: [], until: null, unknown: {}, readings: ['unreadable'] }
  }
}

/** Returns the facts of one case in order of time; simultaneous events keep the record's order. */
function readRecord(one: Case): Reading {
  const { rules, settings, ignore, unheard, modified } = configure(one)
  const readings = new Set<string>(Object.keys(rules).length ? ['threshold'] : [])
  const until = timeOf(one.observe_until_ms)
  if (until === null) readings.add('no_end')
  const events = timed(one, until, readings)
  const live = one.signal === 'liveness'
  const downs = events.some(({ event }) => DOWN.test(event.type))
  const clicks = events.some(({ event }) => CLICK.test(event.type))
  const reader: Reader = {
    ignore, unheard, modified, presses: downs || live, releasesClick: downs && !clicks, selected: null,
    x: 0, y: 0, held: null, pressed: '', moves: [], requests: 0, unknown: Object.create(null) as Record<string, number>,
  }
  if (live && clicks && !downs) readings.add('explicit_press')
  if (reader.releasesClick) readings.add('release')
  const facts: Fact[] = []
  if (live && !downs && !clicks && events.length) {
    readings.add('lone_activity')
    facts.push(...standIn(events[0]!.t, reader))
  }
  const sent: SentEvent[] = []
  let page = ''
  let floor = -Infinity
  for (const { event, t } of events) {
    page = pageOf(event) ?? page
    const wired = sentAs(event, t, page)
    if (wired) {
      readings.add('wire')
      sent.push(wired)
      if (wired.type !== 'page') continue
    }
    for (const fact of translate(event, t, reader)) {
      if (fact.type === 'press' && CLICK.test(event.type)) {
        readings.add('no_press')
        // A press comes neither before the last click nor before the error that preceded it: what
        // was broken already was not broken by it.
        fact.t = Math.max(fact.t, Math.min(floor, t))
      }
      if (fact.type === 'click') floor = t
      else if (fact.type === 'error') floor = t + 1
      facts.push(fact)
    }
  }
  facts.sort((a, b) => a.t - b.t)
  return { facts, moves: reader.moves, sent, rules, settings, until, unknown: reader.unknown, readings: [...readings] }
}

/**
 * Returns milliseconds given as a number or as text, or null when none are given. Throws a
 * RangeError for a time that no clock shows.
 */
function timeOf(told: unknown): number | null {
  const given = typeof told === 'string' && told.trim() !== '' ? Number(told) : told
  if (typeof given !== 'number') return null
  if (!(Math.abs(given) <= FARTHEST)) throw new RangeError('a time that no clock shows')
  return given
}

interface Timed {
  event: RecordedEvent
  t: number
}

/** Returns the events with their times, in order of time, up to the end of observation. */
function timed(one: Case, until: number | null, readings: Set<string>): Timed[] {
  let last = 0
  const all = (one.events ?? []).map(eventOf).map((event) => {
    const told = timeOf(event.t_ms)
    if (told === null) readings.add('no_time')
    last = told ?? last + 1
    return { event, t: last }
  })
  if (all.some(({ t }, i) => i > 0 && t < all[i - 1]!.t)) readings.add('order')
  const seen = all.filter(({ t }) => until === null || t <= until)
  if (seen.length < all.length) readings.add('past_end')
  return seen.sort((a, b) => a.t - b.t)
}

function standIn(t: number, reader: Reader): Fact[] {
  const target = { ref: 'stand-in', tag: 'button' }
  const before = { ...reader, presses: false }
  return translate({ type: 'click', t_ms: t, target }, t, before)
}
