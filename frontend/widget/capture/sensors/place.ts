// Everything watched in one document: the page itself, or a frame of the same origin.

import { watchClicks } from './clicks.ts'
import type { Host } from './host.ts'
import type { Mutations } from './mutations.ts'
import { watchDrawing } from './outward.ts'
import { watchReactions } from './reactions.ts'
import type { Targets } from './targets.ts'

const DRAWING = 3000

/** Returns what has to be looked at before a window closes. */
export function watchPlace(
  host: Host, view: Window & typeof globalThis, targets: Targets, mutations: Mutations,
): () => void {
  const doc = view.document
  const drawing = watchDrawing(host, doc)
  const reactions = watchReactions(host, doc)
  let timer = 0
  mutations.observe(doc)
  watchClicks(host, view, targets, (hit, path, t) => {
    mutations.press(hit, path, t)
    reactions.press(hit, path)
    drawing.press()
    clearTimeout(timer)
    timer = window.setTimeout(drawing.rest, DRAWING)
  })
  return reactions.look
}
