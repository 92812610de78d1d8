// Uncaught errors and rejections. Messages keep their words and lose what may identify someone.

import type { Host } from './host.ts'
import { maskPath } from './routes.ts'

const LONG = 500

export function watchErrors(host: Host, view: Window): void {
  const note = (message: string, source = '', line = 0) =>
    host.note({ type: 'error', t: host.now(), message: maskMessage(message), source: fileOf(source), line })
  host.on(view, 'error', (event: ErrorEvent) => {
    // Images and scripts that fail to load are told to the same listener.
    if (event.target === view) note(event.message, event.filename, event.lineno)
  })
  host.on(view, 'unhandledrejection', (event: PromiseRejectionEvent) => {
    const reason: unknown = event.reason
    note(reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason))
  })
}

/** Quoted values, addresses and long numbers come from the data, the rest from the programmer. */
export function maskMessage(message: unknown): string {
  return String(message ?? '').slice(0, LONG * 4)
    .replace(/\S+@\S+\.\S+/g, ':address').replace(/\d{4,}/g, ':number').slice(0, LONG)
}

function fileOf(source: unknown): string {
  try {
    return source ? maskPath(new URL(String(source)).pathname) : ''
  } catch {
    return ''
  }
}
