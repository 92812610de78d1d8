import { expect, test } from 'vitest'
import type { Row } from '../types'
import { lookersAt, looked } from '../presence'
import { chosen, extended, NOTHING, toggled } from './selection'
import { ROW_HEIGHT, spanOf } from './use_window'

const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id }) as Row)
const ids = (selection: { ids: Set<string> }) => [...selection.ids].sort()

test('it works: x chooses, and again lets go', () => {
  const one = toggled(NOTHING, 'b')
  expect(ids(one)).toEqual(['b'])
  expect(ids(toggled(one, 'b'))).toEqual([])
})

test('a range goes from the anchor in both directions and keeps what was chosen', () => {
  const start = toggled(toggled(NOTHING, 'd'), 'c')
  expect(ids(extended(start, 'a', rows))).toEqual(['a', 'b', 'c', 'd'])
  expect(ids(extended(toggled(NOTHING, 'b'), 'd', rows))).toEqual(['b', 'c', 'd'])
  expect(ids(extended(NOTHING, 'c', rows))).toEqual(['c'])
})

test('what is chosen comes in the order of the list, and what has left it is not there', () => {
  const all = toggled(toggled(toggled(NOTHING, 'd'), 'a'), 'gone')
  expect(chosen(all, rows).map(({ id }) => id)).toEqual(['a', 'd'])
})

test('the window holds what is in sight, whatever is scrolled', () => {
  expect(spanOf(0, 900, 5000)).toEqual({ from: 0, to: 14 })
  const span = spanOf(1000 * ROW_HEIGHT, 900, 5000)
  expect(span.from).toBeLessThanOrEqual(1000)
  expect(span.to).toBeGreaterThanOrEqual(1008)
  expect(spanOf(1e9, 900, 3)).toEqual({ from: 3, to: 3 })
  expect(spanOf(0, 0, 0)).toEqual({ from: 0, to: 0 })
})

test('who looks is seen once, and not for ever', () => {
  const hint = (socket: string, id: number, escalation: string | null) => ({ what: 'looking', socket, member: { id, name: `m${id}` }, escalation }) as const
  let looks = looked([], hint('s1', 2, 'e'), 0)
  looks = looked(looks, hint('s2', 2, 'e'), 10)
  expect(lookersAt(looks, 'e')).toEqual(['m2'])
  looks = looked(looks, hint('s1', 2, null), 30)
  expect(lookersAt(looks, 'e')).toEqual(['m2'])
  expect(lookersAt(looked(looks, hint('s2', 2, 'other'), 40), 'e')).toEqual([])
  expect(looked(looks, hint('s9', 3, null), 90_000)).toEqual([])
})
