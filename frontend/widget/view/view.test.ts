import { expect, test } from 'vitest'
import type { MessageFrame, SayFrame } from '../../protocol/protocol.ts'
import { NOTHING, opened, received, said, shownNudge, unread } from './view.ts'

const message = (seq: number, more: Partial<MessageFrame> = {}): MessageFrame => ({
  type: 'message', epoch: 'c.1', seq, author: 'assistant', text: `m${seq}`, at: seq, ...more,
})
const say = (id: string): SayFrame => ({ type: 'say', id, text: id })

test('it works', () => {
  let view = received(NOTHING, message(1))
  view = said(view, say('a'), 5)
  view = received(view, { type: 'ack', message: 'a', seq: 2 })
  expect(view.bubbles.map(({ text, state }) => [text, state])).toEqual([['m1', 'stored'], ['a', 'stored']])
})

test('own message and its acknowledgement, in either order, are one bubble', () => {
  const echo = message(1, { author: 'contact', client_id: 'a', text: 'a' })
  const ack = { type: 'ack', message: 'a', seq: 1 } as const
  for (const frames of [[echo, ack], [ack, echo]]) {
    const view = frames.reduce(received, said(NOTHING, say('a'), 1))
    expect(view.bubbles).toHaveLength(1)
    expect(view.bubbles[0]).toMatchObject({ seq: 1, state: 'stored' })
  }
})

test('history that comes twice is shown once, and out of order is put in order', () => {
  const view = [message(2), message(1), message(2)].reduce(received, NOTHING)
  expect(view.bubbles.map(({ seq }) => seq)).toEqual([1, 2])
})

test('only what others wrote since the panel was last open is unread', () => {
  let view = [message(1), message(2, { author: 'contact' }), message(3, { author: 'notice' })].reduce(received, NOTHING)
  expect(unread(view)).toBe(1)
  view = opened(opened(view, true), false)
  expect(unread(view)).toBe(0)
  expect(unread(received(view, message(4, { author: 'member' })))).toBe(1)
})

test('a member speaks from their joining notice to their leaving notice', () => {
  const joined = received(NOTHING, message(1, { author: 'notice', name: 'Alice' }))
  expect(joined.speaker).toBe('Alice')
  const wrote = received(joined, message(2, { author: 'member', name: 'Alice' }))
  expect(wrote.speaker).toBe('Alice')
  expect(received(wrote, message(3, { author: 'notice', name: 'Alice' })).speaker).toBe('')
})

test('a refused message fails visibly, one that may be retried does not', () => {
  const view = said(NOTHING, say('a'), 1)
  const refusal = { type: 'error', code: 'invalid', detail: '', message: 'a' } as const
  expect(received(view, refusal).bubbles[0]?.state).toBe('failed')
  expect(received(view, { ...refusal, code: 'overloaded', retry_after: 1 }).bubbles[0]?.state).toBe('sending')
})

test('a nudge that is read stands where the conversation was, and is never called unread', () => {
  const nudge = { type: 'nudge', nudge: 'n', title: 'T', text: 'Do this', page: '/', element: 'b' } as const
  let view = received(received(NOTHING, message(1)), nudge)
  view = shownNudge(opened(view, true), nudge, 9)
  view = received(opened(view, false), message(2))
  expect(view.bubbles.map(({ text }) => text)).toEqual(['m1', 'Do this', 'm2'])
  expect(unread(view)).toBe(1)
  expect(view.nudge).toBeNull()
})
