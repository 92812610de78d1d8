import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Line, Timeline } from '../types'
import { continued, folded, renewed } from './story'

const line = (second: number, change: Partial<Line> = {}): Line => ({
  at: `2026-06-01T12:00:${String(second).padStart(2, '0')}Z`,
  rank: 0,
  key: String(second).padStart(4, '0'),
  kind: 'event',
  title: `line ${second}`,
  detail: '',
  page: '',
  tone: 'plain',
  facts: {},
  ...change,
})

const keys = (timeline: Timeline) => timeline.lines.map(({ key }) => Number(key))

/** Returns a server's answer: the `size` newest lines below `before`. */
function answer(all: number[], before: number, size: number): Timeline {
  const below = all.filter((second) => second < before).sort((a, b) => b - a)
  const lines = below.slice(0, size).map((second) => line(second))
  return { lines, older: below.length > size ? String(below[size - 1]) : null }
}

test('it works: a line that grew moves up and is there once', () => {
  const held: Timeline = { lines: [line(3), line(2), line(1)], older: null }
  const grown = renewed(held, { lines: [line(4, { key: '0001' }), line(3), line(2)], older: 'x' })
  expect(keys(grown)).toEqual([1, 3, 2])
})

test('the same event again and again is one moment; a message said twice is two', () => {
  const click = (second: number) => line(second, { title: 'Clicked Export' })
  const said = (second: number) => line(second, { kind: 'message', title: 'Hello?' })
  const moments = folded([said(9), said(8), click(7), click(6), line(5), click(4)])
  expect(moments.map(({ times }) => times)).toEqual([1, 1, 2, 1, 1])
})

test('after a gap longer than a piece nothing is passed over in silence', () => {
  const held: Timeline = { lines: [line(2), line(1)], older: null }
  const newest: Timeline = { lines: [line(9), line(8)], older: '8' }
  expect(renewed(held, newest)).toEqual(newest)
})

test('times that differ in microseconds alone keep their order', () => {
  const first = line(1, { at: '2026-06-01T12:00:01.000100Z', key: 'a' })
  const second = line(1, { at: '2026-06-01T12:00:01.000200Z', key: 'b' })
  const merged = renewed({ lines: [first], older: null }, { lines: [second, first], older: null })
  expect(merged.lines.map(({ key }) => key)).toEqual(['b', 'a'])
})

test('however it grows at both ends, nothing is missing, twice or out of order', () => {
  const steps = fc.array(fc.constantFrom('more happens', 'renew', 'older'), { maxLength: 40 })
  fc.assert(
    fc.property(steps, fc.integer({ min: 0, max: 20 }), (steps, begin) => {
      const all = Array.from({ length: begin }, (_, second) => second)
      let held = answer(all, Infinity, 8)
      for (const step of steps) {
        if (step === 'more happens' && all.length < 60) all.push(all.length)
        if (step !== 'older') held = renewed(held, answer(all, Infinity, 8))
        else if (held.older) held = continued(held, answer(all, Number(held.older), 8))
      }
      const lowest = Math.min(...keys(held))
      expect(keys(held)).toEqual(all.filter((second) => second >= lowest).reverse())
      expect(held.older === null).toBe(lowest === 0 || all.length === 0)
    }),
  )
})
