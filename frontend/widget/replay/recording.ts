// rrweb at work on this page, with everything masked, writing into the ring.
import { record } from '@rrweb/record'
import { Mask } from './mask.ts'
import type { Ring } from './ring.ts'
import { META, type ReplayEvent } from './rrweb.ts'

/** Length of a segment: a full snapshot is the most expensive thing a recorder does. */
const SEGMENT_MS = 30_000
/** How long a busy page may put off a snapshot. */
const PATIENCE_MS = 5_000
/**
 * Pictures, videos, other documents, our own widget, and what the product marks. Our widget is
 * named inside and outside, because the recorder does not look from a shadow root to its host.
 */
const BLOCKED = 'img,picture,video,audio,canvas,iframe,object,embed,svg image,vcsm-widget,[data-vcsm],[data-vcsm-block]'

/** Records until the returned function is called; without a recorder nothing is stored. */
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
      // Masked here first, so that no value is even held; `Mask` handles all the rest.
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

/**
 * Runs when the page is idle: rrweb's own checkouts come while it is busy, even answering a click.
 * Returns the function that cancels it.
 */
function whenIdle(act: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const asked = requestIdleCallback(() => guarded(act), { timeout: PATIENCE_MS })
    return () => cancelIdleCallback(asked)
  }
  const timer = setTimeout(() => guarded(act), 200)
  return () => clearTimeout(timer)
}

/** Lets no error of ours reach the page, whatever the page has patched. */
function guarded(act: () => void): void {
  try {
    act()
  } catch {
    // Nothing is recorded then.
  }
}
