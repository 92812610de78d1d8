// What a member changed and did not put in force yet. Pure.
import type { Kind, Threshold } from './types'

/** By name of the setting: as typed, or whether the kind is off. */
export type Draft = Record<string, string | boolean>

export type Changes = Record<string, number | boolean | null>

/** Times are typed in seconds; the server keeps milliseconds. */
export const unitOf = ({ name }: Threshold) => (name.endsWith('_ms') ? 1000 : 1)

/** What is wrong with a typed value, in words; empty when nothing is. */
export function wrongWith(threshold: Threshold, typed: string): string {
  const value = Number(typed)
  if (typed.trim() === '' || !Number.isFinite(value)) return 'a number'
  const [low, high] = [threshold.low / unitOf(threshold), threshold.high / unitOf(threshold)]
  return value < low || value > high ? `${low} to ${high}` : ''
}

/** The changes of a draft, without what is as before; null when something typed is no valid value. */
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
      // Back at the default, so that a later default is followed again.
      if (value !== threshold.value) changes[threshold.name] = value === threshold.default ? null : value
    }
  }
  return changes
}

/** Two sets of changes as one text each, to tell whether what was tried is what will be put in force. */
export function signOf(changes: Changes | null): string {
  return JSON.stringify(Object.entries(changes ?? {}).sort())
}
