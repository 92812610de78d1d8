// Runs a reading through the real ledger, and compares the outcome with what a case expects.

import type { SentEvent } from '../protocol/protocol.ts'
import { Cursor } from '../widget/capture/cursor.ts'
import { Ledger } from '../widget/capture/ledger.ts'
import { CURSOR_RULES } from '../widget/capture/rules.ts'
import { NAMES } from './detect.ts'
import type { Case, Reading } from './read.ts'

/** Milliseconds of quiet after which a burst is over. */
const QUIET = 1000
const LONG = 120_000

/** Cases start at their own zero and may go below it; the wire knows no times before the epoch. */
const EPOCH = 1_700_000_000_000

export interface Run {
  events: SentEvent[]
  pending: number
  tracked: number
  chains: number[]
  unreadable: boolean
}

export function runCase(one: Case, reading: Reading): Run {
  const events: SentEvent[] = reading.sent.map((event) => ({ ...event, at: event.at + EPOCH }))
  const ledger = new Ledger((event) => events.push(event), reading.rules)
  const pass = (t: number) => {
    for (let due = ledger.due(); due <= t; due = ledger.due()) ledger.advance(due)
    ledger.advance(t)
  }
  const chains: number[] = []
  const cursor = new Cursor({ ...CURSOR_RULES, ...reading.rules })
  for (const { t, x, y } of reading.moves) {
    const thrash = cursor.move(t + EPOCH, x, y)
    if (thrash) events.push(thrash)
  }
  for (const fact of reading.facts) {
    const t = fact.t + EPOCH
    pass(t)
    const clicks = events.length
    ledger.note({ ...fact, t })
    if (fact.type === 'click' && events.length > clicks) chains.push((ledger.rage.open()?.number ?? 0))
  }
  const last = (reading.facts[reading.facts.length - 1]?.t ?? 0) + EPOCH
  const rage = /rage|chain/.test(String(one.signal))
  const until = reading.until === null ? last + (rage ? QUIET : LONG) : reading.until + EPOCH
  const pending = ledger.accounts.filter((one) => one.running.size > 0).length
  pass(Math.max(until, last))
  const tracked = events.filter((event) => event.type === 'click').length
  return { events, pending, tracked, chains, unreadable: reading.readings.includes('unreadable') }
}

/** Kinds that decide a case about one signal. Others count if it names them, or is about `any`. */
const FAMILY = new Map([['liveness', ['dead']], ['click_chain', []]])

/** Returns a case's name for a kind; detectors and cases call some kinds differently. */
function casesName(kind: string): string {
  return NAMES.get(kind) ?? kind.replace(/_clicks?$/, '')
}

/** Answers questions that are not about a signal; null for any other. */
function answerTo(question: string, kinds: Set<string>, run: Run): string | null {
  const silent = kinds.has('dead') || kinds.has('dead_swipe')
  const bursts = run.events.map((event) => (event.type === 'burst' ? event.verdict : ''))
  switch (question) {
    case 'candidate': return silent ? 'candidate' : 'not_candidate'
    case 'eligible': return silent ? 'eligible' : 'not_eligible'
    case 'answered': return silent ? 'not_answered' : 'answered'
    case 'repeat_use': return bursts.includes('repeat_use') && !kinds.has('rage') ? 'repeat_use' : [...kinds].sort().join('+') || 'none'
    case 'not_candidate': case 'ignored': case 'not_eligible': case 'exempt':
      return silent ? 'candidate' : question
    case 'alive': return run.tracked === 0 ? 'not_tracked' : silent ? 'not_alive' : 'alive'
    case 'not_alive': return run.tracked === 0 ? 'not_tracked' : silent ? 'not_alive' : 'alive'
    case 'not_tracked': return run.tracked === 0 ? 'not_tracked' : 'tracked'
    case 'tracked': return run.tracked === 0 ? 'not_tracked' : 'tracked'
    case 'pending': return run.pending > 0 && !silent ? 'pending' : [...kinds].sort().join('+') || 'none'
    case 'chained': case 'not_chained':
      return new Set(run.chains).size <= 1 && run.chains.length > 1 ? 'chained' : 'not_chained'
    default: return null
  }
}

export interface Judgement {
  agrees: boolean
  got: string
  /** Kinds expected and found, for precision and recall. */
  expected: string[]
  found: string[]
}

export function judgeCase(one: Case, kinds: Set<string>, run: Run): Judgement {
  if (run.unreadable || typeof one.expected !== 'string') return { agrees: false, got: 'unreadable', expected: [], found: [] }
  const answer = answerTo(one.expected, kinds, run)
  if (answer !== null) return { agrees: answer === one.expected, got: answer, expected: [], found: [] }
  const nothing = one.expected === 'none' || /^(no|not)_/.test(one.expected)
  const expected = nothing ? [] : one.expected.split('+').map(casesName)
  const family = new Set([...(FAMILY.get(one.signal) ?? [casesName(String(one.signal))]), ...expected])
  const found = [...kinds].filter((kind) => one.signal === 'any' || family.has(kind))
  const refused = kinds.has('refused')
  const agrees = !refused && expected.length === found.length && expected.every((kind) => kinds.has(kind))
  return { agrees, got: [...kinds].sort().join('+') || 'none', expected, found }
}
