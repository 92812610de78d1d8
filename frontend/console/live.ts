// The members' socket. It brings hints; the truth is read again over HTTP, after reconnects too.
import { backoff } from '../shared/backoff'
import type { Hint } from './types'

export type Connection = 'connecting' | 'live' | 'offline' | 'signed_out'

interface Listener {
  hint(hint: Hint): void
  /** The socket is open again after a gap: whatever is on the screen may be old. */
  resumed(): void
  connection(state: Connection): void
  /** The server owes an answer for longer than people wait without a word; or it no longer does. */
  late(on: boolean): void
}

const LONGEST_WAIT = 15_000
const SIGNED_OUT = 4401
/** Milliseconds without an answer after which the page says that it waits. */
const LATE = 5_000

const listeners = new Set<Partial<Listener>>()
let socket: WebSocket | undefined
let attempts = 0
let retry: ReturnType<typeof setTimeout> | undefined
let openedBefore = false
let looking: string | null = null
let state: Connection = 'connecting'
let owed = 0

/** Passes on hints, gaps and the connection's state until the returned function is called. */
export function listen(listener: Partial<Listener>): () => void {
  listeners.add(listener)
  listener.connection?.(state)
  return () => listeners.delete(listener)
}

/** Opens the socket and keeps it open for the life of the page. */
export function connect(): void {
  open()
  addEventListener('online', hurry)
  addEventListener('offline', lose)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && hurry())
}

export function sayTyping(conversation: string, on: boolean): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ what: 'typing', conversation, on }))
}

/**
 * Tells the other members which escalation is on this page, null for none. Repeated after a gap.
 */
export function sayLooking(escalation: string | null): void {
  looking = escalation
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ what: 'looking', escalation }))
}

/**
 * While a set-up page is open the server sends `setup` when something has arrived or was refused.
 */
export function sayWatchingSetup(on: boolean): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ what: 'watch_setup', on }))
}

/** The server no longer knows the member: the app says so and stops asking. */
export function signedOut(): void {
  become('signed_out')
  socket?.close()
}

function open(): void {
  clearTimeout(retry)
  const address = new URL('/console/socket', location.href)
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
  const opened = new WebSocket(address)
  socket = opened
  opened.onopen = () => {
    attempts = 0
    become('live')
    if (looking) sayLooking(looking)
    if (openedBefore) for (const listener of listeners) listener.resumed?.()
    openedBefore = true
  }
  opened.onmessage = (event) => {
    const hint: Hint = JSON.parse(event.data)
    for (const listener of listeners) listener.hint?.(hint)
  }
  opened.onclose = (event) => {
    if (state === 'signed_out' || socket !== opened) return
    if (event.code === SIGNED_OUT) return void askWhoIsHere()
    become('offline')
    retry = setTimeout(open, backoff(attempts++, Math.random(), LONGEST_WAIT))
  }
}

/**
 * The sign-in that the socket was opened with is no more. Whoever has another one by now goes on: the password
 * was changed here or in another tab, or somebody signed in again there.
 */
async function askWhoIsHere(): Promise<void> {
  const answer = await fetch('/console/api/me').catch(() => undefined)
  if (answer?.status === 403) return signedOut()
  if (!answer?.ok) become('offline')
  retry = setTimeout(open, backoff(attempts++, Math.random(), LONGEST_WAIT))
}

/** An answer is awaited until the returned function is called. */
export function awaitAnswer(): () => void {
  let late = false
  const owe = (change: 1 | -1) => {
    owed += change
    for (const listener of listeners) listener.late?.(owed > 0)
  }
  const timer = setTimeout(() => {
    late = true
    owe(1)
  }, LATE)
  return () => {
    clearTimeout(timer)
    if (late) owe(-1)
  }
}

/** The browser says that it has no network: the socket would notice only when something is sent. */
function lose(): void {
  if (state === 'signed_out') return
  const lost = socket
  socket = undefined
  lost?.close()
  become('offline')
  clearTimeout(retry)
  retry = setTimeout(open, backoff(attempts++, Math.random(), LONGEST_WAIT))
}

function hurry(): void {
  if (state === 'signed_out') return
  if (socket?.readyState !== WebSocket.OPEN && socket?.readyState !== WebSocket.CONNECTING) open()
}

function become(next: Connection): void {
  state = next
  for (const listener of listeners) listener.connection?.(next)
}
