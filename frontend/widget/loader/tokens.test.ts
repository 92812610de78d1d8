import { expect, test } from 'vitest'
import { tokensOf } from './tokens.ts'

test('it works: a function is asked each time, a text is given as it is', async () => {
  let made = 0
  const fresh = tokensOf({ id: 'vera', token: () => Promise.resolve(`token-${++made}`) })
  expect(await fresh?.next()).toEqual('token-1')
  expect(await fresh?.next()).toEqual('token-2')
  expect(await tokensOf({ id: 'vera', token: 'abc' })?.next()).toEqual('abc')
})

test('without a token there is nothing to ask', () => {
  expect(tokensOf({ id: 'vera' })).toEqual(null)
  expect(tokensOf({ id: 'vera', token: 7 })).toEqual(null)
  expect(tokensOf(undefined)).toEqual(null)
})

test('a function that throws, rejects or returns nothing gives an empty token', async () => {
  const broken = [() => { throw new Error('no') }, () => Promise.reject(new Error('no')), () => undefined]
  for (const token of broken) expect(await tokensOf({ token })?.next()).toBe('')
})

test('it is asked again at once, and then every ten seconds; a text never', () => {
  const fresh = tokensOf({ token: () => '' })
  expect([0, 4_000, 25_000].map((now) => fresh?.pause(now))).toEqual([0, 6_000, 0])
  expect(tokensOf({ token: 'abc' })?.pause(0)).toBe(Infinity)
})
