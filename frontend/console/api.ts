// Every call to the server: same origin, with the session's cookie, and the CSRF token on changes.
import type { Filters } from './address'
import { heardDate } from './clock'
import { awaitAnswer, signedOut } from './live'
import type { Detail, Me, Member, Message, Order, Outcome, Period, Queue, Report, SavedView, Timeline, View } from './types'

const ROOT = '/console/api'

/** The server's refusal, or (`status` 0) no answer at all. `message` is fit to be shown. */
export class CallFailed extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export const readMe = () => call<Me>('/me')
export const readQueue = (asked: QueueAsked) => call<Queue>(`/escalations?${asked.query}`)
export const readRows = (ids: string[]) => call<Queue>(`/escalations?ids=${ids.join(',')}`)
export const readDetail = (id: string) => call<Detail>(`/escalations/${id}`)
export const readMessages = (id: string, after: number) => call<Message[]>(`/escalations/${id}/messages?after=${after}`)
export const readReport = (asked: ReportAsked) => call<Report>(`/friction?${reportQuery(asked)}`)
/** Address of one chart or list of the report as a table: `trend`, `pages`, `flows` and so on. */
export const viewCsvAddress = (view: string, asked: ReportAsked) => `${ROOT}/friction/${view}.csv?${reportQuery(asked)}`
export const csvAddress = (asked: ReportAsked) => `${ROOT}/friction.csv?${reportQuery(asked)}`

export interface QueueAsked {
  query: string
}

/** Asks for a piece of the queue as the address names it; `after`: the last row before it. */
export function queueAsked(view: View, order: Order, filters: Filters, after = ''): QueueAsked {
  const query = new URLSearchParams({ state: view, order, ...(filters as Record<string, string>), ...(after ? { after } : {}) })
  return { query: query.toString() }
}

export interface ReportAsked {
  period: Period
  segment?: string
  release?: string
}

export function reportQuery({ period, segment, release }: ReportAsked): string {
  return new URLSearchParams({ period, ...(segment ? { segment } : {}), ...(release ? { release } : {}) }).toString()
}

export function readTimeline(id: string, before: string): Promise<Timeline> {
  return call(`/escalations/${id}/timeline?limit=80&before=${encodeURIComponent(before)}`)
}

export const takeOver = (id: string) => call<Detail>(`/escalations/${id}/take-over`, {})
export const handBack = (id: string) => call<Detail>(`/escalations/${id}/hand-back`, {})

export interface VerdictGiven {
  done: boolean
  worked: boolean | null
  false_alarm: boolean
  /** Why it was turned down; empty for a real one. */
  reason: string
  note: string
}

export const resolve = (id: string, verdict: VerdictGiven) => call<Detail>(`/escalations/${id}/resolve`, verdict)

/** Puts an escalation off; 0 hours wakes it. */
export const snooze = (id: string, hours: number, reason: string) => call<Detail>(`/escalations/${id}/snooze`, { hours, reason })

export const readPeople = () => call<Member[]>('/people')
/** Gives it to a member; null takes it from everybody. */
export const assignTo = (id: string, to: number | null) => call<Detail>(`/escalations/${id}/assign`, { to })
/** Merges it into another escalation; null undoes that. */
export const mergeInto = (id: string, into: string | null) => call<Detail>(`/escalations/${id}/merge`, { into })
/** Address of a file with everything stored about the escalation's contact. */
export const dataAddress = (id: string) => `${ROOT}/escalations/${id}/contact-data`
export const eraseData = (id: string) => erase(`/escalations/${id}/contact-data`)
export const writeNote = (id: string, text: string) => call<Detail>(`/escalations/${id}/notes`, { text })

export interface BulkAct {
  assign?: { to: number | null }
  snooze?: { hours: number; reason: string }
  merge?: { into: string | null }
  resolve?: VerdictGiven
}

export const actOnAll = (ids: string[], act: BulkAct) => call<Outcome>('/escalations/bulk', { ids, ...act })
export const readViews = () => call<SavedView[]>('/views')
export const saveView = (view: { name: string; query: string; shared: boolean }) => call<SavedView[]>('/views', view)
export const removeView = (name: string) => call<SavedView[]>('/views', { name, remove: true })

export function sendMessage(id: string, text: string, clientId: string): Promise<Message> {
  return call(`/escalations/${id}/messages`, { text, client_id: clientId })
}

export async function signOut(): Promise<void> {
  await fetch('/console/logout', { method: 'POST', headers: { 'X-CSRFToken': csrf() } })
  location.assign('/console/login')
}

/**
 * How often a read that came too soon is repeated, each time after the wait that the server names.
 */
const PATIENCE = 3
const LONGEST_WAIT = 10
/** Milliseconds after which an answer is given up: longer than any that the server works on. */
const LONGEST_ANSWER = 60_000

/** Reads; with a body, posts it. Rejects with CallFailed. */
export function call<T>(path: string, body?: object): Promise<T> {
  return body ? ask<T>(path, change('POST', JSON.stringify(body))) : ask<T>(path, {}, PATIENCE)
}

/** Deletes what is stored there, for good. */
function erase(path: string): Promise<void> {
  return ask(path, change('DELETE'))
}

function change(method: string, body?: string): RequestInit {
  return { method, body: body ?? null, headers: { 'Content-Type': 'application/json', 'X-CSRFToken': csrf() } }
}

async function ask<T>(path: string, asked: RequestInit, patience = 0): Promise<T> {
  const answered = awaitAnswer()
  try {
    return await answerOf<T>(path, asked, patience)
  } catch (error) {
    // Anything else is the browser's: no connection, one that broke, or a wait that was too long.
    throw error instanceof CallFailed ? error : new CallFailed(0, 'offline', 'The server did not answer.')
  } finally {
    answered()
  }
}

async function answerOf<T>(path: string, asked: RequestInit, patience: number): Promise<T> {
  const response = await fetch(ROOT + path, { ...asked, headers: { Accept: 'application/json', ...asked.headers }, signal: AbortSignal.timeout(LONGEST_ANSWER) })
  heardDate(response.headers.get('Date'))
  if (response.status === 204) return undefined as T
  if (response.ok) return await response.json()
  // Running through the queue briefly reads more than allowed: the page waits, not the member.
  if (response.status === 429 && patience > 0) {
    const wait = Math.min(LONGEST_WAIT, Number(response.headers.get('Retry-After')) || 1)
    await new Promise((done) => setTimeout(done, wait * 1000))
    return answerOf<T>(path, asked, patience - 1)
  }
  const refused = await refusal(response)
  if (GONE.includes(refused.code)) signedOut()
  throw refused
}

/** Codes of a 403 that mean the member is signed out or removed, whatever they tried to do. */
const GONE = ['signed_out', 'no_member', 'second_factor_needed']

async function refusal(response: Response): Promise<CallFailed> {
  const answer = await response.json().catch(() => ({}))
  const first = Object.values(answer)[0]
  const detail = answer.detail ?? (Array.isArray(first) ? first[0] : undefined)
  // The server's log names what went wrong under this id.
  const trace = response.status >= 500 ? response.headers.get('X-Trace-Id') : null
  const refused = `The server refused (${response.status}${trace ? `, trace ${trace}` : ''}).`
  const words = typeof detail === 'string' ? detail : refused
  return new CallFailed(response.status, answer.code ?? '', words)
}

function csrf(): string {
  return /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? ''
}
