// `make friction-cases FILE=path`: runs every case of a file through the real ledger and detectors.

import { readFileSync } from 'node:fs'
import { detect } from './detect.ts'
import { judgeCase, runCase } from './judge.ts'
import { type Case, readCase, TIMES } from './read.ts'

function share(part: number, whole: number): number | null {
  return whole ? Math.round((part / whole) * 10_000) / 10_000 : null
}

/** Accounts for every entry of the list: one that is no case at all is a miss with a number. */
function caseOf(one: unknown, i: number): Case {
  const given = typeof one === 'object' && one !== null && !Array.isArray(one) ? (one as Case) : ({ events: 'none' } as unknown as Case)
  return { ...given, id: String(given.id ?? `#${i + 1}`), expected: given.expected ?? '' }
}

function report(given: unknown[]) {
  const cases = given.map(caseOf)
  const readings = cases.map(readCase)
  const runs = cases.map((one, i) => runCase(one, readings[i]!))
  const kinds = detect(runs.map((run, i) => {
    return { session: String(i), events: run.events, settings: readings[i]!.settings }
  }))
  const unknown = Object.create(null) as Record<string, number>
  const read: Record<string, { means: string; cases: number }> = {}
  const tally = Object.create(null) as Record<string, { right: number; found: number; expected: number }>
  const misses = []
  for (const [i, one] of cases.entries()) {
    for (const [type, n] of Object.entries(readings[i]!.unknown)) unknown[type] = (unknown[type] ?? 0) + n
    for (const name of readings[i]!.readings) {
      (read[name] ??= { means: TIMES[name]!, cases: 0 }).cases++
    }
    const judged = judgeCase(one, kinds[i]!, runs[i]!)
    if (!judged.agrees) misses.push({ id: one.id, expected: one.expected, got: judged.got })
    for (const kind of new Set([...judged.expected, ...judged.found])) {
      const row = (tally[kind] ??= { right: 0, found: 0, expected: 0 })
      if (judged.found.includes(kind)) row.found++
      if (judged.expected.includes(kind)) row.expected++
      if (judged.found.includes(kind) && judged.expected.includes(kind)) row.right++
    }
  }
  const rows = Object.entries(tally).sort()
  return {
    total: cases.length,
    agree: cases.length - misses.length,
    precision: Object.fromEntries(rows.map(([kind, row]) => [kind, share(row.right, row.found)])),
    recall: Object.fromEntries(rows.map(([kind, row]) => [kind, share(row.right, row.expected)])),
    misses,
    unknown_events: unknown,
    times_read: read,
  }
}

function load(path: string): unknown[] {
  const read: unknown = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))
  const cases = Array.isArray(read) ? read : (read as { cases?: unknown } | null)?.cases
  if (!Array.isArray(cases)) throw new Error('expected a list of cases, or an object with a list "cases"')
  return cases
}

const path = process.argv[2]
if (!path) {
  console.error('Usage: make friction-cases FILE=path')
  process.exit(2)
}
try {
  console.log(JSON.stringify(report(load(path)), null, 2))
} catch (error) {
  console.error(`friction-cases: ${path}: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
