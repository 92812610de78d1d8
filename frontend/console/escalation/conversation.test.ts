import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Message } from '../types'
import { type Draft, merged, speaker, unsent } from './conversation'

const message = (seq: number, change: Partial<Message> = {}): Message => ({
  seq,
  author: 'contact',
  name: '',
  text: `text ${seq}`,
  at: '2026-06-01T12:00:00Z',
  source: null,
  client_id: null,
  ...change,
})

test('it works: what arrives twice or late is there once and in order', () => {
  const known = merged([message(1), message(3)], [message(3), message(2)])
  expect(known.map(({ seq }) => seq)).toEqual([1, 2, 3])
})

test('in whatever pieces a conversation arrives, it is the same conversation', () => {
  const pieces = fc.array(fc.array(fc.integer({ min: 1, max: 20 })))
  fc.assert(
    fc.property(pieces, (arrivals) => {
      const seen = arrivals.reduce<Message[]>((known, seqs) => merged(known, seqs.map((seq) => message(seq))), [])
      const all = [...new Set(arrivals.flat())].sort((a, b) => a - b)
      expect(seen.map(({ seq }) => seq)).toEqual(all)
    }),
  )
})

test('a draft goes when its message is there, and only then', () => {
  const draft: Draft = { clientId: 'one', text: 'Hello', state: 'sending', why: '' }
  expect(unsent([draft], [message(1, { text: 'Hello' })])).toEqual([draft])
  expect(unsent([draft], [message(1, { client_id: 'member:3:one' })])).toEqual([])
})

test('who speaks', () => {
  expect(speaker(message(1), 'Vera')).toBe('Vera')
  expect(speaker(message(1, { author: 'assistant' }), 'Vera')).toBe('Assistant')
  expect(speaker(message(1, { author: 'member', name: 'Alice' }), 'Vera')).toBe('Alice')
})
