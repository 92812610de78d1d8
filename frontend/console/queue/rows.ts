// The queue's rows as they stand on the screen. Pure: what moves, and what may not, is decided here.
import type { Member, Order, Row, View } from '../types'

export interface Rows {
  shown: Row[]
  /** New work that waits to be let in, because a hand is on the list. */
  waiting: Row[]
}

export interface Scope {
  view: View
  order: Order
  me: Member
}

/**
 * Takes changed rows in. Known rows change where they stand and stay even when they no longer belong,
 * so nothing moves under the hand; unknown ones wait while `hand` is on the list, else find their place.
 */
export function arrive(rows: Rows, changed: Row[], hand: boolean, scope: Scope): Rows {
  let { shown, waiting } = rows
  for (const row of changed) {
    const fits = belongs(row, scope)
    if (shown.some((known) => known.id === row.id)) {
      shown = shown.map((known) => (known.id === row.id ? row : known))
      if (!fits && !hand) shown = shown.filter((known) => known.id !== row.id)
      continue
    }
    waiting = waiting.filter((known) => known.id !== row.id)
    if (!fits) continue
    if (hand) waiting = [...waiting, row]
    else shown = placed(shown, row, scope.order)
  }
  return { shown, waiting }
}

/** Lets the waiting rows in and lets go of those that no longer belong. */
export function letIn(rows: Rows, scope: Scope): Rows {
  const kept = rows.shown.filter((row) => belongs(row, scope))
  return { shown: rows.waiting.reduce((shown, row) => placed(shown, row, scope.order), kept), waiting: [] }
}

/** The row `step` away from `id`; the first or last one when that falls off the list. */
export function neighbour(shown: Row[], id: string | null, step: 1 | -1): Row | undefined {
  const at = shown.findIndex((row) => row.id === id)
  if (at < 0) return step > 0 ? shown[0] : shown.at(-1)
  return shown[Math.min(shown.length - 1, Math.max(0, at + step))]
}

export function belongs(row: Row, { view, me }: Scope): boolean {
  if (view === 'snoozed' || row.snoozed_until) return view === 'snoozed' && row.snoozed_until !== null
  if (view === 'active') return row.state !== 'resolved'
  if (view === 'mine') return row.state !== 'resolved' && row.owner?.id === me.id
  return row.state === view
}

function placed(shown: Row[], row: Row, order: Order): Row[] {
  const at = shown.findIndex((other) => compare(row, other, order) < 0)
  return at < 0 ? [...shown, row] : [...shown.slice(0, at), row, ...shown.slice(at)]
}

/** The server's order: score, then revenue, then newest; or newest alone. */
function compare(a: Row, b: Row, order: Order): number {
  const newer = Date.parse(b.opened_at) - Date.parse(a.opened_at)
  if (order === 'newest') return newer
  return b.score - a.score || revenue(b) - revenue(a) || newer
}

function revenue(row: Row): number {
  return row.account?.annual_revenue == null ? -1 : Number(row.account.annual_revenue)
}
