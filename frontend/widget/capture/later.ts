// What can wait until the page is at rest: it looks back (vitals are buffered), or comes into play
// only after a while (forms, frames, the thrashed cursor). Loaded by capture.ts when idle.

import { watchForms } from './sensors/forms.ts'
import { watchFrames } from './sensors/frames.ts'
import type { Host } from './sensors/host.ts'
import type { Mutations } from './sensors/mutations.ts'
import { watchPointer } from './sensors/pointer.ts'
import { watchVitals } from './sensors/vitals.ts'

export type Attach = (view: Window & typeof globalThis) => void

export function watchTheRest(host: Host, attach: Attach, mutations: Mutations): void {
  const forms = (view: Window) => watchForms(host, view.document)
  const parts = [
    () => watchVitals(host),
    () => forms(window),
    () => watchPointer(host),
    () => watchFrames(host, (view) => {
      attach(view)
      forms(view)
    }, mutations),
  ]
  for (const part of parts) host.guard(part)()
}
