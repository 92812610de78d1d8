import { expect, test } from 'vitest'
import type { MessageFrame, SayFrame } from '../../protocol/protocol.ts'
import { holeIn, looked, NOTHING, opened, received, said, shownNudge, turned, unread } from './view.ts'

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

test('the assistant is at work from the moment a message is stored until it answers', () => {
  const echo = message(1, { author: 'contact', client_id: 'a', text: 'a' })
  const ack = { type: 'ack', message: 'a', seq: 1 } as const
  for (const frames of [[echo, ack], [ack, echo]]) {
    const asked = said(NOTHING, say('a'), 1)
    expect(asked.typing).toBeNull()
    const view = frames.reduce(received, asked)
    expect(view.typing).toBe('')
    expect(received(view, message(2)).typing).toBeNull()
  }
})

test('nobody is said to write what nobody will', () => {
  const ack = { type: 'ack', message: 'a', seq: 9 } as const
  const file = said(NOTHING, { ...say('a'), text: '' }, 1)
  expect(received(file, ack).typing).toBeNull()
  const taken = received(NOTHING, message(1, { author: 'notice', notice: 'joined', name: 'Alice' }))
  expect(received(said(taken, say('a'), 1), ack).typing).toBeNull()
  const answered = received(said(NOTHING, say('a'), 1), message(10))
  expect(received(answered, ack).typing).toBeNull()
  expect(received(NOTHING, message(1, { author: 'contact', text: 'of the past' })).typing).toBeNull()
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

test('a message that was lost on its way leaves a hole, which is named until it is filled', () => {
  let view = [message(3), message(4), message(6)].reduce(received, NOTHING)
  expect(holeIn(view)).toBe(6)
  view = received(said(view, say('a'), 1), message(5))
  expect(holeIn(view)).toBeNull()
})

test('another numbering takes the place of the old one; what is on its way stays', () => {
  let view = said([message(1), message(2)].reduce(received, NOTHING), say('a'), 1)
  view = received(view, { type: 'conversation', epoch: 'c.2', last_seq: 1, read: 1, seen: 0, fresh: true })
  view = received(view, message(1, { epoch: 'c.2', text: 'new' }))
  expect(view.bubbles.map(({ text }) => text)).toEqual(['new', 'a'])
  expect(unread(view)).toBe(0)
})

test('the same numbering goes on', () => {
  const thread = { type: 'conversation', epoch: 'c.1', last_seq: 2, read: 1, seen: 2, fresh: false } as const
  const view = received([message(1), message(2)].reduce(received, NOTHING), thread)
  expect([view.bubbles.length, view.read, view.seen]).toEqual([2, 1, 2])
})

test('nothing is read on another screen, in a hidden tab, or in a closed panel', () => {
  const open = received(opened(received(NOTHING, message(1)), true), message(2))
  expect(unread(open)).toBe(0)
  expect(unread(received(looked(open, false), message(3)))).toBe(1)
  expect(unread(received(turned(open, 'home'), message(3)))).toBe(1)
  expect(unread(turned(received(turned(open, 'home'), message(3)), 'talk'))).toBe(0)
  expect(unread(looked(received(looked(open, false), message(3)), true))).toBe(0)
})

test('a member stays the speaker while older messages come in', () => {
  let view = received(NOTHING, message(9, { author: 'notice', notice: 'joined', name: 'Alice' }))
  view = received(view, message(2, { author: 'notice', notice: 'left', name: 'Bob' }))
  expect(view.speaker).toBe('Alice')
})
