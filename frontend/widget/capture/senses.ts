// Further senses, which no click is judged by while the page opens: frames and shadow roots,
// drawing, sound, prompts, what only style sheets show, work in forms, the wandering pointer, the
// page's speed. Loaded when the page is idle.

import type { Capture } from './capture.ts'
import { watchAsking } from './sensors/asking.ts'
import { watchDrawing } from './sensors/drawing.ts'
import { watchForms } from './sensors/forms.ts'
import { watchFrames } from './sensors/frames.ts'
import type { Host, View } from './sensors/host.ts'
import { watchPointer } from './sensors/pointer.ts'
import { watchStyles } from './sensors/styles.ts'
import { watchVitals } from './sensors/vitals.ts'

/** Elements named in one go, well under a millisecond, and in total. */
const SLICE = 4
const REHEARSED = 24

/** Adds the senses to a capture; they end with it. */
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

/**
 * Names some buttons ahead, a few at a time while nobody waits, because code runs slowly at first.
 */
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
