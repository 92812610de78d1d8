import { expect, test } from 'vitest'
import { backoff } from './backoff'

test('it works: the wait grows with the attempts, and no further than the longest', () => {
  const almost = 0.999
  expect([0, 1, 2, 3].map((attempt) => Math.round(backoff(attempt, almost) / almost))).toEqual([500, 1_000, 2_000, 4_000])
  expect(backoff(1_000_000, almost)).toBeLessThan(30_000)
  expect(backoff(1_000_000, almost, 15_000)).toBeLessThan(15_000)
})

test('a storm of widgets is spread evenly over the whole wait, from its beginning', () => {
  let seed = 7
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  const slices = new Array<number>(10).fill(0)
  for (let widget = 0; widget < 5_000; widget++) slices[Math.floor(backoff(4, random()) / 800)]! += 1
  // Each tenth of the eight seconds has its 500, give or take five standard deviations.
  for (const came of slices) expect(Math.abs(came - 500)).toBeLessThan(110)
})
