// Which of the palette's choices match what was typed, and in which order. Pure.
import type { IconName } from '../shared/icon'

export interface Choice {
  title: string
  /** Text shown beneath the title. */
  more?: string
  /** `Do`, `Go to`, `View`, or the kind of thing that was found. */
  kind: string
  key?: string
  icon: IconName
  run(): void
}

/**
 * Returns matches, best first: a word begins as typed, the text occurs, its letters do in order.
 */
export function fitting(choices: Choice[], typed: string): Choice[] {
  const asked = typed.trim().toLowerCase()
  if (!asked) return choices
  const ranked = choices.map((choice, place) => ({ choice, place, rank: rankOf(choice.title.toLowerCase(), asked) }))
  return ranked.filter(({ rank }) => rank < NO_FIT).sort((a, b) => a.rank - b.rank || a.place - b.place).map(({ choice }) => choice)
}

const NO_FIT = 9

function rankOf(title: string, asked: string): number {
  if (title.startsWith(asked)) return 0
  if (title.split(/\s+/).some((word) => word.startsWith(asked))) return 1
  if (title.includes(asked)) return 2
  let from = 0
  for (const letter of asked) {
    const at = title.indexOf(letter, from)
    if (at < 0) return NO_FIT
    from = at + 1
  }
  return 3
}
