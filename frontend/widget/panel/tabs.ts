// What the tabs of one browser agree on through localStorage and its events: which nudge is answered.
// How far the conversation has been read they hear from the server. Where storage is barred every tab
// is on its own.
import type { Core } from '../loader/parts.ts'
import { storage } from '../outbox/keep.ts'
import { namesOf } from '../outbox/names.ts'
import type { Store } from '../view/store.ts'

export function tellTabs({ settings }: Core, nudge: string): void {
  try {
    storage('localStorage')?.setItem(namesOf(settings.key).nudge, nudge)
  } catch {
    // Then another tab shows the nudge, too.
  }
}

/** Follows what other tabs tell; returns what ends it. */
export function followTabs({ settings }: Core, store: Store): () => void {
  const name = namesOf(settings.key).nudge
  const hear = ({ key, newValue }: StorageEvent) => {
    if (key === name) store.update((view) => (view.nudge?.nudge === newValue ? { ...view, nudge: null } : view))
  }
  window.addEventListener('storage', hear)
  return () => window.removeEventListener('storage', hear)
}
