// What the tabs of one browser agree on, through localStorage and its events: which messages have
// been seen, and which nudge is answered. Where storage is barred every tab is on its own.
import type { Core } from '../loader/parts.ts'
import { storage } from '../outbox/keep.ts'
import { namesOf } from '../outbox/names.ts'
import type { Store } from '../view/store.ts'

export function tellTabs({ settings }: Core, what: 'read' | 'nudge', value: string): void {
  try {
    storage('localStorage')?.setItem(namesOf(settings.key)[what], value)
  } catch {
    // Then a reload calls old messages new, and another tab shows the nudge, too.
  }
}

/** The last message any tab of this browser has shown. */
export function readMark({ settings }: Core): number {
  try {
    return Number(storage('localStorage')?.getItem(namesOf(settings.key).read)) || 0
  } catch {
    return 0
  }
}

/** Follows what other tabs tell; returns what ends it. */
export function followTabs({ settings }: Core, store: Store): () => void {
  const names = namesOf(settings.key)
  const hear = ({ key, newValue }: StorageEvent) => {
    if (key === names.read) {
      store.update((view) => ({ ...view, read: Math.max(view.read, Number(newValue) || 0) }))
    } else if (key === names.nudge) {
      store.update((view) => (view.nudge?.nudge === newValue ? { ...view, nudge: null } : view))
    }
  }
  window.addEventListener('storage', hear)
  return () => window.removeEventListener('storage', hear)
}
