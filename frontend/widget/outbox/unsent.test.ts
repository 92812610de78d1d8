import { expect, test } from 'vitest'
import type { SayFrame } from '../../protocol/protocol.ts'
import { MAX_AGE, Unsent } from './unsent.ts'

/** As much of a Storage as is used: its records are its own properties, as in a browser. */
function storage(): Storage {
  const records = {}
  Object.defineProperties(records, {
    getItem: { value: (name: string) => (records as Record<string, string>)[name] ?? null },
    setItem: { value: (name: string, value: string) => void ((records as Record<string, string>)[name] = value) },
    removeItem: { value: (name: string) => void delete (records as Record<string, string>)[name] },
  })
  return records as Storage
}

function say(id: string): SayFrame {
  return { type: 'say', id, text: id }
}

function ids(says: SayFrame[]): string[] {
  return says.map(({ id }) => id)
}

test('it works', () => {
  const store = storage()
  new Unsent(store, 'w:').mirror('s1', 'vera', [say('a'), say('b')], 1)
  const next = new Unsent(store, 'w:')
  expect(ids(next.take('s2', 'vera', 2))).toEqual(['a', 'b'])
  expect(next.take('s2', 'vera', 2)).toEqual([])
})

test('several tabs leave theirs in the order of leaving', () => {
  const store = storage()
  new Unsent(store, 'w:').mirror('s2', '', [say('later')], 9)
  new Unsent(store, 'w:').mirror('s1', '', [say('first')], 3)
  expect(ids(new Unsent(store, 'w:').take('s3', '', 10))).toEqual(['first', 'later'])
})

test("nobody takes another contact's words, nor their own session's", () => {
  const store = storage()
  new Unsent(store, 'w:').mirror('s1', 'vera', [say('a')], 1)
  const other = new Unsent(store, 'w:')
  expect(other.take('s2', 'william', 2)).toEqual([])
  expect(other.take('s2', '', 2)).toEqual([])
  expect(other.take('s1', 'vera', 2)).toEqual([])
  expect(ids(other.take('s2', 'vera', 2))).toEqual(['a'])
})

test('what is acknowledged is no longer there for others', () => {
  const store = storage()
  const mine = new Unsent(store, 'w:')
  mine.mirror('s1', '', [say('a'), say('b')], 1)
  mine.mirror('s1', '', [say('b')], 2)
  mine.mirror('s1', '', [], 3)
  expect(Object.keys(store)).toEqual([])
})

test('words of yesterday, and records nobody can read, go', () => {
  const store = storage()
  new Unsent(store, 'w:').mirror('s1', '', [say('old')], 1)
  store.setItem('w:s9', '{"contact":')
  store.setItem('theirs', 'untouched')
  expect(new Unsent(store, 'w:').take('s2', '', MAX_AGE + 2)).toEqual([])
  expect(Object.keys(store)).toEqual(['theirs'])
})

test('without storage nothing is kept and nothing fails', () => {
  const barred = { setItem: () => { throw new Error('full') } } as unknown as Storage
  for (const store of [null, barred]) {
    const unsent = new Unsent(store, 'w:')
    unsent.mirror('s1', '', [say('a')], 1)
    expect(unsent.take('s2', '', 2)).toEqual([])
  }
})
