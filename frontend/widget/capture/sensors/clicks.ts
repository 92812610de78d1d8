// Presses and completed clicks, seen in the capture phase of the window, before any handler.

import { isOurs, type Host } from './host.ts'
import { type Hit, Targets } from './targets.ts'

/** Called for each press with what was pressed, which is to be watched closely from then on. */
export type OnPress = (hit: Hit, path: EventTarget[], t: number) => void

export function watchClicks(host: Host, place: EventTarget, onPress: OnPress): void {
  const targets = new Targets(host.know)
  let held: Hit | null = null
  let inner: EventTarget | undefined
  const read = (path: EventTarget[], touch: boolean) => (path.some(isOurs) ? null : targets.read(path, touch))
  const cancel = (t: number) => {
    held = null
    host.note({ type: 'cancel', t })
  }
  const press = (event: Event, by: 'mouse' | 'touch' | 'key', x?: number, y?: number) => {
    const t = host.at(event)
    const path = event.composedPath()
    held = read(path, by === 'touch')
    inner = path[0]
    if (!held) return cancel(t)
    onPress(held, path, t)
    host.note({ type: 'press', t, target: held.target, x, y, by })
  }
  host.on(place, 'pointerdown', (event: PointerEvent) => {
    // A second finger makes it a pinch; other buttons open the browser's menus.
    if (!event.isPrimary || event.button) return cancel(host.at(event))
    press(event, event.pointerType === 'touch' ? 'touch' : 'mouse', event.clientX, event.clientY)
  })
  host.on(place, 'pointerup', (event: PointerEvent) => {
    const t = host.at(event)
    const { clientX: x, clientY: y } = event
    host.note({ type: 'lift', t, x, y })
    // Browsers send no click for a disabled control; the release over it is all there is.
    if (held?.target.disabled && held.control.matches(':disabled') && event.composedPath().includes(held.control)) {
      host.note({ type: 'click', t, target: held.target, x, y })
    }
  })
  host.on(place, 'pointercancel', (event: PointerEvent) => cancel(host.at(event)))
  host.on(place, 'click', (event: MouseEvent) => {
    const path = event.composedPath()
    // A click mostly lands where it was pressed, and that has been read already.
    const hit = path[0] === inner ? held : read(path, false)
    inner = undefined
    if (!hit) return
    const odd = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0
    // Clicks made with the keyboard have no position.
    const [x, y] = event.detail ? [event.clientX, event.clientY] : []
    host.note({ type: 'click', t: host.at(event), target: hit.target, x, y, odd })
  })
  host.on(place, 'keydown', (event: KeyboardEvent) => {
    if (event.repeat) return
    if (/^( |Enter)$/.test(event.key) && !isTyping(event)) press(event, 'key')
    else host.note({ type: 'key', t: host.at(event) })
  })
}

function isTyping(event: Event): boolean {
  const element = event.composedPath()[0] as HTMLElement
  return element.isContentEditable || /^(input|textarea|select)$/.test(element.localName)
}
