// The one file a product page names: `<script async src="…/widget/vcsm.js" data-key="pk_…">`.
// It watches clicks from the start and defines `window.vcsm`, which keeps calls until the rest of
// the widget has loaded: the line to the server, the launcher, the commands.
import { watchPage } from './capture/capture.ts'
import { part } from './loader/part.ts'
import type { VisitPart } from './loader/parts.ts'

type Call = ArrayLike<unknown>

export interface Api {
  (...call: unknown[]): void
  /** Calls made before the loader ran, kept by an inline stub. */
  q?: ArrayLike<Call>
  running?: boolean
}

const CALLS = 200
const AGAIN = 10_000

function load(): void {
  const host = window as { vcsm?: Api }
  const earlier = host.vcsm
  // The script may be on the page twice, or run again after a page transition: one is enough.
  if (earlier?.running) return
  const { currentScript } = document
  // Null when a bundler's loader ran the tag instead of the page.
  const tag = currentScript instanceof HTMLScriptElement ? currentScript : document.querySelector<HTMLScriptElement>('script[data-key^="pk_"]')
  if (!tag?.src) throw Error('no script tag with data-key')
  // Consent comes first if the tag or the browser asks for it; nothing is watched until then.
  const asked = tag.dataset.consent === 'required' || (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true
  // Taken before capture wraps it: the widget's own requests are not the product's.
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
