// The queue's rows as they stand on the screen. Pure: what moves, and what may not, is decided here.
import type { Age, Filters } from '../address'
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
  filters?: Filters
  /** There are further rows on the server: what belongs behind the last one shown comes with them. */
  more?: boolean
}

/**
 * Takes changed rows in. Known rows change where they stand and stay even when they no longer belong,
 * so nothing moves under the hand; unknown ones wait while `hand` is on the list, else find their place.
 */
export function arrive(rows: Rows, changed: Row[], hand: boolean, scope: Scope, now = 0): Rows {
  let { shown, waiting } = rows
  for (const row of changed) {
    const fits = belongs(row, scope, now)
    if (shown.some((known) => known.id === row.id)) {
      shown = shown.map((known) => (known.id === row.id ? row : known))
      if (!fits && !hand) shown = shown.filter((known) => known.id !== row.id)
      continue
    }
    waiting = waiting.filter((known) => known.id !== row.id)
    if (!fits) continue
    if (hand) waiting = [...waiting, row]
    else shown = placed(shown, row, scope)
  }
  return { shown, waiting }
}

/** Lets the waiting rows in and lets go of those that no longer belong. */
export function letIn(rows: Rows, scope: Scope, now = 0): Rows {
  const kept = rows.shown.filter((row) => belongs(row, scope, now))
  return { shown: rows.waiting.reduce((shown, row) => placed(shown, row, scope), kept), waiting: [] }
}

/** Rows that are no more, because their contact was erased. */
export function gone({ shown, waiting }: Rows, ids: string[]): Rows {
  const left = (rows: Row[]) => rows.filter(({ id }) => !ids.includes(id))
  return { shown: left(shown), waiting: left(waiting) }
}

/** A further piece from the server joins at the end; what is there already stays where it is. */
export function joined(rows: Rows, piece: Row[]): Rows {
  const known = new Set(rows.shown.map(({ id }) => id))
  const fresh = piece.filter(({ id }) => !known.has(id))
  const came = new Set(fresh.map(({ id }) => id))
  return { shown: [...rows.shown, ...fresh], waiting: rows.waiting.filter(({ id }) => !came.has(id)) }
}

/**
 * The row `step` away from `id`; the first or last one when that falls off the list. Of one that has left, because
 * it was resolved, the row that followed it goes on: `stood` is the list when it was last there.
 */
export function neighbour(shown: Row[], id: string | null, step: 1 | -1, stood: Row[] = []): Row | undefined {
  const at = shown.findIndex((row) => row.id === id)
  if (at < 0) return successor(shown, id, step, stood) ?? (step > 0 ? shown[0] : shown.at(-1))
  return shown[Math.min(shown.length - 1, Math.max(0, at + step))]
}

function successor(shown: Row[], id: string | null, step: 1 | -1, stood: Row[]): Row | undefined {
  const was = stood.findIndex((row) => row.id === id)
  if (was < 0) return undefined
  const [before, after] = [stood.slice(0, was).reverse(), stood.slice(was + 1)]
  const known = new Map(shown.map((row) => [row.id, row]))
  const left = [...(step > 0 ? after : before), ...(step > 0 ? before : after)].find(({ id }) => known.has(id))
  return left && known.get(left.id)
}

export function belongs(row: Row, scope: Scope, now = 0): boolean {
  return row.merged_into === null && inView(row, scope) && fits(row, scope.filters ?? {}, scope.me, now)
}

function inView(row: Row, { view, me }: Scope): boolean {
  if (view === 'snoozed' || row.snoozed_until) return view === 'snoozed' && row.snoozed_until !== null
  if (view === 'active') return row.state !== 'resolved'
  if (view === 'mine') return row.state !== 'resolved' && row.owner?.id === me.id
  return row.state === view
}

const AGE_MS: Record<Age, number> = { '15m': 900_000, '1h': 3_600_000, '4h': 14_400_000, '1d': 86_400_000, '7d': 604_800_000 }

/** The same as the server's filter, for what changes while the page is open. */
function fits(row: Row, filters: Filters, me: Member, now: number): boolean {
  const { reason, owner, account, older, newer, value, always, find } = filters
  const age = now - Date.parse(row.opened_at)
  if (reason && !reason.split(',').includes(row.reason)) return false
  if (always && !row.always_human) return false
  if (owner && (owner === 'none' ? row.owner !== null : String(row.owner?.id) !== (owner === 'me' ? String(me.id) : owner))) return false
  if (account && String(row.account?.id) !== account) return false
  if (older && age < AGE_MS[older]) return false
  if (newer && age >= AGE_MS[newer]) return false
  if (value && !((row.worth['value'] ?? Number.NEGATIVE_INFINITY) >= Number(value))) return false
  const said = [row.contact.name, row.contact.email, row.account?.name ?? '', row.element_name, row.summary].map((text) => text.toLowerCase())
  return (find ?? '').toLowerCase().split(/\s+/).every((word) => said.some((text) => text.includes(word)))
}

function placed(shown: Row[], row: Row, { order, more }: Scope): Row[] {
  const at = shown.findIndex((other) => compare(row, other, order) < 0)
  if (at < 0) return more ? shown : [...shown, row]
  return [...shown.slice(0, at), row, ...shown.slice(at)]
}

/** The server's order: expected value, then score, then newest; or one of them alone. */
function compare(a: Row, b: Row, order: Order): number {
  const newer = Date.parse(b.opened_at) - Date.parse(a.opened_at)
  if (order === 'newest') return newer
  if (order === 'due') return Date.parse(a.due_at) - Date.parse(b.due_at)
  return value(b) - value(a) || b.score - a.score || newer
}

/** What a person's minutes are expected to bring; what nobody worked out comes last. */
function value(row: Row): number {
  return row.worth['value'] ?? -1e15
}
