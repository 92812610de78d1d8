// Signs of life that are no mutations: scroll, selection, values, toggles, focus, tabs, media.

import type { Life } from '../facts.ts'
import { isOurs, type Host } from './host.ts'
import type { Hit } from './targets.ts'

const MOVED = 500
const SCROLL = 100
const FIELDS = 100
const FRESH = 5000
const LATER = 1000

/** Events whose mere occurrence is life. Seen in the capture phase of the window. */
const EVENTS: Partial<Record<Life, string>> = {
  toggle: 'toggle beforetoggle',
  input: 'invalid submit reset change',
  media: 'play pause seeking volumechange',
  clipboard: 'copy cut paste',
  print: 'beforeprint',
  away: 'fullscreenchange visibilitychange pagehide',
  // Leaving the page is usually no answer; a browser that does not say why it happens leaves doubt.
  navigation: `hashchange popstate${'navigation' in window ? '' : ' pagehide'}`,
}

export interface Reactions {
  press(hit: Hit, path: EventTarget[], t: number): void
  /** Checks whether a script filled fields in, which fires no event. */
  look(): void
  /** Whether the element lies inside what was pressed last. */
  isInside(element: Element): boolean
}

export function watchReactions(host: Host, doc: Document): Reactions {
  const view = doc.defaultView!
  let pressed: Element | null = null
  let around: EventTarget[] = []
  let plain = true
  let moved = -Infinity
  let scrolled = -Infinity
  let values: [HTMLInputElement, string][] = []
  let fields: HTMLInputElement[] = []
  let found = Infinity
  // Looking for fields takes long on a large page: never on a click.
  const find = host.guard(() => {
    found = host.now()
    fields = [...doc.querySelectorAll<HTMLInputElement>('input,textarea,select')].slice(0, FIELDS)
  })
  const soon = (wait: number) => {
    found = Infinity
    view.setTimeout(host.guard(() => (view.requestIdleCallback ?? setTimeout)(find)), wait)
  }
  soon(0)

  const life = (event: Event, what: Life, own?: boolean) => {
    if (!event.composedPath().some(isOurs)) host.note({ type: 'life', t: host.at(event), what, own })
  }
  for (const [what, types] of Object.entries(EVENTS)) {
    host.on(view, types, (event: Event) => life(event, what as Life, what === 'input' && event.type !== 'change'))
  }
  let framed = false
  host.on(view, 'blur focus', (event: Event) => {
    // In the capture phase the window also hears every field gain or lose the focus.
    if (event.target !== view || view !== window) return
    // A click in a frame takes the focus from the page although nobody went away.
    const was = framed
    framed = event.type === 'blur' && doc.activeElement?.localName === 'iframe'
    if (!framed && !was) life(event, 'away')
  })
  host.on(view, 'wheel touchmove keydown', (event: Event) => {
    moved = host.at(event)
    if (event.type === 'keydown') values = []
  })
  host.on(doc, 'input', (event: Event) => {
    values = []
    life(event, 'input')
  })
  host.on(view, 'scroll', (event: Event) => {
    const t = host.at(event)
    if (t - scrolled < SCROLL) return
    scrolled = t
    life(event, 'scroll', t - moved > MOVED)
  })
  const isEmpty = () => doc.getSelection()?.isCollapsed !== false
  let held = isEmpty()
  host.on(doc, 'selectionchange', (event: Event) => {
    const empty = isEmpty()
    // A caret that moves selects nothing.
    if (held && empty) return
    held = empty
    // A double click on a button's label selects the label by accident.
    const inside = !plain && pressed?.contains(doc.getSelection()?.anchorNode ?? null)
    if (!inside) life(event, 'selection')
  })
  host.on(doc, 'focusin', (event: FocusEvent) => {
    // Pressing a control focuses it, something inside it, or something around it.
    const path = event.composedPath()
    if (!around.includes(path[0]!) && !path.includes(pressed!)) life(event, 'focus')
  })
  host.on(doc, 'animationstart', (event: AnimationEvent) => {
    // Inside the control it may be press feedback; a change of its class is seen as a mutation.
    if (!event.composedPath().includes(pressed!)) life(event, 'animation')
  })
  host.on(doc, 'load', (event: Event) => {
    // A frame that shows something new is an answer, whatever its origin.
    life(event, (event.target as Element).localName === 'iframe' ? 'mutation' : 'resource')
  })

  return {
    isInside: (element) => pressed !== null && (pressed.contains(element) || pressed.contains((element.getRootNode() as ShadowRoot).host)),
    press(hit, path, t) {
      pressed = hit.control
      around = path
      plain = hit.target.nature !== 'control'
      values = []
      // Not now, while the page is busy answering.
      if (t - found > FRESH) soon(LATER)
      if (!plain) for (const field of fields) values.push([field, valueOf(field)])
    },
    look() {
      if (!values.some(([field, value]) => valueOf(field) !== value)) return
      values = []
      host.note({ type: 'life', t: host.now(), what: 'value' })
    },
  }
}

/** Only compared: never kept longer than the click's window, never sent. */
function valueOf(field: HTMLInputElement): string {
  return `${field.value}${field.checked}`
}
