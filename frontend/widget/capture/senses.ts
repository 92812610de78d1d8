// Further senses, none of which a click is judged by when the page is opened: frames and shadow
// roots, drawing, sound, prompts, what only style sheets show, work in forms, the pointer's
// wandering, the page's speed. Loaded when it is idle.

import type { Capture } from './capture.ts'
import { watchAsking } from './sensors/asking.ts'
import { watchDrawing } from './sensors/drawing.ts'
import { watchForms } from './sensors/forms.ts'
import { watchFrames } from './sensors/frames.ts'
import type { Host, View } from './sensors/host.ts'
import { watchPointer } from './sensors/pointer.ts'
import { watchStyles } from './sensors/styles.ts'
import { watchVitals } from './sensors/vitals.ts'

/** Elements named in one go, well under a millisecond, and in all. */
const SLICE = 4
const REHEARSED = 24

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
    () => rehearse(host),
  ]
  for (const step of steps) host.guard(step)()
}

/** Code is slow the first times: some names are made ahead, a few at a time, when nobody waits. */
function rehearse(host: Host): void {
  const buttons = document.getElementsByTagName('button')
  let next = 0
  const some = host.guard(() => {
    const end = Math.min(next + SLICE, REHEARSED, buttons.length)
    while (next < end) host.know(buttons[next++]!)
    if (next === end && next % SLICE === 0 && next < REHEARSED) idle(some)
  })
  const idle = (call: () => void) => (window.requestIdleCallback ?? setTimeout)(call)
  idle(some)
}
