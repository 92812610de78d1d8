import { expect, test } from 'vitest'
import { tabTitle } from './tab'

test('a tab names its page, and what waits comes first', () => {
  expect(tabTitle('Queue', 0)).toBe('Queue · VCSM')
  expect(tabTitle('Queue', 12)).toBe('(12) Queue · VCSM')
  expect(tabTitle('Set-up', 0)).toBe('Set-up · VCSM')
  expect(tabTitle('Friction', 1)).toBe('(1) Friction · VCSM')
  expect(tabTitle('', 0)).toBe('Console · VCSM')
})
