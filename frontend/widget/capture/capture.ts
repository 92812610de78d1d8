// What runs from the first moment: the click ledger, the sensors that tell it about the page, and a
// store for its events until somebody takes them. All that a click is judged by loads with it.

import type { SentEvent } from '../../protocol/protocol.ts'
import type { Fact } from './facts.ts'
import { Ledger } from './ledger.ts'
import { watchErrors } from './sensors/errors.ts'
import { createHost, type Host, type Known, type View } from './sensors/host.ts'
import { type Mutations, watchMutations } from './sensors/mutations.ts'
import { watchNetwork } from './sensors/network.ts'
import { watchPlace } from './sensors/place.ts'
import { pageOf } from './sensors/routes.ts'

export interface Capture {
  /** What further senses work with. */
  host: Host
  /** The page where the capture began. */
  page: string
  /** Also watches a frame of the same origin (`enter`) or an open shadow root (`observe`). */
  enter(view: View): void
  observe(root: Node): void
  /** From now on `emit` takes the events, and `know` names the elements. */
  connect(emit: (event: SentEvent) => void, know: (element: Element) => Known): void
  /** Undoes every change made to the page. */
  stop(): void
}

/**
 * How many events, and how many elements in them, are kept until `connect`; the rest are dropped.
 */
const HELD = 1000

/** Watches this page. Never throws into it. */
export function watchPage(): Capture {
  const held: SentEvent[] = []
  const unknown: [Known, Element][] = []
  let know = (element: Element): Known => {
    const later = { element: { id: '', role: '' }, stepper: false }
    if (unknown.length < HELD) unknown.push([later, element])
    return later
  }
  let emit = (event: SentEvent) => {
    if (held.length < HELD) held.push(event)
  }
  const ledger = new Ledger((event) => host.emit(event))
  const looks: (() => void)[] = []
  let [timer, wakes] = [0, Infinity]
  const schedule = () => {
    const due = ledger.due()
    // A timer that fires too early looks again; only one that would fire too late is set anew.
    if (due >= wakes) return
    clearTimeout(timer)
    wakes = due
    timer = window.setTimeout(tick, Math.max(due - host.now(), 0) + 1)
  }
  const { host, stop } = createHost({
    page: () => pageOf(location),
    know: (element) => know(element),
    // The page must not notice an exception thrown on our side.
    emit: (event) => host.guard(emit)(event),
    note: (fact) => noted(fact),
    waits: () => ledger.waits(),
  })
  const noted = host.guard((fact: Fact) => {
    ledger.note(fact)
    schedule()
  })
  const tick = host.guard(() => {
    wakes = Infinity
    // What the page did but has not reported yet comes first; windows close after it.
    for (const look of looks) look()
    ledger.advance(host.now())
    schedule()
  })
  host.later(() => clearTimeout(timer))
  let mutations: Mutations | undefined
  const enter = host.guard((view: View) => {
    for (const watch of [watchErrors, watchNetwork]) host.guard(watch)(host, view)
    // Without it no click can be judged: if it throws, `watchPlace` does not run.
    if (!mutations) looks.push((mutations = watchMutations(host)).flush)
    looks.push(watchPlace(host, view, mutations))
  })
  const page = host.page()
  host.guard(() => host.note({ type: 'page', t: host.now(), page, how: 'load' }))()
  enter(window)
  return {
    host,
    page,
    stop,
    enter,
    observe: (root) => mutations?.observe(root),
    connect(take, tell) {
      emit = take
      know = tell
      for (const [later, one] of unknown.splice(0)) {
        const { element, stepper } = know(one)
        Object.assign(later.element, element)
        later.stepper = stepper
      }
      for (const event of held.splice(0)) host.emit(event)
    },
  }
}
