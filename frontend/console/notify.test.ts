import { expect, test } from 'vitest'
import { newsOf } from './notify'
import type { Row } from './types'

const me = { id: 1, name: 'Alice', role: 'csm' }
const NOON = Date.parse('2026-06-01T12:00:00Z')
const row = (change: Partial<Row> = {}): Row =>
  ({ id: 'a', state: 'open', owner: null, snoozed_until: null, merged_into: null, always_human: false, opened_at: '2026-06-01T12:00:00Z', ...change }) as Row

test('it works: new work is told once', () => {
  const told = new Set<string>()
  expect(newsOf(row(), undefined, me, told, NOON + 5_000)).toBe('Somebody is stuck')
  expect(newsOf(row(), row(), me, told, NOON + 9_000)).toBe('')
})

test('what is old, taken, put off, merged or a colleague’s interrupts nobody', () => {
  const news = (change: Partial<Row>, now = NOON) => newsOf(row(change), undefined, me, new Set(), now)
  expect(news({}, NOON + 600_000)).toBe('')
  expect(news({ state: 'taken' })).toBe('')
  expect(news({ snoozed_until: '2026-06-02T12:00:00Z' })).toBe('')
  expect(news({ merged_into: 'b' })).toBe('')
  expect(news({ owner: { ...me, id: 2 } })).toBe('')
  expect(news({ always_human: true })).toBe('Somebody is waiting for a person')
})

test('what is given to me is told however old it is', () => {
  const told = new Set<string>()
  expect(newsOf(row({ owner: me }), row(), me, told, NOON + 1e9)).toBe('Assigned to you')
  expect(newsOf(row({ owner: me }), row({ owner: me }), me, told, NOON + 1e9)).toBe('')
})
