// Where the outbox outlives a reload: one record in this tab's sessionStorage, written before a
// batch is sent. Storage may throw (blocked, full, opaque origin). Then memory alone serves and the
// record is removed, because a stale one would give one number to two different batches.
import { emptyKept, type Kept } from './outbox.ts'

interface Stored extends Kept {
  /**
   * False while a page works with the record; so a copy of it (a duplicated tab) is never released.
   */
  released: boolean
}

/** Returns null where the browser provides none or throws on access. */
export function storage(kind: 'localStorage' | 'sessionStorage'): Storage | null {
  try {
    return window[kind]
  } catch {
    return null
  }
}

export class Keep {
  private readonly store: Storage | null
  private readonly name: string

  constructor(store: Storage | null, name: string) {
    this.store = store
    this.name = name
  }

  /** Returns what an earlier page of this tab left, or null. */
  read(): Stored | null {
    try {
      const found = JSON.parse(this.store?.getItem(this.name) ?? 'null') as Partial<Stored> | null
      if (!found || typeof found.session !== 'string') return null
      if (!(Array.isArray(found.batches) && Array.isArray(found.pending) && Array.isArray(found.says))) return null
      return { ...emptyKept(found.session), released: false, ...found } as Stored
    } catch {
      return null
    }
  }

  write(kept: Kept, released: boolean): void {
    try {
      this.store?.setItem(this.name, JSON.stringify({ ...kept, released } satisfies Stored))
    } catch {
      this.remove()
    }
  }

  remove(): void {
    try {
      this.store?.removeItem(this.name)
    } catch {
      // Storage that throws holds nothing to remove.
    }
  }
}
