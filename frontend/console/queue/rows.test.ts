import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Filters } from '../address'
import type { Row, State, View } from '../types'
import { arrive, belongs, gone, joined, letIn, neighbour, type Rows, type Scope } from './rows'

const alice = { id: 1, name: 'Alice', role: 'csm' }
const scope: Scope = { view: 'active', order: 'value', me: alice }

function row(id: string, change: Partial<Row> = {}): Row {
  return {
    id,
    state: 'open',
    summary: '',
    reason: 'asked',
    score: 0.5,
    page: '',
    element: '',
    element_name: '',
    intent: '',
    asked: '',
    contact: { id: 1, name: 'Vera', email: '', identified: true },
    account: null,
    owner: null,
    conversation: null,
    opened_at: '2026-06-01T12:00:00Z',
    updated_at: '2026-06-01T12:00:00Z',
    due_at: '2026-06-01T13:00:00Z',
    kind: 'rage',
    verdict_asked: false,
    snoozed_until: null,
    merged_into: null,
    always_human: false,
    worth: {},
    track: null,
    taken_at: null,
    resolved_at: null,
    ...change,
  }
}

const ids = (rows: Row[]) => rows.map(({ id }) => id)
const shown = (...rows: Row[]): Rows => ({ shown: rows, waiting: [] })

test('it works: new work finds its place by value', () => {
  const rows = arrive(shown(row('a', { score: 0.9 }), row('b', { score: 0.2 })), [row('c', { score: 0.5 })], false, scope)
  expect(ids(rows.shown)).toEqual(['a', 'c', 'b'])
})

test('what minutes are worth goes before how badly somebody is stuck', () => {
  const rows = arrive(shown(row('a', { worth: { value: 90 }, score: 0.1 }), row('b', { score: 0.9 })), [row('c', { worth: { value: -3 }, score: 0.5 })], false, scope)
  expect(ids(rows.shown)).toEqual(['a', 'c', 'b'])
})

test('new work waits while a hand is on the list, and is let in on request', () => {
  const held = arrive(shown(row('a')), [row('b', { score: 0.9 })], true, scope)
  expect(ids(held.shown)).toEqual(['a'])
  expect(ids(held.waiting)).toEqual(['b'])
  expect(ids(letIn(held, scope).shown)).toEqual(['b', 'a'])
})

test('work that waits and is resolved by somebody else waits no more', () => {
  const held = arrive(shown(row('a')), [row('b')], true, scope)
  expect(arrive(held, [row('b', { state: 'resolved' })], true, scope).waiting).toEqual([])
})

test('what no longer belongs stays under the hand and goes without it', () => {
  const resolved = [row('a', { state: 'resolved' })]
  expect(ids(arrive(shown(row('a'), row('b')), resolved, true, scope).shown)).toEqual(['a', 'b'])
  expect(ids(arrive(shown(row('a'), row('b')), resolved, false, scope).shown)).toEqual(['b'])
})

test('mine is what I own and have not resolved', () => {
  const mine: Scope = { ...scope, view: 'mine' }
  expect(belongs(row('a', { owner: alice }), mine)).toBe(true)
  expect(belongs(row('a', { owner: { ...alice, id: 2 } }), mine)).toBe(false)
  expect(belongs(row('a', { owner: alice, state: 'resolved' }), mine)).toBe(false)
})

test('what the filter leaves out does not come in', () => {
  const noon = Date.parse('2026-06-01T12:30:00Z')
  const kept = (change: Partial<Row>, filters: Filters) => belongs(row('a', change), { ...scope, filters }, noon)
  expect(kept({ reason: 'friction' }, { reason: 'asked' })).toBe(false)
  expect(kept({ owner: alice }, { owner: 'me' })).toBe(true)
  expect(kept({ owner: alice }, { owner: 'none' })).toBe(false)
  expect(kept({ worth: { value: 90 } }, { value: '100' })).toBe(false)
  expect(kept({}, { value: '0' })).toBe(false)
  expect(kept({}, { older: '1h' })).toBe(false)
  expect(kept({}, { newer: '15m' })).toBe(false)
  expect(kept({}, { newer: '1h' })).toBe(true)
  expect(kept({ summary: 'Export on /reports' }, { find: 'VERA export' })).toBe(true)
  expect(kept({ merged_into: 'b' }, {})).toBe(false)
})

test('with more on the server, what belongs behind the last row waits for its piece', () => {
  const rows = shown(row('a', { score: 0.9 }), row('b', { score: 0.5 }))
  const more = { ...scope, more: true }
  expect(ids(arrive(rows, [row('c', { score: 0.1 })], false, more).shown)).toEqual(['a', 'b'])
  expect(ids(arrive(rows, [row('c', { score: 0.7 })], false, more).shown)).toEqual(['a', 'c', 'b'])
  expect(ids(joined(rows, [row('b'), row('d', { score: 0.2 })]).shown)).toEqual(['a', 'b', 'd'])
})

test('the neighbour stops at both ends', () => {
  const rows = [row('a'), row('b')]
  expect(neighbour(rows, null, 1)?.id).toBe('a')
  expect(neighbour(rows, 'b', 1)?.id).toBe('b')
  expect(neighbour(rows, 'a', -1)?.id).toBe('a')
  expect(neighbour([], 'a', 1)).toBeUndefined()
})

test('after one that was resolved the next goes on, or the one before where it was the last', () => {
  const stood = [row('a'), row('b'), row('c'), row('d')]
  const without = (...gone: string[]) => stood.filter(({ id }) => !gone.includes(id))
  expect(neighbour(without('b'), 'b', 1, stood)?.id).toBe('c')
  expect(neighbour(without('b'), 'b', -1, stood)?.id).toBe('a')
  expect(neighbour(without('b', 'c'), 'b', 1, stood)?.id).toBe('d')
  expect(neighbour(without('d'), 'd', 1, stood)?.id).toBe('c')
  expect(neighbour(without('a'), 'a', -1, stood)?.id).toBe('b')
  // What came in between is passed over, and what was changed is handed out as it is now.
  const fresh = [row('new'), row('a'), row('c', { summary: 'Changed' })]
  expect(neighbour(fresh, 'b', 1, stood)).toBe(fresh[2])
  expect(neighbour([row('new')], 'b', 1, stood)?.id).toBe('new')
})

const anyRow = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    score: fc.integer({ min: 0, max: 9 }).map((tenths) => tenths / 10),
    state: fc.constantFrom<State>('open', 'taken', 'resolved'),
  })
  .map(({ id, ...change }) => row(id, change))
const anyArrivals = fc.array(fc.tuple(fc.array(anyRow, { maxLength: 4 }), fc.boolean()), { maxLength: 12 })
const anyView = fc.constantFrom<View>('active', 'mine', 'open', 'taken', 'resolved')

describe('whatever arrives', () => {
  test('under the hand nothing that is shown moves or goes', () => {
    fc.assert(
      fc.property(anyArrivals, anyView, (arrivals, view) => {
        let rows: Rows = shown()
        for (const [changed, hand] of arrivals) {
          const before = ids(rows.shown)
          rows = arrive(rows, changed, hand, { ...scope, view })
          if (hand) expect(ids(rows.shown)).toEqual(before)
        }
      }),
    )
  })

  test('no row is there twice, and letting in shows all that belongs, in order', () => {
    fc.assert(
      fc.property(anyArrivals, (arrivals) => {
        let rows: Rows = shown()
        const last = new Map<string, Row>()
        for (const [changed, hand] of arrivals) {
          rows = arrive(rows, changed, hand, scope)
          for (const one of changed) last.set(one.id, one)
          const all = [...ids(rows.shown), ...ids(rows.waiting)]
          expect(new Set(all).size).toBe(all.length)
        }
        const belonging = [...last.values()].filter((one) => belongs(one, scope)).map(({ id }) => id)
        expect(ids(letIn(rows, scope).shown).sort()).toEqual(belonging.sort())
      }),
    )
  })
})

test('what is no more is neither shown nor let in', () => {
  const rows: Rows = { shown: [row('a'), row('b')], waiting: [row('c')] }
  expect(gone(rows, ['b', 'c', 'never there'])).toEqual({ shown: [row('a')], waiting: [] })
})
