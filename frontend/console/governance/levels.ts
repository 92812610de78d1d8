// How levels, tiers and effects read on the screen.
import type { PillLook } from '../../shared/pill'
import type { Level } from './types'

export const LEVELS: Level[] = ['off', 'shadow', 'suggest', 'approve', 'undoable', 'auto']

export const LEVEL_WORDS: Record<Level, string> = {
  off: 'Off',
  shadow: 'Shadow',
  suggest: 'Suggest',
  approve: 'Approve',
  undoable: 'Undoable',
  auto: 'Auto',
}

export const LEVEL_MEANS: Record<Level, string> = {
  off: 'Nothing happens.',
  shadow: 'What would be done is only written down here.',
  suggest: 'A member sees it, and does it or something else themselves.',
  approve: "A member's click does it.",
  undoable: 'It is done at once; a member can take it back.',
  auto: 'It is done at once.',
}

export const LEVEL_LOOKS: Record<Level, PillLook> = {
  off: 'neutral',
  shadow: 'info',
  suggest: 'info',
  approve: 'warn',
  undoable: 'good',
  auto: 'good',
}

export const TIER_LOOKS: Record<string, PillLook> = { low: 'good', moderate: 'info', high: 'warn', extreme: 'danger' }

/** Returns an actor's name: `member:7 Alice` is `Alice`, others are shown as they are. */
export function actorName(actor: string): string {
  return actor.replace(/^member:\d+ /, '')
}
