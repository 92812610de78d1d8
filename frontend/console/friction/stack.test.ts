import fc from 'fast-check'
import { expect, test } from 'vitest'
import { axisTop, stacked } from './stack'

test('it works', () => {
  const steps = stacked(
    [
      { kind: 'rage', trend: [2, 0] },
      { kind: 'dead', trend: [1, 3] },
    ],
    2,
  )
  expect(steps).toEqual([
    {
      total: 3,
      parts: [
        { kind: 'rage', count: 2, from: 0 },
        { kind: 'dead', count: 1, from: 2 },
      ],
    },
    { total: 3, parts: [{ kind: 'dead', count: 3, from: 0 }] },
  ])
})

test('the axis ends above everything, at an even whole number, and not far above', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), (most) => {
      const top = axisTop(most)
      expect(top).toBeGreaterThanOrEqual(most)
      expect(top % 2).toBe(0)
      expect(top).toBeLessThanOrEqual(Math.max(2, most * 2))
    }),
  )
})
