// Under which names this widget keeps what it keeps. Per key: two workspaces may share an origin.
import { Keep, storage } from './keep.ts'

export interface Names {
  session: string
  browser: string
  /** The last message shown. */
  read: string
  /** The last minutes, for the tab's next page. */
  replay: string
  /** The last nudge that was answered in any tab. */
  nudge: string
  /** Begins the names of what waits to be sent, one per session. */
  unsent: string
}

export function namesOf(key: string): Names {
  return { session: `vcsm:${key}`, browser: `vcsm:${key}:browser`, read: `vcsm:${key}:read`, replay: `vcsm:${key}:replay`, nudge: `vcsm:${key}:nudge`, unsent: `vcsm:${key}:unsent:` }
}

/** Removes all that this widget keeps in the browser, capture's click count included. */
export function forgetEverything({ session, browser, read, replay, nudge, unsent }: Names): void {
  for (const name of [session, replay, 'vcsm.clicks']) new Keep(storage('sessionStorage'), name).remove()
  const left = Object.keys(storage('localStorage') ?? {}).filter((name) => name.startsWith(unsent))
  for (const name of [browser, read, nudge, ...left]) new Keep(storage('localStorage'), name).remove()
}
