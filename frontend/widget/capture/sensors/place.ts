// Everything watched in one document: the page itself, or a frame of the same origin.

import { watchClicks } from './clicks.ts'
import type { Host, View } from './host.ts'
import type { Mutations } from './mutations.ts'
import { watchOutward } from './outward.ts'
import { watchReactions } from './reactions.ts'

/** Returns what must be looked at before a window closes. */
export function watchPlace(host: Host, view: View, mutations: Mutations): () => void {
  const reactions = watchReactions(host, view.document)
  mutations.observe(view.document)
  watchClicks(host, view, (hit, path, t) => {
    mutations.press(hit, path, t)
    reactions.press(hit, path, t)
  })
  host.guard(watchOutward)(host, view, reactions.isInside)
  return reactions.look
}
