// The view with subscribers: the launcher, and the panel once it is loaded.
import { NOTHING, type View } from './view.ts'

export class Store {
  view: View = NOTHING
  private readonly watchers = new Set<(view: View, before: View) => void>()

  update(change: (view: View) => View): void {
    const before = this.view
    this.view = change(before)
    if (this.view === before) return
    for (const watch of [...this.watchers]) watch(this.view, before)
  }

  /** Returns the function that ends the subscription. */
  watch(watcher: (view: View, before: View) => void): () => void {
    this.watchers.add(watcher)
    return () => this.watchers.delete(watcher)
  }
}
