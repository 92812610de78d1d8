// What every sensor works with. It keeps the page safe from us: no callback of ours may throw into
// it, untrusted events are ignored, and every change is undone on stop.

import type { EventElement, SentEvent } from '../../../protocol/protocol.ts'
import type { Fact } from '../facts.ts'

export type View = Window & typeof globalThis

/** What others are told about an element. Empty at first where it is found out later. */
export interface Known {
  element: EventElement
  /** Made to be pressed repeatedly: next, previous, +, −, a calendar's arrow. */
  stepper: boolean
}

interface Needs {
  note(fact: Fact): void
  emit(event: SentEvent): void
  page(): string
  know(element: Element): Known
  /** Whether any click is still waiting for its answer. */
  waits(): boolean
}

export interface Host extends Needs {
  /** Milliseconds since the epoch. */
  now(): number
  /** The time of an event itself, in milliseconds since the epoch; its handling may come later. */
  at(event: Event): number
  guard<A extends unknown[]>(call: (...args: A) => void): (...args: A) => void
  on(target: EventTarget, types: string, call: (event: never) => void): void
  /**
   * Puts a wrapper around a method until stop; `make` gets the original and returns the wrapper.
   */
  wrap<T extends object, K extends keyof T>(owner: T | undefined, name: K, make: (original: T[K]) => T[K]): void
  later(undo: () => void): void
}

/**
 * Milliseconds by which an event's time may differ from ours. Beyond that its clock is wrong, and
 * the time of handling is better.
 */
const APART = 60_000

/** Our own launcher and panel are not the page: nothing in them is an answer of the page's. */
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
      // Several sensors ask about the same event, and reading clocks is expensive.
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
      // Somebody may have wrapped our wrapper since: then it stays and only passes calls through.
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
          // The next change must still be undone.
        }
      }
    },
  }
}
