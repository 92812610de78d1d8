import { expect, test } from 'vitest'
import { type Choice, fitting } from './palette_choices'

const choice = (title: string): Choice => ({ title, kind: 'Do', icon: 'arrow', run: () => undefined })
const titles = (typed: string) => fitting(['Queue', 'Take over', 'Snooze', 'Problems', 'Queue: mine'].map(choice), typed).map(({ title }) => title)

test('it works: the beginning of a word before the middle of one before scattered letters', () => {
  expect(titles('')).toHaveLength(5)
  expect(titles('mi')).toEqual(['Queue: mine'])
  expect(titles('o')).toEqual(['Take over', 'Snooze', 'Problems'])
  expect(titles('tkv')).toEqual(['Take over'])
})

test('odd input fits nothing and breaks nothing', () => {
  expect(titles('.*+?^${}()|[]')).toEqual([])
  expect(titles('   ')).toHaveLength(5)
  expect(titles('\u202e')).toEqual([])
})
