// Finds what no listener on the window can see into: frames of the same origin, open shadow roots.

import { isOurs, type Host, type View } from './host.ts'

const FIRST = 500
/** Elements looked at in one go, which takes a tenth of a millisecond. */
const SLICE = 500
const ELEMENTS = 20_000

export function watchFrames(host: Host, enter: (view: View) => void, observe: (root: Node) => void): void {
  const seen = new WeakSet<Document>()
  let timer = 0
  const look = host.guard((element: Element) => {
    if (element.shadowRoot && !isOurs(element)) observe(element.shadowRoot)
    if (element.localName !== 'iframe') return
    // Null for another origin.
    const doc = (element as HTMLIFrameElement).contentDocument
    const view = doc?.defaultView
    if (!doc || !view || seen.has(doc)) return
    seen.add(doc)
    enter(view as View)
  })
  const idle = (call: () => void) => (window.requestIdleCallback ?? setTimeout)(host.guard(call))
  const scan = (all: ArrayLike<Element>, from: number) => {
    const to = Math.min(from + SLICE, all.length, ELEMENTS)
    for (let i = from; i < to; i++) look(all[i]!)
    if (to > from) idle(() => scan(all, to))
  }
  timer = window.setTimeout(() => idle(() => scan(document.querySelectorAll('*'), 0)), FIRST)
  // Frames and shadow roots that come later announce themselves.
  host.on(document, 'load', (event: Event) => look(event.target as Element))
  host.wrap(Element.prototype, 'attachShadow', (original) => function (this: Element, ...args) {
    const root = original.apply(this, args)
    look(this)
    return root
  })
  host.later(() => clearTimeout(timer))
}
