// What a member changed and has not put in force yet. Pure.
import type { Kind, Threshold } from './types'

/** By a setting's name: the text typed, or whether the kind is off. */
export type Draft = Record<string, string | boolean>

export type Changes = Record<string, number | boolean | null>

/** Returns stored units per typed unit: times are typed in seconds, stored in milliseconds. */
export const unitOf = ({ name }: Threshold) => (name.endsWith('_ms') ? 1000 : 1)

/** Returns what is wrong with a typed value, in words; '' when nothing is. */
export function wrongWith(threshold: Threshold, typed: string): string {
  const value = Number(typed)
  if (typed.trim() === '' || !Number.isFinite(value)) return 'a number'
  const [low, high] = [threshold.low / unitOf(threshold), threshold.high / unitOf(threshold)]
  return value < low || value > high ? `${low} to ${high}` : ''
}

/**
 * Returns a draft's changes without unchanged values, or null when a typed value is invalid. A null
 * value means the default.
 */
export function changesOf(kinds: Kind[], draft: Draft): Changes | null {
  const changes: Changes = {}
  for (const { kind, off, thresholds } of kinds) {
    const name = `${kind}.off`
    if (typeof draft[name] === 'boolean' && draft[name] !== off) changes[name] = draft[name] || null
    for (const threshold of thresholds) {
      const typed = draft[threshold.name]
      if (typeof typed !== 'string') continue
      if (wrongWith(threshold, typed)) return null
      const unit = unitOf(threshold)
      const value = unit === 1 ? Number(typed) : Math.round(Number(typed) * unit)
      // A value back at its default is removed, so that it follows a later default again.
      if (value !== threshold.value) changes[threshold.name] = value === threshold.default ? null : value
    }
  }
  return changes
}

/** Returns the changes as one text, to tell whether what was tried is what will be put in force. */
export function signOf(changes: Changes | null): string {
  return JSON.stringify(Object.entries(changes ?? {}).sort())
}
