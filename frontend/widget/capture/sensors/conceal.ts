// Error messages keep their words and lose what may identify someone before they leave the page.

import type { SentEvent } from '../../../protocol/protocol.ts'
import { maskPath } from './routes.ts'

const LONG = 500

export function conceal(event: SentEvent): SentEvent {
  if (event.type === 'request') return { ...event, method: event.method.slice(0, 10).toUpperCase() }
  if (event.type !== 'error') return event
  return { ...event, message: maskMessage(event.message), source: fileOf(event.source) }
}

/** Masks addresses and long numbers, which come from the data; the rest is the programmer's. */
function maskMessage(message: string): string {
  return message.replace(/\S+@\S+\.\S+/g, ':address').replace(/\d{4,}/g, ':number').slice(0, LONG)
}

function fileOf(source = ''): string {
  try {
    return source && maskPath(new URL(source).pathname)
  } catch {
    return ''
  }
}
