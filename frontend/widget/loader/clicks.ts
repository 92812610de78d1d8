// Numbers clicks within the tab, across page loads, because the server refers to them by number.
// Capture counts from 1 on every page; this adds what the tab's earlier pages counted.
import type { SentEvent } from '../../protocol/protocol.ts'

const COUNT = 'vcsm.clicks'

export class ClickNumbers {
  private readonly store: Storage | null
  private before = 0
  private counted = 0

  constructor(store: Storage | null) {
    this.store = store
    this.proceed()
  }

  /** Catches up with the tab's count, as a page back from the back/forward cache must. */
  proceed(): void {
    try {
      this.before = Math.max(this.before, (Number(this.store?.getItem(COUNT)) || 0) - this.counted)
    } catch {
      // Storage is blocked: numbers start again on every page.
    }
  }

  number(event: SentEvent): SentEvent {
    const numbered = { ...event } as SentEvent & { click?: number | null; burst?: number }
    if (event.type === 'click') this.counted = Math.max(this.counted, event.click)
    if (numbered.click) numbered.click += this.before
    if (numbered.burst) numbered.burst += this.before
    return numbered
  }

  /** Stores the count for the tab's next page. */
  save(): void {
    try {
      this.store?.setItem(COUNT, String(this.before + this.counted))
    } catch {
      // Storage is blocked, as above.
    }
  }
}
