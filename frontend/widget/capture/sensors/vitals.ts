// Web vitals: LCP, CLS and TTFB once per page load, and every interaction that was painted late.
// Definitions: web.dev/vitals. INP is the worst interaction so far, reported when it gets worse.

import type { VitalEvent } from '../../../protocol/protocol.ts'
import type { Host } from './host.ts'

interface Timing extends PerformanceEntry {
  interactionId?: number
  target?: Element | null
  element?: Element | null
  value?: number
  hadRecentInput?: boolean
}

/** Milliseconds below which an interaction is good by every measure. */
const INTERACTION = 200

export function watchVitals(host: Host): void {
  let [lcp, cls, worst, sent] = [0, 0, INTERACTION, false]
  let largest: Element | null = null
  const say = (metric: VitalEvent['metric'], value: number, element?: Element | null) =>
    host.emit({
      type: 'vital', at: Math.round(host.now()), page: host.page(), metric, value,
      element: element?.isConnected ? host.know(element).element : null,
    })
  const observe = (type: string, take: (entry: Timing) => void, more: object = {}) => {
    host.guard(() => {
      const observer = new PerformanceObserver(host.guard((list: PerformanceObserverEntryList) => {
        for (const entry of list.getEntries()) take(entry as Timing)
      }))
      observer.observe({ type, buffered: true, ...more })
      host.later(() => observer.disconnect())
    })()
  }
  observe('largest-contentful-paint', (entry) => {
    lcp = entry.startTime
    largest = entry.element ?? null
  })
  observe('layout-shift', (entry) => {
    if (!entry.hadRecentInput) cls += entry.value ?? 0
  })
  observe('event', (entry) => {
    if (!entry.interactionId || entry.duration <= worst) return
    worst = entry.duration
    say('INP', Math.round(worst), entry.target)
  }, { durationThreshold: INTERACTION })

  // The largest paint is final once the contact acts or leaves.
  const finish = () => {
    if (sent) return
    sent = true
    const load = performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined
    if (lcp) say('LCP', Math.round(lcp), largest)
    if (load && load.responseStart > 0) say('TTFB', Math.round(load.responseStart))
  }
  host.on(window, 'pointerdown keydown', finish)
  host.on(window, 'pagehide', () => {
    finish()
    if (cls > 0) say('CLS', Math.round(cls * 1000) / 1000)
    cls = 0
  })
}
