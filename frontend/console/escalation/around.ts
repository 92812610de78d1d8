// What surrounds an escalation, read separately: none of it is needed to take over.
import { call } from '../api'

export interface Because {
  words: string
  effect: string
  adds: number
}

export interface Worth {
  value: number
  how: string
  low: number
  high: number
  /** What the same minutes would bring elsewhere today; null when no budget is set. */
  price: number | null
  revenue_known: boolean
  minutes: number
}

export interface Health {
  score: number | null
  word: string
  trend: string
  parts: { name: string; value: number | null; says: string }[]
}

export interface Stakeholder {
  id: number
  name: string
  email: string
  seen_at: string | null
  sessions: number
  open_escalations: number
}

export interface Belongs {
  id: string
  title: string
  state: string
  scope: string
  team: string
  began_at: string
}

export interface Step {
  act: 'take_over' | 'use_passage' | 'problem' | 'promise' | 'watch'
  title: string
  why: string
  value: number | null
  stands_on: string
  target: string
}

/** A sentence and the record it rests on; a null record means it claims nothing. */
export interface Sentence {
  text: string
  record: { kind: string; id: string; label: string } | null
}

export interface Around {
  rule_means: string
  because: Because[]
  worth: Worth | null
  unreadable: boolean
  health: Health | null
  stakeholders: Stakeholder[]
  problems: Belongs[]
  steps: Step[]
  draft: Sentence[]
  /** Whether a language model is configured that may write the draft in its own words. */
  writer: boolean
}

export const readAround = (id: string) => call<Around>(`/escalations/${id}/around`)
