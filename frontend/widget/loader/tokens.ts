// Where a contact's proof of identity comes from: a token the product gave, or a function of the
// product's that fetches a fresh one.

/** Milliseconds between requests for a token: refusals must not make us ask endlessly. */
const PAUSE = 10_000

export interface Tokens {
  /** Resolves to a token, or '' when the product has none. Never rejects. */
  next: () => Promise<string>
  /** Milliseconds until it may be asked again; Infinity where asking would give the same token. */
  pause: (now: number) => number
}

/** Returns the source of tokens in what `identify` was given, or null when it names no `token`. */
export function tokensOf(told: unknown): Tokens | null {
  const { token } = (told ?? {}) as { token?: unknown }
  if (typeof token === 'string') return { next: async () => token, pause: () => Infinity }
  if (typeof token !== 'function') return null
  let askedAt = -Infinity
  return {
    next: async () => {
      try {
        return String((await token()) ?? '')
      } catch {
        // The product's own server is away: ask again when ours asks for proof.
        return ''
      }
    },
    pause: (now) => {
      const pause = Math.max(0, askedAt + PAUSE - now)
      askedAt = now + pause
      return pause
    },
  }
}
