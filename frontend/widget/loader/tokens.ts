// Where a contact's proof comes from: a token the product gave, or a function that fetches a fresh one.

/** Between two askings: a server that refuses every token must not make us ask without end. */
const PAUSE = 10_000

export interface Tokens {
  /** A token, '' when the product has none. Never rejects. */
  next: () => Promise<string>
  /** Milliseconds until it may be asked again; Infinity where that would give the same. */
  pause: (now: number) => number
}

/** Of what was told to `identify`; null when that names no `token`. */
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
        // The product's own server is away: asked again when ours asks for proof.
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
