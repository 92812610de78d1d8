// The click ledger at work on a live page: its sensors, its timer, and what else is watched.

import type { SentEvent } from '../../protocol/protocol.ts'
import type { Fact } from './facts.ts'
import { Ledger } from './ledger.ts'
import type { Rules } from './rules.ts'
import { watchErrors } from './sensors/errors.ts'
import { findElement, nameElement } from './sensors/fingerprint.ts'
import { watchForms } from './sensors/forms.ts'
import { watchFrames } from './sensors/frames.ts'
import type { Host, Named } from './sensors/host.ts'
import { type Mutations, watchMutations } from './sensors/mutations.ts'
import { watchNetwork } from './sensors/network.ts'
import { watchOutward } from './sensors/outward.ts'
import { watchPlace } from './sensors/place.ts'
import { watchPointer } from './sensors/pointer.ts'
import { Targets } from './sensors/targets.ts'
import { watchVitals } from './sensors/vitals.ts'

export interface Watching {
  note(fact: Fact): void
  find(id: string): Element | null
}

const COUNT = 'vcsm.clicks'

export function startWatching(bare: Host, rules?: Partial<Rules>): Watching {
  let clicks = readCount()
  let timer = 0
  const looks: (() => void)[] = []
  const ledger = new Ledger((event: SentEvent) => {
    if (event.type === 'click') clicks = event.click
    bare.emit(event)
  }, rules, clicks)
  let wakes = Infinity
  const schedule = () => {
    const due = ledger.due()
    // A timer that comes too early looks again; only one that would come too late is set anew.
    if (due >= wakes) return
    clearTimeout(timer)
    wakes = due
    timer = window.setTimeout(tick, Math.max(due - host.now(), 0) + 1)
  }
  const note = bare.guard((fact: Fact) => {
    ledger.note(fact)
    schedule()
  })
  const host: Named = { ...bare, note, name: (element) => nameElement(element, bare.settings.names, '') }
  const tick = host.guard(() => {
    wakes = Infinity
    // What the page did but has not told yet comes first: the window closes after it.
    for (const look of looks) look()
    ledger.advance(host.now())
    schedule()
  })
  host.later(() => {
    clearTimeout(timer)
    writeCount(clicks)
  })
  const steps = [
    () => host.on(window, 'pagehide', () => writeCount(clicks)),
    () => watchVitals(host),
    () => watchPointer(host),
    () => watchPlaces(host, looks),
  ]
  for (const step of steps) host.guard(step)()
  return { note, find: findElement }
}

/** The page, and the frames of its origin as they appear. */
function watchPlaces(host: Named, looks: (() => void)[]): void {
  const mutations = watchMutations(host)
  looks.push(mutations.flush)
  const targets = new Targets(host.settings.names)
  const enter = (view: Window & typeof globalThis) => {
    const parts = [
      () => looks.push(watchPlace(host, view, targets, mutations)),
      () => watchOutward(host, view),
      () => watchForms(host, view.document),
    ]
    for (const part of parts) host.guard(part as () => void)()
  }
  enter(window)
  watchFrames(host, (view) => {
    enter(view)
    watchErrors(host, view)
    watchNetwork(host, view)
  }, mutations satisfies Mutations)
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
