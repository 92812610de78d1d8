// The conversation as the member sees it: what the server has, and what is still on its way. Pure.
import type { Message, Note } from '../types'

export interface Draft {
  clientId: string
  text: string
  state: 'sending' | 'failed'
  why: string
}

/** Returns both lists as one, in the server's order, each number once. */
export function merged(known: Message[], fresh: Message[]): Message[] {
  if (fresh.length === 0) return known
  const bySeq = new Map(known.map((message) => [message.seq, message]))
  for (const message of fresh) bySeq.set(message.seq, message)
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

/**
 * Returns the drafts whose message has not arrived yet, neither as an answer nor in the history.
 */
export function unsent(drafts: Draft[], messages: Message[]): Draft[] {
  return drafts.filter((draft) => !messages.some((message) => message.client_id?.endsWith(`:${draft.clientId}`)))
}

/** Returns the name of a message's author, for the member's screen. */
export function speaker(message: Message, contactName: string): string {
  if (message.author === 'contact') return contactName
  if (message.author === 'assistant') return 'Assistant'
  return message.name || 'Member'
}

/** Returns messages and members' notes in order of time. */
export function withNotes(messages: Message[], notes: Note[]): (Message | Note)[] {
  if (notes.length === 0) return messages
  const time = (one: Message | Note) => new Date(one.at).getTime()
  return [...messages, ...notes].sort((a, b) => time(a) - time(b))
}
