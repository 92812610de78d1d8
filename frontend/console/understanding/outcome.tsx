// The three outcomes of understanding a text, in words.
import { Pill } from '../../shared/pill'
import type { Outcome } from './types'

const OUTCOMES: Record<Outcome, [string, 'good' | 'warn' | 'neutral']> = {
  sure: ['Sure', 'good'],
  unsure: ['Would ask back', 'warn'],
  none: ['None of these', 'neutral'],
}

export function OutcomePill({ outcome, language }: { outcome: Outcome; language: string }) {
  if (language) return <Pill look="info">Another language{language !== 'und' && ` (${language})`}: goes to a person</Pill>
  const [words, look] = OUTCOMES[outcome]
  return <Pill look={look}>{words}</Pill>
}
