import { expect, test } from 'vitest'
import { strengthOf } from './strength'

test('it works', () => {
  expect(strengthOf('')).toBeNull()
  expect(strengthOf('correct horse battery')?.grade).toBe('Hard to guess')
  expect(strengthOf('Tr0ub4dor&3')?.grade).toBe('Fair')
})

test('what is too short says how much is missing', () => {
  expect(strengthOf('seven77')?.advice).toContain('One character')
  expect(strengthOf('abc')?.advice).toContain('5 characters')
})

test('length alone is not enough', () => {
  expect(strengthOf('aaaaaaaaaaaaaaaaaaaaaaaa')?.grade).toBe('Easy to guess')
  expect(strengthOf('AbAbAbAbAbAbAbAbAb')?.grade).toBe('Easy to guess')
})

test('characters are counted as people count them', () => {
  expect(strengthOf('🐎🔋🐎🔋')?.grade).toBe('Too short')
})
