// How hard a password is to guess, in plain words. Pure; what is refused, the server says.
import type { PillLook } from '../../shared/pill'

export interface Strength {
  look: PillLook
  grade: string
  advice: string
}

/** Of fewer than this the server refuses (Django's own least). */
export const SHORTEST = 8
const LONG = 16
const FEW_DIFFERENT = 6

export function strengthOf(password: string): Strength | null {
  const letters = [...password]
  if (letters.length === 0) return null
  const missing = SHORTEST - letters.length
  if (missing > 0) return { look: 'warn', grade: 'Too short', advice: `${missing === 1 ? 'One character' : `${missing} characters`} more, at least.` }
  if (new Set(password.toLowerCase()).size < FEW_DIFFERENT) return { look: 'warn', grade: 'Easy to guess', advice: 'It repeats itself: use more different characters.' }
  if (letters.length < LONG) return { look: 'info', grade: 'Fair', advice: 'Longer is better than stranger: four words that do not belong together are hard to guess and easy to remember.' }
  return { look: 'good', grade: 'Hard to guess', advice: 'Use it nowhere else.' }
}
