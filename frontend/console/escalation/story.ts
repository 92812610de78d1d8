// The timeline as it grows at both ends: new lines come in above, older pieces below. Pure.
import type { Line, Timeline } from '../types'

/** Merges in the newest piece, read again: its lines replace those held, and older lines stay. */
export function renewed(held: Timeline | undefined, newest: Timeline): Timeline {
  if (!held) return newest
  // After a long gap the two may not meet: what is between is unknown, so the new one stays alone.
  const known = new Set(held.lines.map(name))
  if (newest.older && !newest.lines.some((line) => known.has(name(line)))) return newest
  const lines = together(held.lines, newest.lines)
  const longer = held.lines.length > 0 && lines.length > newest.lines.length
  return { lines, older: longer ? held.older : newest.older }
}

/** Appends an older piece. */
export function continued(held: Timeline, piece: Timeline): Timeline {
  return { lines: together(piece.lines, held.lines), older: piece.older }
}

export interface Moment {
  line: Line
  /** How often it happened without anything else in between. */
  times: number
}

/** Joins repeats of one event into one moment, so that nine clicks do not bury the story. */
export function folded(lines: Line[]): Moment[] {
  const moments: Moment[] = []
  for (const line of lines) {
    const last = moments.at(-1)
    if (last && line.kind === 'event' && same(last.line, line)) last.times++
    else moments.push({ line, times: 1 })
  }
  return moments
}

function same(a: Line, b: Line): boolean {
  return a.kind === b.kind && a.title === b.title && a.page === b.page && a.at.slice(0, 10) === b.at.slice(0, 10)
}

function together(known: Line[], fresh: Line[]): Line[] {
  const named = new Map(known.map((line) => [name(line), line]))
  for (const line of fresh) named.set(name(line), line)
  return [...named.values()].sort(newestFirst)
}

/** Returns a line's identity, which it keeps when it grows and moves to its new time. */
function name(line: Line): string {
  return `${line.rank} ${line.key}`
}

function newestFirst(a: Line, b: Line): number {
  const later = Date.parse(b.at) - Date.parse(a.at) || compare(micros(b.at), micros(a.at))
  return later || b.rank - a.rank || compare(b.key, a.key)
}

/** Returns the microseconds, padded: `Date` drops them. */
function micros(at: string): string {
  return (/\.(\d+)/.exec(at)?.[1] ?? '').padEnd(6, '0')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
