// Recorded events in the wire's own words go straight to the detectors: what the ledger does not
// judge (pages, fields, searches, questions, vitals) is recorded in cases as the widget sends it.

import type { PageEvent, SentEvent } from '../protocol/protocol.ts'
import type { RecordedEvent } from './facts.ts'
import { lifeOf } from './names.ts'

/** The fields that tell an event of the wire from a DOM event of the same name. */
const MARKS: Record<string, string> = {
  page: 'page', input: 'how', search: 'query', question: 'text', request: 'status', vital: 'metric',
  track: 'name', visibility: 'state', cursor: 'turns', verdict: 'verdict', burst: 'verdict',
}
const DEFAULTS: Record<string, object> = { request: { method: 'GET' }, input: { element: 'field' } }

const HOW: [RegExp, PageEvent['how']][] = [
  [/push/i, 'push'], [/replace/i, 'replace'], [/pop|back/i, 'back'], [/hash/i, 'hash'], [/reload/i, 'reload'],
]

/** The event as the widget would send it, or null for one that only the page knows. */
export function sentAs(event: RecordedEvent, t: number, page: string): SentEvent | null {
  const { type, t_ms: _, target, ...rest } = event
  const mark = Object.hasOwn(MARKS, type) ? MARKS[type] : undefined
  if (mark && rest[mark] !== undefined) {
    const element = rest['element'] ?? target?.ref ?? (DEFAULTS[type] as { element?: string } | undefined)?.element
    const named = element === undefined ? {} : { element: typeof element === 'string' ? { id: element } : element }
    return { type, page, ...DEFAULTS[type], ...rest, ...named, at: Math.round(t) } as SentEvent
  }
  const shown = pageOf(event)
  if (shown === null || lifeOf(type) !== 'navigation') return null
  const said = `${type} ${String(rest['how'] ?? '')}`
  return { type: 'page', at: Math.round(t), page: shown, how: HOW.find(([name]) => name.test(said))?.[1] ?? 'load' }
}

/** The page that an event shows, where it says. */
export function pageOf(event: RecordedEvent): string | null {
  const page = event['page'] ?? event['url'] ?? event['path']
  return typeof page === 'string' && page.startsWith('/') ? page : null
}
