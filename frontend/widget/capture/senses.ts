// Further senses, none of which a click is judged by when the page is opened: frames and shadow
// roots, drawing, sound, prompts, what only style sheets show, work in forms, the pointer's
// wandering, the page's speed. Loaded when it is idle.

import type { Capture } from './capture.ts'
import { watchAsking } from './sensors/asking.ts'
import { watchDrawing } from './sensors/drawing.ts'
import { watchForms } from './sensors/forms.ts'
import { watchFrames } from './sensors/frames.ts'
import type { View } from './sensors/host.ts'
import { watchPointer } from './sensors/pointer.ts'
import { watchStyles } from './sensors/styles.ts'
import { watchVitals } from './sensors/vitals.ts'

/** Adds them to a capture; they end with it. */
export function addSenses({ host, enter, observe }: Capture): void {
  const inside = (view: View) => {
    watchForms(host, view.document)
    watchDrawing(host, view)
    host.guard(watchAsking)(host, view)
    host.guard(watchStyles)(host, view)
  }
  const steps = [
    () => watchVitals(host),
    () => watchPointer(host),
    () => inside(window),
    () => watchFrames(host, (view) => {
      enter(view)
      host.guard(inside)(view)
    }, observe),
  ]
  for (const step of steps) host.guard(step)()
}
