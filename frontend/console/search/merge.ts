// What was found by its letters comes at once; what means the same joins it when a worker has read it.
import type { Group, Hit } from './types'

export const ORDER = ['account', 'contact', 'escalation', 'problem', 'message', 'article', 'intent']

/** Of a kind, so that the other kinds stay in sight. */
const MOST = 6

/** One list by kind; nothing twice, what has the letters first. */
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

/** The text cut at its marks, which count code points: emoji and the like are one. */
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
