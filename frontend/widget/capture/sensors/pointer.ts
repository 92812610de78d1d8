// Movement of the mouse, for the thrashed cursor. Fingers and pens do not idle in the air.

import { Cursor } from '../cursor.ts'
import { CURSOR_RULES } from '../rules.ts'
import type { Host } from './host.ts'

const SAMPLE = 16

export function watchPointer(host: Host): void {
  const cursor = new Cursor(CURSOR_RULES)
  let last = -Infinity
  host.on(window, 'pointermove', (event: PointerEvent) => {
    if (event.pointerType !== 'mouse' || event.timeStamp - last < SAMPLE) return
    last = event.timeStamp
    const thrash = cursor.move(host.at(event), event.clientX, event.clientY)
    if (thrash) host.emit({ ...thrash, page: host.page() })
  })
}
