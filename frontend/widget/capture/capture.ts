// Starts the sensors, feeds the ledger, and stops without a trace.

import type { SentEvent } from '../../protocol/protocol.ts'
import { Ledger } from './ledger.ts'
import type * as Later from './later.ts'
import type { Rules } from './rules.ts'
import { createHost, type Host } from './sensors/host.ts'
import { nameElement } from './sensors/fingerprint.ts'
import { pageOf } from './sensors/routes.ts'
import { watchErrors } from './sensors/errors.ts'
import { watchNavigation } from './sensors/navigation.ts'
import { watchNetwork } from './sensors/network.ts'
import { watchOutward } from './sensors/outward.ts'
import { watchPlace } from './sensors/place.ts'
import { watchMutations } from './sensors/mutations.ts'
import { Targets } from './sensors/targets.ts'

export { findElement } from './sensors/fingerprint.ts'

export interface CaptureOptions {
  emit(event: SentEvent): void
  settings?: {
    /** Show accessible names and page titles to members; off by default. */
    names?: boolean
    rules?: Partial<Rules>
  }
}

const COUNT = 'vcsm.clicks'

/** Watches this page until the returned function is called. Never throws into the page. */
export function startCapture({ emit, settings = {} }: CaptureOptions): () => void {
  let timer = 0
  const names = settings.names ?? false
  const page = () => pageOf(location)
  // The page must not see what our own side throws, and one lost event must not lose the next.
  const send = (event: SentEvent) => {
    if (event.type === 'click') clicks = event.click
    try {
      emit(event)
    } catch {
      // The line to the server reports its own failures.
    }
  }
  let clicks = readCount()
  const ledger = new Ledger(send, settings.rules, clicks)
  const looks: (() => void)[] = []

  const { host, stop } = createHost({
    settings: { names, own: /^vcsm-/ },
    emit: send,
    page,
    name: (element) => nameElement(element, names, ''),
    note(fact) {
      ledger.note(fact)
      schedule()
    },
  })
  const tick = host.guard(() => {
    timer = 0
    // What the page did but has not told yet comes first: the window closes after it.
    for (const look of looks) look()
    ledger.advance(host.now())
    schedule()
  })
  function schedule(): void {
    const due = ledger.due()
    clearTimeout(timer)
    timer = due < Infinity ? window.setTimeout(tick, Math.max(due - host.now(), 0) + 1) : 0
  }
  host.later(() => clearTimeout(timer))
  const steps = [
    () => host.on(window, 'pagehide', () => writeCount(clicks)),
    () => watchNavigation(host),
    () => watchEverything(host, looks),
  ]
  for (const step of steps) host.guard(step)()
  return () => {
    writeCount(clicks)
    stop()
  }
}

function watchEverything(host: Host, looks: (() => void)[]): void {
  const mutations = watchMutations(host)
  looks.push(mutations.flush)
  const targets = new Targets(host.settings.names)
  const attach = (view: Window & typeof globalThis) => {
    const parts = [
      () => looks.push(watchPlace(host, view, targets, mutations)),
      () => watchErrors(host, view),
      () => watchNetwork(host, view),
      () => watchOutward(host, view),
    ]
    for (const part of parts) host.guard(part as () => void)()
  }
  attach(window)
  whenIdle(host, () => {
    // Named by address: the bundler's own loading of chunks touches the page's head.
    const later = import(/* @vite-ignore */ new URL(LATER, import.meta.url).href) as Promise<typeof Later>
    later.then(host.guard((part) => part.watchTheRest(host, attach, mutations)), () => {})
  })
}

const IDLE = 1500
const LATER = 'later.js'

function whenIdle(host: Host, call: () => void): void {
  const timer = setTimeout(host.guard(() => (window.requestIdleCallback ?? setTimeout)(host.guard(call))), IDLE)
  host.later(() => clearTimeout(timer))
}

/** Clicks are numbered within the tab, across page loads: the server refers to them by number. */
function readCount(): number {
  try {
    return Number(sessionStorage.getItem(COUNT)) || 0
  } catch {
    return 0
  }
}

function writeCount(clicks: number): void {
  try {
    sessionStorage.setItem(COUNT, String(clicks))
  } catch {
    // Storage may be forbidden: numbers then start again with the page.
  }
}
