// Movement of the mouse, for the thrashed cursor. Fingers and pens do not idle in the air.

import type { Host } from './host.ts'

const SAMPLE = 16

export function watchPointer(host: Host, view: Window): void {
  let last = -Infinity
  host.on(view, 'pointermove', (event: PointerEvent) => {
    if (event.pointerType !== 'mouse' || event.timeStamp - last < SAMPLE) return
    last = event.timeStamp
    host.note({ type: 'move', t: host.at(event), x: event.clientX, y: event.clientY })
  })
}
