// Recorded events in the wire's own words go straight to the detectors: what the ledger does not
// judge (pages, fields, searches, questions, vitals) is recorded in cases as the widget sends it.

import type { PageEvent, SentEvent } from '../protocol/protocol.ts'
import type { RecordedEvent } from './facts.ts'
import { lifeOf } from './names.ts'

/** What tells an event of the wire from a DOM event of the same name, and what else it may hold. */
const FIELDS: Record<string, [marks: string, more: string]> = {
  page: ['page', 'how title'], input: ['how', 'element form edits deletions dwell hesitation filled'],
  search: ['query', 'results'], question: ['text', ''], request: ['status route', 'method took click'],
  vital: ['metric', 'value element'], track: ['name', 'properties'], visibility: ['state', ''],
  cursor: ['turns', 'span path box'], verdict: ['verdict', 'click element after reason'],
  burst: ['verdict', 'burst element clicks answered span'],
}
const DEFAULTS: Record<string, object> = { request: { method: 'GET' }, input: { element: 'field' } }

const HOW: [RegExp, PageEvent['how']][] = [
  [/push/i, 'push'], [/replace/i, 'replace'], [/pop|back/i, 'back'], [/hash/i, 'hash'], [/reload/i, 'reload'],
]

/** Returns the event as the widget would send it, or null for one that only the page knows. */
export function sentAs(event: RecordedEvent, t: number, page: string): SentEvent | null {
  const { type, target, ...rest } = event
  const [marks, more] = (Object.hasOwn(FIELDS, type) ? FIELDS[type] : undefined) ?? ['', '']
  if (marks && marks.split(' ').every((mark) => rest[mark] !== undefined)) {
    const element = rest['element'] ?? target?.ref ?? (DEFAULTS[type] as { element?: string } | undefined)?.element
    const named = element === undefined ? {} : { element: typeof element === 'string' ? { id: element } : element }
    // What a record adds for its readers is not for the detectors.
    const known = ['page', ...marks.split(' '), ...more.split(' ')].filter((name) => name in rest)
    const said = Object.fromEntries(known.map((name) => [name, rest[name]]))
    if (type === 'vital') said['metric'] = String(said['metric']).toUpperCase()
    const whom = /\belement\b/.test(more) ? named : {}
    return { type, page, ...DEFAULTS[type], ...said, ...whom, at: Math.round(t) } as SentEvent
  }
  const shown = pageOf(event)
  if (shown === null || lifeOf(type) !== 'navigation') return null
  const said = `${type} ${String(rest['how'] ?? '')}`
  return { type: 'page', at: Math.round(t), page: shown, how: HOW.find(([name]) => name.test(said))?.[1] ?? 'load' }
}

/** Returns the page that an event shows, or null where it does not say. */
export function pageOf(event: RecordedEvent): string | null {
  const page = event['page'] ?? event['url'] ?? event['path']
  return typeof page === 'string' && page.startsWith('/') ? page : null
}
