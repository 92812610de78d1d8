// Temporary: judges from the ledger's own events.
import type { SentEvent } from '../protocol/protocol.ts'

export function detect(sessions: { session: string; events: SentEvent[] }[]): Set<string>[] {
  return sessions.map(({ events }) => {
    const verdicts = new Map<number, string>()
    const bursts = new Map<number, string>()
    const kinds = new Set<string>()
    for (const event of events) {
      const off = 'element' in event && event.element ? (event.element.ignore ?? '') : ''
      if (off) continue
      if (event.type === 'verdict') {
        if (event.verdict === 'answered') verdicts.delete(event.click)
        else if (event.verdict === 'error') kinds.add('error')
        else verdicts.set(event.click, event.verdict)
      }
      if (event.type === 'burst') bursts.set(event.burst, event.verdict)
      if (event.type === 'cursor') kinds.add('thrash')
    }
    for (const verdict of verdicts.values()) kinds.add(verdict)
    for (const verdict of bursts.values()) if (verdict === 'rage') kinds.add('rage')
    return kinds
  })
}
