// Uncaught errors and rejections, as they are; `conceal` takes out what may identify someone.

import type { Host } from './host.ts'

const LONG = 2000

export function watchErrors(host: Host, view: Window): void {
  const note = (message: unknown, source?: string, line?: number) =>
    host.note({ type: 'error', t: host.now(), message: String(message).slice(0, LONG), source, line })
  host.on(view, 'error', ({ target, message, filename, lineno }: ErrorEvent) => {
    // The same listener hears of images and scripts that fail to load.
    if (target === view) note(message, filename, lineno)
  })
  host.on(view, 'unhandledrejection', ({ reason }: PromiseRejectionEvent) => note(reason))
}
