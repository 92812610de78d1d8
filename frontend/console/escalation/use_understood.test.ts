import { expect, test } from 'vitest'
import type { UnderstoodHint } from '../types'
import { type Understood, withTold } from './use_understood'

const passage = { question: 'a card?', title: 'Cards', heading: '', text: 'Press it.', url: '', known: true }
const told = (id: number): UnderstoodHint => ({
  what: 'understood',
  session: 's',
  contact: 7,
  message: { id, text: `message ${id}`, outcome: 'sure', alternatives: [] },
  passage,
})
const held: Understood = {
  visit: { title: 'Order a card', share: 1, evidence: [] },
  lately: null,
  message: { ...told(4).message, meant: 'Order a card', by: 'Bob', corrected_at: '2026-06-01T12:00:00Z' },
  passage: null,
  mood: null,
}

test('it works: the message is the last one, set right by nobody yet, and the goal stays until it is read', () => {
  expect(withTold(held, told(5))).toEqual({ ...held, message: { ...told(5).message, meant: '', by: '', corrected_at: null }, passage })
})

test.each([3, 4])('a hint about message %i that comes late changes nothing', (id) => {
  expect(withTold(held, told(id))).toBe(held)
})
