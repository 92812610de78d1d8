import { expect, test } from 'vitest'
import { changesOf, signOf, wrongWith } from './changes'
import type { Kind } from './types'

const clicks = { name: 'rage.min_clicks', meaning: 'clicks in one burst', default: 3, low: 2, high: 100, value: 4 }
const RAGE: Kind = { kind: 'rage', says: 'Clicks.', off: false, thresholds: [clicks] }

test('it works: only what differs is a change', () => {
  expect(changesOf([RAGE], { 'rage.min_clicks': '5', 'rage.off': true })).toEqual({ 'rage.min_clicks': 5, 'rage.off': true })
  expect(changesOf([RAGE], { 'rage.min_clicks': '4', 'rage.off': false })).toEqual({})
})

test('back at the default, and on again, is no setting at all', () => {
  expect(changesOf([RAGE], { 'rage.min_clicks': '3' })).toEqual({ 'rage.min_clicks': null })
  expect(changesOf([{ ...RAGE, off: true }], { 'rage.off': false })).toEqual({ 'rage.off': null })
})

test('times are typed in seconds', () => {
  const join = { name: 'rage.join_ms', meaning: 'apart', default: 30_000, low: 0, high: 3_600_000, value: 30_000 }
  const kind = { ...RAGE, thresholds: [join] }
  expect(changesOf([kind], { 'rage.join_ms': '2.5' })).toEqual({ 'rage.join_ms': 2500 })
  expect(changesOf([kind], { 'rage.join_ms': '30' })).toEqual({})
  expect(wrongWith(join, '3601')).toBe('0 to 3600')
})

test.each(['', ' ', 'many', '1', '101', 'Infinity'])('%j is not taken', (typed) => {
  expect(changesOf([RAGE], { 'rage.min_clicks': typed })).toBeNull()
  expect(wrongWith(clicks, typed)).not.toBe('')
})

test('the order in which things were changed makes no difference', () => {
  expect(signOf({ b: 1, a: true })).toBe(signOf({ a: true, b: 1 }))
  expect(signOf({ a: 1 })).not.toBe(signOf({ a: 2 }))
})
