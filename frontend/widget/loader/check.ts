// Cuts what the product passes in to what the protocol accepts: a refused frame would help nobody.
import type { AccountFacts, Identity, SearchEvent, TrackEvent } from '../../protocol/protocol.ts'

type Loose = Record<string, unknown>

/**
 * Returns text of at most `limit` UTF-16 units. Half a character (a lone surrogate), which JSON can
 * carry but UTF-8 cannot, becomes U+FFFD.
 */
export function clip(value: unknown, limit: number): string {
  const text = typeof value === 'string' ? value : value === undefined || value === null ? '' : String(value)
  return text.slice(0, limit).replace(/\p{Surrogate}/gu, '\ufffd')
}

/**
 * Returns the identity the product gave, or null when it has no id, because then it names nobody.
 */
export function checkIdentity(told: unknown): Identity | null {
  const { id, name, email, account } = (told ?? {}) as Loose
  const known = clip(id, 64)
  if (!known) return null
  return { id: known, name: clip(name, 120), email: clip(email, 120), account: checkAccount(account) }
}

function checkAccount(told: unknown): AccountFacts | null {
  const { id, name } = (told ?? {}) as Loose
  const known = clip(id, 64)
  return known ? { id: known, name: clip(name, 120) } : null
}

const MAX_PROPERTIES = 50

export function checkTrack(name: unknown, told: unknown, at: number, page: string): TrackEvent | SearchEvent {
  const given = (told ?? {}) as Loose
  if (name === 'search' && given.query !== undefined) {
    const results = Number.isInteger(given.results) && Number(given.results) >= 0 ? Math.min(Number(given.results), 1e6) : null
    return { type: 'search', query: clip(given.query, 120), results, at, page }
  }
  const properties: TrackEvent['properties'] = {}
  for (const [key, value] of Object.entries(given).slice(0, MAX_PROPERTIES)) {
    const plain = value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
    properties[clip(key, 64)] = plain ? (value as number | boolean | null) : clip(typeof value === 'object' ? JSON.stringify(value) : value, 500)
  }
  return { type: 'track', name: clip(name, 120), properties, at, page }
}
