// What a page leaves for the next one in the same tab: a contact who reloads in despair has not
// started over. It is in sessionStorage, which other tabs do not see and which ends with the tab.
import type { Queued } from './uploads.ts'
import type { Segment } from './ring.ts'

export interface Stashed {
  session: string
  /** The number of the next chunk. */
  next: number
  queued: Queued[]
  segments: Segment[]
}

/** UTF-16 units: half of what browsers give an origin, most of which is not ours to fill. */
const MAX_STASH = 1_500_000

export class Stash {
  private readonly store: Storage | null
  private readonly name: string

  constructor(store: Storage | null, name: string) {
    this.store = store
    this.name = name
  }

  /**
   * Returns what an earlier page of this session left, and removes it; empty when it left nothing.
   */
  take(session: string): Stashed {
    const empty = { session, next: 1, queued: [], segments: [] }
    try {
      const found = JSON.parse(this.store?.getItem(this.name) ?? 'null') as Stashed | null
      this.remove()
      return found?.session === session && Number.isInteger(found.next) ? found : empty
    } catch {
      return empty
    }
  }

  /** Keeps as much as fits, the newest first; always keeps the numbering. */
  leave(stashed: Stashed): void {
    const segments = [...stashed.segments]
    const queued = [...stashed.queued]
    for (;;) {
      const text = JSON.stringify({ ...stashed, segments, queued })
      if (text.length <= MAX_STASH && this.write(text)) return
      if (segments.length) segments.shift()
      else if (queued.length) queued.shift()
      else return
    }
  }

  remove(): void {
    try {
      this.store?.removeItem(this.name)
    } catch {
      // Storage that throws holds nothing to remove.
    }
  }

  private write(text: string): boolean {
    try {
      this.store?.setItem(this.name, text)
      return true
    } catch {
      return false
    }
  }
}
