// What the tabs of one browser agree on through localStorage and its events: which nudge has been
// answered. How far the conversation has been read, the server tells them. Where storage is
// blocked, each tab is on its own.
import type { Core } from '../loader/parts.ts'
import { storage } from '../outbox/keep.ts'
import { namesOf } from '../outbox/names.ts'
import type { Store } from '../view/store.ts'

export function tellTabs({ settings }: Core, nudge: string): void {
  try {
    storage('localStorage')?.setItem(namesOf(settings.key).nudge, nudge)
  } catch {
    // Then another tab shows the nudge too.
  }
}

/** Follows what other tabs announce; returns the function that ends it. */
export function followTabs({ settings }: Core, store: Store): () => void {
  const name = namesOf(settings.key).nudge
  const hear = ({ key, newValue }: StorageEvent) => {
    if (key === name) store.update((view) => (view.nudge?.nudge === newValue ? { ...view, nudge: null } : view))
  }
  window.addEventListener('storage', hear)
  return () => window.removeEventListener('storage', hear)
}
