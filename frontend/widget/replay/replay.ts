// Session replay: keeps the last minutes of this page, masked, and sends them when asked. Loaded only
// when the workspace turned it on, the contact consented, and the browser does not object.
import { record } from '@rrweb/record'
import { storage } from '../outbox/keep.ts'
import type { Settings } from '../loader/script.ts'
import { Mask } from './mask.ts'
import type { Packed } from './pack.ts'
import { Ring } from './ring.ts'
import { META, type ReplayEvent } from './rrweb.ts'
import { Stash } from './stash.ts'
import { Uploads } from './uploads.ts'

export interface ReplayOptions {
  settings: Settings
  /** As of now: the server may have had the widget make new ones. */
  ids: () => { session: string; browser: string }
  /** The page's `fetch` as it was before capture watched it: our requests are not the product's. */
  fetch: typeof fetch
  /** Under which name something may be kept for the tab's next page. */
  name: string
}

export interface Replay {
  /** The server asked the session for its replay. */
  send: (session: string) => void
  stop: () => void
}

const CHECKOUT_MS = 30_000
/** After an ask, what followed is sent too: an escalation often opens in the middle of the struggle. */
const FOLLOWED_MS = [10_000, 40_000]
/** Pictures and moving pictures, other documents, our own widget, and what the product names. */
const BLOCKED = 'img,picture,video,audio,canvas,iframe,object,embed,svg image,vcsm-widget,[data-vcsm-block]'

export function startReplay({ settings, ids, fetch, name }: ReplayOptions): Replay {
  const stash = new Stash(storage('sessionStorage'), name)
  const left = stash.take(ids().session)
  const ring = new Ring(left.segments)
  const uploads = new Uploads(left.queued, left.next, {
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    post: (sequence, packed) => fetch.call(window, ...request(settings, ids(), sequence, packed)),
  })
  let endRecording = startRecording(ring)
  const upload = () => {
    for (const segment of ring.take()) uploads.add(segment.events)
    void uploads.run()
  }
  let following: ReturnType<typeof setTimeout>[] = []
  const unfollow = () => following.forEach(clearTimeout)
  const send = (session: string) => {
    if (session !== ids().session) return
    upload()
    unfollow()
    following = FOLLOWED_MS.map((ms) => setTimeout(upload, ms))
  }
  const ending = new AbortController()
  const on = (type: string, act: (event: Event) => void) => addEventListener(type, act, { signal: ending.signal })
  on('pagehide', () => {
    unfollow()
    endRecording()
    stash.leave({ session: ids().session, next: uploads.next, queued: uploads.queue, segments: ring.take() })
  })
  on('pageshow', (event) => {
    if (!(event as PageTransitionEvent).persisted) return
    stash.remove()
    endRecording = startRecording(ring)
  })
  if (uploads.queue.length) void uploads.run()
  return {
    send,
    stop() {
      unfollow()
      ending.abort()
      endRecording()
      uploads.end()
      stash.remove()
    },
  }
}

/** Never throws into the page: without a recorder there is just nothing to send. */
function startRecording(ring: Ring): () => void {
  const mask = new Mask()
  try {
    const end = record({
      emit(event) {
        const kept = mask.event(event as unknown as ReplayEvent)
        if (kept) ring.add(JSON.stringify(kept), kept.timestamp, kept.type === META)
      },
      checkoutEveryNms: CHECKOUT_MS,
      blockSelector: BLOCKED,
      // Once here, so that no value is even held; `Mask` sees to all the rest.
      maskAllInputs: true,
      maskTextSelector: '*',
      slimDOMOptions: 'all',
      inlineStylesheet: true,
      sampling: { mousemove: 100, scroll: 150, media: 800, input: 'last' },
      errorHandler: () => true,
    })
    return () => {
      try {
        end?.()
      } catch {
        // A page that took back what rrweb had patched.
      }
    }
  } catch {
    return () => undefined
  }
}

function request(
  { server, key }: Settings,
  { session, browser }: { session: string; browser: string },
  sequence: number,
  { body, kind }: Packed,
): [string, RequestInit] {
  const query = new URLSearchParams({ key, session, sequence: String(sequence), at: String(Date.now()) })
  const headers = { 'content-type': kind, 'x-vcsm-browser': browser }
  // No cookies and no address of the page: the header and the key say all there is to say.
  return [`${server}/widget/replay?${query}`, { method: 'POST', body, headers, credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' }]
}
