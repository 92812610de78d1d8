// What every sensor works with. It keeps the page safe from us: no callback of ours may throw into
// it, untrusted events are not looked at, and whatever was changed is changed back on stop.

import type { EventElement, SentEvent } from '../../../protocol/protocol.ts'
import type { Fact } from '../facts.ts'

export type View = Window & typeof globalThis

/** What is told of an element to others. Empty at first, where it is found out later. */
export interface Known {
  element: EventElement
  /** Made for repetition: next, previous, +, −, a calendar's arrow. */
  stepper: boolean
}

interface Needs {
  note(fact: Fact): void
  emit(event: SentEvent): void
  page(): string
  know(element: Element): Known
  /** Whether any click still waits for its answer. */
  waits(): boolean
}

export interface Host extends Needs {
  /** Milliseconds since the epoch. */
  now(): number
  /** The time of an event itself; its handling may come later. */
  at(event: Event): number
  guard<A extends unknown[]>(call: (...args: A) => void): (...args: A) => void
  on(target: EventTarget, types: string, call: (event: never) => void): void
  /** Puts a wrapper around a method until stop; the wrapper gets the original. */
  wrap<T extends object, K extends keyof T>(owner: T | undefined, name: K, make: (original: T[K]) => T[K]): void
  later(undo: () => void): void
}

/** A clock that went so far from the event's own is wrong; then the handling time is better. */
const APART = 60_000

/** Our own launcher and panel are not the page: what happens in them is no answer of it. */
export function isOurs(target: EventTarget | null): boolean {
  return (target as Element | null)?.localName?.startsWith('vcsm-') as boolean
}

export function createHost(needs: Needs): { host: Host; stop(): void } {
  const undos: (() => void)[] = []
  let running = true
  let origin = 0
  let [last, lastAt] = [null as Event | null, 0]
  const now = () => (origin ||= performance.timeOrigin) + performance.now()
  const guard: Host['guard'] = (call) => (...args) => {
    try {
      if (running) call(...args)
    } catch {
      // The page goes on without this observation.
    }
  }
  const host: Host = {
    ...needs,
    guard,
    now,
    later: (undo) => undos.push(undo),
    at(event) {
      // Several sensors ask for the same one, and clocks are dear.
      if (event === last) return lastAt
      const view = (event as UIEvent).view ?? window
      const at = view.performance.timeOrigin + event.timeStamp
      const t = now()
      last = event
      return (lastAt = Math.abs(at - t) < APART ? at : t)
    },
    on(target, types, call) {
      const safe = guard((event: Event) => {
        if (event.isTrusted) call(event as never)
      })
      for (const type of types.split(' ')) {
        target.addEventListener(type, safe, { capture: true, passive: true })
        undos.push(() => target.removeEventListener(type, safe, { capture: true }))
      }
    },
    wrap(owner, name, make) {
      const original = owner?.[name]
      if (!owner || typeof original !== 'function') return
      const wrapper = make(original)
      owner[name] = wrapper
      // Somebody may have wrapped ours since: then it stays in place and only passes through.
      undos.push(() => {
        if (owner[name] === wrapper) owner[name] = original
      })
    },
  }
  return {
    host,
    stop() {
      running = false
      for (const undo of undos.splice(0).reverse()) {
        try {
          undo()
        } catch {
          // The next one still has to be undone.
        }
      }
    },
  }
}
