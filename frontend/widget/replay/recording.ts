// rrweb at work on this page, with everything masked, into the ring.
import { record } from '@rrweb/record'
import { Mask } from './mask.ts'
import type { Ring } from './ring.ts'
import { META, type ReplayEvent } from './rrweb.ts'

/** A segment's length: a full snapshot is the dearest thing a recorder does. */
const SEGMENT_MS = 30_000
/** How long a busy page may put one off. */
const PATIENCE_MS = 5_000
/** Pictures and moving pictures, other documents, our own widget, and what the product names. Ours is
    named inside and outside: the recorder does not look from a shadow root to its host. */
const BLOCKED = 'img,picture,video,audio,canvas,iframe,object,embed,svg image,vcsm-widget,[data-vcsm],[data-vcsm-block]'

/** Records until the returned function is called; without a recorder there is nothing to send. */
export function startRecording(ring: Ring): () => void {
  const mask = new Mask()
  let begun = 0
  let end: (() => void) | undefined
  let forget = whenIdle(() => {
    end = record({
      emit(event) {
        const kept = mask.event(event as unknown as ReplayEvent)
        if (!kept) return
        ring.add(JSON.stringify(kept), kept.timestamp, kept.type === META)
        if (kept.type === META) begun = kept.timestamp
        else if (kept.timestamp - begun > SEGMENT_MS) {
          begun = Infinity // until the snapshot that is under way
          forget = whenIdle(() => record.takeFullSnapshot(true))
        }
      },
      blockSelector: BLOCKED,
      // Once here, so that no value is even held; `Mask` sees to all the rest.
      maskAllInputs: true,
      maskTextSelector: '*',
      slimDOMOptions: 'all',
      inlineStylesheet: true,
      sampling: { mousemove: 100, scroll: 150, media: 800, input: 'last' },
      errorHandler: () => true,
    })
  })
  return () => {
    forget()
    guarded(() => end?.())
  }
}

/** rrweb's own checkouts come in the middle of whatever the page does, a click's answer included. */
function whenIdle(act: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const asked = requestIdleCallback(() => guarded(act), { timeout: PATIENCE_MS })
    return () => cancelIdleCallback(asked)
  }
  const timer = setTimeout(() => guarded(act), 200)
  return () => clearTimeout(timer)
}

/** Nothing of ours reaches the page, whatever it has patched. */
function guarded(act: () => void): void {
  try {
    act()
  } catch {
    // There is just nothing recorded, then.
  }
}
