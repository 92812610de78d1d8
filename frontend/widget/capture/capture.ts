// What has to be there from the start: pages, errors and requests. The rest, the click ledger and
// its sensors, comes when the page is idle or touched, and is told what was missed until then.

import type { SentEvent } from '../../protocol/protocol.ts'
import type { Fact } from './facts.ts'
import type { Rules } from './rules.ts'
import { watchErrors } from './sensors/errors.ts'
import { createHost, type Host } from './sensors/host.ts'
import { watchNavigation } from './sensors/navigation.ts'
import { watchNetwork } from './sensors/network.ts'
import { pageOf } from './sensors/routes.ts'
import type * as Watch from './watch.ts'

export interface CaptureOptions {
  emit(event: SentEvent): void
  settings?: {
    /** Show accessible names and page titles to members; off by default. */
    names?: boolean
    rules?: Partial<Rules>
  }
}

/** Facts kept until the ledger is there. */
const HELD = 500
const IDLE = 1000
const AGAIN = 10_000
// Named by address: the bundler's own loading of chunks would touch the page's head.
const WATCH = 'watch.js'

let watching: Watch.Watching | null = null

/** Watches this page until the returned function is called. Never throws into the page. */
export function startCapture({ emit, settings = {} }: CaptureOptions): () => void {
  const held: Fact[] = []
  const { host, stop } = createHost({
    settings: { names: settings.names ?? false, own: /^vcsm-/ },
    page: () => pageOf(location),
    // The page must not hear of what our own side throws.
    emit(event) {
      try {
        emit(event)
      } catch {
        // The line to the server reports its own failures.
      }
    },
    note(fact) {
      if (watching) watching.note(fact)
      else if (held.length < HELD) held.push(fact)
    },
  })
  const load = (): Promise<void> => (import(/* @vite-ignore */ new URL(WATCH, import.meta.url).href) as Promise<typeof Watch>)
    .then(host.guard((part: typeof Watch) => {
      watching = part.startWatching(host, settings.rules)
      for (const fact of held.splice(0)) watching.note(fact)
    }))
  const steps = [
    () => watchNavigation(host),
    () => watchErrors(host, window),
    () => watchNetwork(host, window),
    () => whenIdle(host, () => {
      load().catch(host.guard(() => {
        const timer = setTimeout(() => void load().catch(() => {}), AGAIN)
        host.later(() => clearTimeout(timer))
      }))
    }),
  ]
  for (const step of steps) host.guard(step)()
  host.later(() => (watching = null))
  return stop
}

/** The element that has this fingerprint now, where it still exists on the page. */
export function findElement(id: string): Element | null {
  return watching?.find(id) ?? null
}

/** Calls once: when the page has nothing better to do, and at the latest when it is touched. */
function whenIdle(host: Host, call: () => void): void {
  let called = false
  const once = host.guard(() => {
    if (!called) call()
    called = true
  })
  host.on(window, 'pointerover pointerdown keydown', once)
  if ('requestIdleCallback' in window) requestIdleCallback(once, { timeout: IDLE })
  else globalThis.setTimeout(once, IDLE)
}
