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
}

export function namesOf(key: string): Names {
  return { session: `vcsm:${key}`, browser: `vcsm:${key}:browser`, read: `vcsm:${key}:read`, replay: `vcsm:${key}:replay`, nudge: `vcsm:${key}:nudge` }
}

/** Removes all that this widget keeps in the browser, capture's click count included. */
export function forgetEverything({ session, browser, read, replay, nudge }: Names): void {
  for (const name of [session, replay, 'vcsm.clicks']) new Keep(storage('sessionStorage'), name).remove()
  for (const name of [browser, read, nudge]) new Keep(storage('localStorage'), name).remove()
}
