// What a contact has written and the server has not acknowledged, kept for every tab of the
// browser: sessionStorage dies with its tab, and a message must not. One record per session, so
// that no two tabs write the same one. Adopting what a living tab still sends is harmless, because
// the server stores each message id once.
import type { SayFrame } from '../../protocol/protocol.ts'

/** Milliseconds after which an unsent message is dropped: older words would come out of nowhere. */
export const MAX_AGE = 24 * 60 * 60 * 1000

interface Left {
  contact: string
  at: number
  says: readonly SayFrame[]
}

export class Unsent {
  private readonly store: Storage | null
  private readonly name: string
  private written = ''

  /** `name`: prefix of the records' names, each completed by its session. */
  constructor(store: Storage | null, name: string) {
    this.store = store
    this.name = name
  }

  /** Makes the session's record match what still waits in its tab. */
  mirror(session: string, contact: string, says: readonly SayFrame[], at: number): void {
    const state = says.map(({ id }) => id).join()
    // Called with every batch, while messages rarely change.
    if (state === this.written) return
    this.written = state
    try {
      if (says.length) this.store?.setItem(this.name + session, JSON.stringify({ contact, at, says } satisfies Left))
      else this.store?.removeItem(this.name + session)
    } catch {
      // Storage is full or blocked: the tab's own record is all there is.
    }
  }

  /**
   * Returns what other sessions of this contact left, oldest first, and removes their records.
   * Records that are stale or unreadable are removed too.
   */
  take(session: string, contact: string, now: number): SayFrame[] {
    try {
      const left = this.names().filter((name) => name !== this.name + session).map((name) => [name, this.read(name)] as const)
      const taken = left.filter(([name, found]) => {
        const stale = !found || now - found.at > MAX_AGE
        if (stale || found.contact === contact) this.store?.removeItem(name)
        return !stale && found.contact === contact
      })
      return taken.sort(([, one], [, other]) => one!.at - other!.at).flatMap(([, found]) => found!.says)
    } catch {
      return []
    }
  }

  private names(): string[] {
    return Object.keys(this.store ?? {}).filter((name) => name.startsWith(this.name))
  }

  private read(name: string): Left | null {
    try {
      const found = JSON.parse(this.store?.getItem(name) ?? '') as Partial<Left>
      return typeof found.contact === 'string' && Number.isFinite(found.at) && Array.isArray(found.says) ? (found as Left) : null
    } catch {
      return null
    }
  }
}
