// The names under which this widget keeps its records. They contain the key, because two workspaces
// may share an origin.
import { Keep, storage } from './keep.ts'

export interface Names {
  session: string
  browser: string
  /** Number of the last message shown. */
  read: string
  /** The recording of the last minutes, for the tab's next page. */
  replay: string
  /** The last nudge that was answered in any tab. */
  nudge: string
  /** Prefix for what waits to be sent, one record per session. */
  unsent: string
}

export function namesOf(key: string): Names {
  return { session: `vcsm:${key}`, browser: `vcsm:${key}:browser`, read: `vcsm:${key}:read`, replay: `vcsm:${key}:replay`, nudge: `vcsm:${key}:nudge`, unsent: `vcsm:${key}:unsent:` }
}

/** Removes everything this widget keeps in the browser, including capture's click count. */
export function forgetEverything({ session, browser, read, replay, nudge, unsent }: Names): void {
  for (const name of [session, replay, 'vcsm.clicks']) new Keep(storage('sessionStorage'), name).remove()
  const left = Object.keys(storage('localStorage') ?? {}).filter((name) => name.startsWith(unsent))
  for (const name of [browser, read, nudge, ...left]) new Keep(storage('localStorage'), name).remove()
}
