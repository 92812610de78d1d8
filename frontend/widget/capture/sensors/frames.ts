// Finds what no listener on the window can see into: frames of the same origin, open shadow roots.

import type { Host } from './host.ts'
import type { Mutations } from './mutations.ts'

const FIRST = 500
/** Looking at every element costs a millisecond on a large page: rarely, and when it is idle. */
const AGAIN = 10_000
const ELEMENTS = 20_000

export function watchFrames(
  host: Host, attach: (view: Window & typeof globalThis) => void, mutations: Mutations,
): void {
  const seen = new WeakSet<Document>()
  let timer = 0
  const enter = (frame: HTMLIFrameElement) => {
    // Null for a foreign origin.
    const doc = frame.contentDocument
    const view = doc?.defaultView
    if (!doc || !view || seen.has(doc)) return
    seen.add(doc)
    attach(view as Window & typeof globalThis)
  }
  const scan = host.guard(() => {
    timer = 0
    for (const frame of document.getElementsByTagName('iframe')) {
      host.guard(() => {
        enter(frame)
      })()
    }
    const all = document.getElementsByTagName('*')
    for (let i = 0; i < Math.min(all.length, ELEMENTS); i++) {
      const root = all[i]!.shadowRoot
      if (root && !host.settings.own.test(all[i]!.localName)) mutations.observe(root)
    }
  })
  const soon = (wait: number) => {
    if (!timer) timer = window.setTimeout(() => (window.requestIdleCallback ?? setTimeout)(scan), wait)
  }
  soon(FIRST)
  host.on(document, 'load', (event: Event) => {
    if ((event.target as Element).localName !== 'iframe') return
    // A frame that shows something new is an answer, whatever its origin.
    host.note({ type: 'life', t: host.at(event), what: 'mutation' })
    enter(event.target as HTMLIFrameElement)
  })
  host.on(window, 'pointerdown', () => soon(AGAIN))
  host.later(() => clearTimeout(timer))
}
