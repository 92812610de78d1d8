// Presses and completed clicks, seen in the capture phase of the window, before any handler.

import type { Hit, Targets } from './targets.ts'
import type { Host } from './host.ts'

/** Called for each press with what was pressed, to watch it closely from then on. */
export type OnPress = (hit: Hit, path: EventTarget[], t: number) => void

export function watchClicks(host: Host, place: EventTarget, targets: Targets, onPress: OnPress): void {
  let held: Hit | null = null
  let inner: EventTarget | undefined
  const press = (event: Event, by: 'mouse' | 'touch' | 'key', x?: number, y?: number) => {
    const path = event.composedPath()
    held = isOurs(path, host) ? null : targets.read(path, by === 'touch')
    inner = path[0]
    if (!held) return host.note({ type: 'cancel', t: host.at(event) })
    onPress(held, path, host.at(event))
    host.note({ type: 'press', t: host.at(event), target: held.target, x, y, by })
  }
  host.on(place, 'pointerdown', (event: PointerEvent) => {
    // A second finger makes a pinch of it; other buttons open menus of the browser.
    if (!event.isPrimary || event.button !== 0) {
      held = null
      return host.note({ type: 'cancel', t: host.at(event) })
    }
    press(event, event.pointerType === 'touch' ? 'touch' : 'mouse', event.clientX, event.clientY)
  })
  host.on(place, 'pointerup', (event: PointerEvent) => {
    const t = host.at(event)
    host.note({ type: 'lift', t, x: event.clientX, y: event.clientY })
    // Browsers give no click on a disabled control; the release over it is all there is.
    if (held?.target.disabled && held.control.matches(':disabled') && event.composedPath().includes(held.control)) {
      host.note({ type: 'click', t, target: held.target, x: event.clientX, y: event.clientY })
    }
  })
  host.on(place, 'pointercancel', (event: PointerEvent) => host.note({ type: 'cancel', t: host.at(event) }))
  host.on(place, 'click', (event: MouseEvent) => {
    const path = event.composedPath()
    // Mostly it lands where it was pressed, and is read already.
    const hit = path[0] === inner ? held : isOurs(path, host) ? null : targets.read(path, false)
    inner = undefined
    if (!hit) return
    const odd = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0
    // Clicks made with the keyboard have no place.
    const [x, y] = event.detail ? [event.clientX, event.clientY] : []
    host.note({ type: 'click', t: host.at(event), target: hit.target, x, y, odd })
  })
  host.on(place, 'keydown', (event: KeyboardEvent) => {
    if (event.repeat) return
    const hits = (event.key === 'Enter' || event.key === ' ') && !isTyping(event)
    if (hits) press(event, 'key')
    else host.note({ type: 'key', t: host.at(event) })
  })
}

function isTyping(event: Event): boolean {
  const element = event.composedPath()[0] as HTMLElement
  return element.isContentEditable || /^(input|textarea|select)$/.test(element.localName ?? '')
}

/** Our own launcher and panel are not the page. */
export function isOurs(path: EventTarget[], host: Host): boolean {
  return path.some((one) => host.settings.own.test((one as Element).localName ?? ''))
}
