// The server's clock: a member's may be ten minutes off, and nothing would be "3 minutes ago".
const TOLERATED = 3_000

let ahead = 0

/** Reads an answer's `Date` header. It is exact to the second: small differences are none. */
export function heardDate(header: string | null): void {
  const theirs = Date.parse(header ?? '')
  if (Number.isNaN(theirs)) return
  const difference = theirs - Date.now()
  ahead = Math.abs(difference) < TOLERATED ? 0 : difference
}

/** Returns milliseconds since the epoch by the server's clock. */
export function serverNow(): number {
  return Date.now() + ahead
}
