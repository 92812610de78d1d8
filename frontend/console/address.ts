// The address is the state: what is open, which filter, which period. Back and copied links work.
import { useEffect, useState } from 'preact/hooks'
import { ROOMS } from './rooms'
import type { Order, Period, View } from './types'

export const VIEWS: View[] = ['active', 'mine', 'open', 'taken', 'snoozed', 'resolved']
const ORDERS: Order[] = ['value', 'newest', 'due']
export const AGES = ['15m', '1h', '4h', '1d', '7d'] as const
export type Age = (typeof AGES)[number]
export const PERIODS: Period[] = ['24h', '7d', '30d']

export interface QueueAddress {
  page: 'queue'
  escalation: string | null
  view: View
  order: Order
  filters: Filters
}

/** What the queue is narrowed to; an absent filter narrows nothing. */
export interface Filters {
  reason?: string
  /** A member's id, `me` or `none`. */
  owner?: string
  account?: string
  older?: Age
  newer?: Age
  /** Lowest expected value. */
  value?: string
  /** `1`: only what must reach a human. */
  always?: string
  find?: string
}

/** How each filter is written; anything else in the address is ignored. */
const FILTERS: Record<keyof Filters, RegExp> = {
  reason: /^[a-z_]+(,[a-z_]+)*$/,
  owner: /^(me|none|\d{1,18})$/,
  account: /^\d{1,18}$/,
  older: /^(15m|1h|4h|1d|7d)$/,
  newer: /^(15m|1h|4h|1d|7d)$/,
  value: /^\d{1,12}$/,
  always: /^1$/,
  find: /^[^]{1,200}$/,
}
export const FILTER_NAMES = Object.keys(FILTERS) as (keyof Filters)[]

export interface FrictionAddress {
  page: 'friction'
  period: Period
  kind: string
  place: string
  /** Empty for all segments. */
  segment?: string
  release?: string
}

/** A page of `rooms.ts`; the room itself reads what follows its path. */
export interface RoomAddress {
  page: 'room'
  room: string
  rest: string
  query: Record<string, string>
}

/** Links to the queue; `filters` may be left out. */
export type QueueLink = Omit<QueueAddress, 'filters'> & { filters?: Filters }
export type KnownAddress = QueueLink | FrictionAddress | RoomAddress
export type Address = QueueAddress | FrictionAddress | RoomAddress | { page: 'unknown' }

export function parseAddress(path: string, query: string): Address {
  const asked = new URLSearchParams(query)
  const opened = /^\/console\/escalations\/([0-9a-f-]{36})$/.exec(path)?.[1]
  if (opened || /^\/console\/?$/.test(path)) {
    return {
      page: 'queue',
      escalation: opened ?? null,
      view: oneOf(VIEWS, asked.get('view'), 'active'),
      order: oneOf(ORDERS, asked.get('order'), 'value'),
      filters: parseFilters(asked),
    }
  }
  if (path === '/console/friction') {
    const period = oneOf(PERIODS, asked.get('period'), '7d')
    const within = { ...(asked.get('segment') ? { segment: asked.get('segment')! } : {}), ...(asked.get('release') ? { release: asked.get('release')! } : {}) }
    return { page: 'friction', period, kind: asked.get('kind') ?? '', place: asked.get('place') ?? '', ...within }
  }
  const [, room = '', rest = ''] = /^\/console\/([^/]+)\/?(.*?)\/?$/.exec(path) ?? []
  if (ROOMS.some((one) => one.path === room)) return { page: 'room', room, rest, query: Object.fromEntries(asked) }
  return { page: 'unknown' }
}

export function formatAddress(address: KnownAddress): string {
  const asked = new URLSearchParams()
  if (address.page === 'room') {
    for (const [name, value] of Object.entries(address.query)) if (value) asked.set(name, value)
    return join(address.rest ? `${address.room}/${address.rest}` : address.room, asked)
  }
  if (address.page === 'friction') {
    if (address.period !== '7d') asked.set('period', address.period)
    if (address.kind) asked.set('kind', address.kind)
    if (address.place) asked.set('place', address.place)
    if (address.segment) asked.set('segment', address.segment)
    if (address.release) asked.set('release', address.release)
  } else {
    if (address.view !== 'active') asked.set('view', address.view)
    if (address.order !== 'value') asked.set('order', address.order)
    for (const name of FILTER_NAMES) if (address.filters?.[name]) asked.set(name, address.filters[name])
  }
  const path = address.page === 'friction' ? 'friction' : address.escalation ? `escalations/${address.escalation}` : ''
  return join(path, asked)
}

function parseFilters(asked: URLSearchParams): Filters {
  const found: Record<string, string> = {}
  for (const name of FILTER_NAMES) {
    const value = asked.get(name)
    if (value && FILTERS[name].test(value)) found[name] = value
  }
  return found
}

/** Returns what a saved view keeps of an address: order, state and filters, not what is open. */
export function queueQuery(address: QueueAddress): string {
  return formatAddress({ ...address, escalation: null }).split('?')[1] ?? ''
}

function join(path: string, asked: URLSearchParams): string {
  const query = asked.toString()
  return `/console/${path}${query ? `?${query}` : ''}`
}

export function go(address: KnownAddress, how: 'push' | 'replace' = 'push'): void {
  history[how === 'push' ? 'pushState' : 'replaceState'](null, '', formatAddress(address))
  dispatchEvent(new PopStateEvent('popstate'))
}

export function useAddress(): Address {
  const [address, setAddress] = useState(() => parseAddress(location.pathname, location.search))
  useEffect(() => {
    const moved = () => setAddress(parseAddress(location.pathname, location.search))
    addEventListener('popstate', moved)
    return () => removeEventListener('popstate', moved)
  }, [])
  return address
}

/** Props for links: a plain click stays inside the app, every other click does what browsers do. */
export function follow(address: KnownAddress) {
  return {
    href: formatAddress(address),
    onClick: (event: MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
      event.preventDefault()
      go(address)
    },
  }
}

function oneOf<T extends string>(known: T[], asked: string | null, otherwise: T): T {
  return known.find((value) => value === asked) ?? otherwise
}
