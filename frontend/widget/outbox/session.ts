// Which session and browser this page belongs to. A session is one tab's visit. A reload continues
// it; a duplicated tab, which gets a copy of sessionStorage, begins its own.
import { emptyKept, type Kept } from './outbox.ts'
import type { Keep } from './keep.ts'
import { newId } from '../../shared/new_id.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Returns the browser's id, made once and kept in localStorage; new per page where blocked. */
export function browserId(store: Storage | null, name: string): string {
  try {
    const known = store?.getItem(name)
    if (known && UUID.test(known)) return known
    const made = newId()
    store?.setItem(name, made)
    return made
  } catch {
    return newId()
  }
}

/** What openKept needs of a lock; SessionLock is the real one. */
export interface Lock {
  /** Resolves to true when nobody else holds the session; from then on it is ours. */
  claim: (session: string) => Promise<boolean>
  /** Waits until the holder (a page on its way out) lets go, and then takes the session. */
  hold: (session: string) => void
}

/**
 * Returns the record to continue with. A released record is surely ours. One that was never
 * released comes from a page that died without `pagehide`, or is a copy of another tab's: it is
 * ours only when nobody else holds the session.
 */
export async function openKept(keep: Keep, lock: Lock): Promise<Kept> {
  const found = keep.read()
  const known = found !== null && UUID.test(found.session)
  const ours = known && (found.released || (await lock.claim(found.session)))
  const { released, ...kept } = ours ? found : { ...emptyKept(newId()), released: true }
  if (released) lock.hold(kept.session)
  keep.write(kept, false)
  return kept
}

/**
 * Holds the session's Web Lock for as long as the page lives. Without Web Locks (no TLS) nothing
 * can be known of other tabs, so only a released record is taken.
 */
export class SessionLock implements Lock {
  private letGo: (() => void)[] = []
  private readonly leaving = new AbortController()

  claim(session: string): Promise<boolean> {
    return new Promise((resolve) => this.request(session, { ifAvailable: true }, resolve))
  }

  hold(session: string): void {
    this.request(session, { signal: this.leaving.signal }, () => undefined)
  }

  /** Must also run on `pagehide`: a held lock keeps a page out of the back/forward cache. */
  release(): void {
    this.leaving.abort()
    for (const letGo of this.letGo.splice(0)) letGo()
  }

  private request(session: string, options: LockOptions, tell: (got: boolean) => void): void {
    const locks = navigator.locks as LockManager | undefined
    if (!locks) return tell(false)
    const held = locks.request(`vcsm:${session}`, options, (lock) => {
      tell(lock !== null)
      return lock && new Promise<void>((release) => this.letGo.push(release))
    })
    // Aborted, or refused in an opaque origin.
    held.catch(() => tell(false))
  }
}
