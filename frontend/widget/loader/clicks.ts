// Clicks are numbered within the tab, across page loads: the server refers to them by number.
// Capture counts from 1 on every page; here that goes on from where the page before ended.
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

  /** Goes on from what the tab has come to, also on a page that was away in the meantime. */
  proceed(): void {
    try {
      this.before = Math.max(this.before, (Number(this.store?.getItem(COUNT)) || 0) - this.counted)
    } catch {
      // Storage is barred: numbers start again with every page.
    }
  }

  number(event: SentEvent): SentEvent {
    const numbered = { ...event } as SentEvent & { click?: number | null; burst?: number }
    if (event.type === 'click') this.counted = Math.max(this.counted, event.click)
    if (numbered.click) numbered.click += this.before
    if (numbered.burst) numbered.burst += this.before
    return numbered
  }

  /** For the tab's next page. */
  save(): void {
    try {
      this.store?.setItem(COUNT, String(this.before + this.counted))
    } catch {
      // As above.
    }
  }
}
