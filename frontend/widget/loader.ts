// The one file a product page names: `<script async src="…/widget/vcsm.js" data-key="pk_…">`.
// Watches clicks from here on, and defines `window.vcsm`, which keeps calls until the rest of the
// widget has come: the line to the server, the launcher, the commands.
import { watchPage } from './capture/capture.ts'
import { part } from './loader/part.ts'
import type { VisitPart } from './loader/parts.ts'

type Call = ArrayLike<unknown>

export interface Api {
  (...call: unknown[]): void
  /** Calls made before the loader ran, left by an inline stub; then until the rest has come. */
  q?: ArrayLike<Call>
  running?: boolean
}

const CALLS = 200
const AGAIN = 10_000

function load(): void {
  const host = window as { vcsm?: Api }
  const earlier = host.vcsm
  // The script twice on a page, or once more after a page transition: one widget is enough.
  if (earlier?.running) return
  const { currentScript } = document
  // Null when the tag was run by a bundler's loader instead of by the page.
  const tag = currentScript instanceof HTMLScriptElement ? currentScript : document.querySelector<HTMLScriptElement>('script[data-key^="pk_"]')
  if (!tag?.src) throw Error('no script tag with data-key')
  // Browsers that ask for privacy are asked first. Nothing is watched or kept until then.
  const asked = tag.dataset.consent === 'required' || (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true
  // Taken before capture wraps it: what the widget sends is no request of the product.
  const { fetch } = window
  const capture = asked ? null : watchPage()
  const calls: Call[] = Array.from(earlier?.q ?? [])
  let run = (call: Call): void => {
    if (calls.length < CALLS) calls.push(call)
  }
  const api: Api = (...call) => run(call)
  api.running = true
  host.vcsm = api
  const visit = part<VisitPart>(tag.src, 'visit.js')
  const start = () => visit().then(({ startVisit }) => {
    run = startVisit({ tag, asked, fetch, capture, watch: watchPage })
    for (const call of calls.splice(0)) run(call)
  })
  start().catch(() => setTimeout(() => void start().catch(() => capture?.stop()), AGAIN))
}

try {
  load()
} catch (error) {
  console.warn('[vcsm]', error)
}
