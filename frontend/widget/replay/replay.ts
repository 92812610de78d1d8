// Session replay: keeps the last minutes of this page, masked, and sends them when asked. Loaded
// only when the workspace turned it on, the contact consented and the browser does not object.
import { storage } from '../outbox/keep.ts'
import type { Settings } from '../loader/script.ts'
import type { Packed } from './pack.ts'
import { startRecording } from './recording.ts'
import { Ring } from './ring.ts'
import { Stash } from './stash.ts'
import { Uploads } from './uploads.ts'

export interface ReplayOptions {
  settings: Settings
  /** Returns the current ids: the server may have made the widget renew them. */
  ids: () => { session: string; browser: string }
  /** The page's `fetch` from before capture wrapped it: our requests are not the product's. */
  fetch: typeof fetch
  /** Name under which something may be kept for the tab's next page. */
  name: string
}

export interface Replay {
  /** The server asked that session for its replay. */
  send: (session: string) => void
  stop: () => void
}

/** After a request, what followed is sent too: an escalation often opens amid the struggle. */
const FOLLOWED_MS = [10_000, 40_000]

export function startReplay({ settings, ids, fetch, name }: ReplayOptions): Replay {
  const stash = new Stash(storage('sessionStorage'), name)
  const left = stash.take(ids().session)
  let ring = new Ring(left.segments)
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
    // The tab's other pages have continued the numbering, and left what they held.
    const back = stash.take(ids().session)
    uploads.queue.splice(0, uploads.queue.length, ...back.queued)
    uploads.next = Math.max(uploads.next, back.next)
    ring = new Ring(back.segments)
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

function request(
  { server, key }: Settings,
  { session, browser }: { session: string; browser: string },
  sequence: number,
  { body, kind }: Packed,
): [string, RequestInit] {
  const query = new URLSearchParams({ key, session, sequence: String(sequence), at: String(Date.now()) })
  const headers = { 'content-type': kind, 'x-vcsm-browser': browser }
  // No cookies and no page address: the header and the key say all that is needed.
  return [`${server}/widget/replay?${query}`, { method: 'POST', body, headers, credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' }]
}
