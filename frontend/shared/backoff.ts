// Exponential backoff with full jitter (AWS Architecture Blog, "Exponential Backoff and Jitter"):
// thousands of pages that lost one server must not come back in step.
const FIRST = 500
const LONGEST = 30_000

/** Returns milliseconds before retry number `attempt` (0 is the first); `random` in [0, 1). */
export function backoff(attempt: number, random: number, longest = LONGEST): number {
  return random * Math.min(longest, FIRST * 2 ** Math.min(attempt, 16))
}
