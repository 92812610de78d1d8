import { expect, test } from 'vitest'
import { checkIdentity, checkTrack, clip } from './check.ts'

test('it works', () => {
  expect(checkIdentity({ id: 7, name: 'Vera', account: { id: 'k' } })).toEqual({
    id: '7', name: 'Vera', email: '', account: { id: 'k', name: '' },
  })
  expect(checkTrack('search', { query: 'iban', results: 0 }, 1, '/')).toEqual({
    type: 'search', query: 'iban', results: 0, at: 1, page: '/',
  })
})

test('nobody is named without an id', () => {
  for (const told of [undefined, null, {}, 'vera', { id: '' }, { name: 'Vera' }]) expect(checkIdentity(told)).toBeNull()
})

test('half characters never leave the page', () => {
  expect(clip('ab\ud83d\ude00', 3)).toBe('ab\ufffd')
  expect(clip('\ude00', 9)).toBe('\ufffd')
})

test('properties are cut to what the protocol takes', () => {
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`p${at}`, at]))
  const event = checkTrack('x'.repeat(500), { ...many, long: 'y'.repeat(9_999) }, 1, '/')
  expect(event).toMatchObject({ type: 'track', name: 'x'.repeat(120) })
  expect('properties' in event && Object.keys(event.properties!)).toHaveLength(50)
  const odd = checkTrack('odd', { nan: NaN, list: [1, 2], no: null, yes: true }, 1, '/')
  expect('properties' in odd && odd.properties).toEqual({ nan: 'NaN', list: '[1,2]', no: null, yes: true })
})
