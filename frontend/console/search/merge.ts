// Matches by letters come at once; matches by meaning join them when a worker has read the text.
import type { Group, Hit } from './types'

export const ORDER = ['account', 'contact', 'escalation', 'problem', 'message', 'article', 'intent']

/** Hits shown per kind, so that the other kinds stay in view. */
const MOST = 6

/** Returns one list by kind, without duplicates, matches by letters first. */
export function merge(byWords: Group[], byMeaning: Group[]): Group[] {
  return ORDER.flatMap((kind) => {
    const first = hitsOf(byWords, kind)
    const there = new Set(first.map(({ id }) => id))
    const hits = [...first, ...hitsOf(byMeaning, kind).filter(({ id }) => !there.has(id))].slice(0, MOST)
    return hits.length ? [{ kind, hits }] : []
  })
}

function hitsOf(groups: Group[], kind: string): Hit[] {
  return groups.find((group) => group.kind === kind)?.hits ?? []
}

export interface Piece {
  text: string
  marked: boolean
}

/** Cuts the text at its marks, which count code points (an emoji is one). */
export function cutAtMarks(text: string, marks: [number, number][]): Piece[] {
  const letters = [...text]
  const pieces: Piece[] = []
  let at = 0
  for (const [start, end] of marks) {
    if (start > at) pieces.push({ text: letters.slice(at, start).join(''), marked: false })
    pieces.push({ text: letters.slice(start, end).join(''), marked: true })
    at = end
  }
  if (at < letters.length) pieces.push({ text: letters.slice(at).join(''), marked: false })
  return pieces
}
