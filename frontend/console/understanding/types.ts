// What the API sends about intents, what was heard, and unmet wishes.
export interface IntentLine {
  id: number
  name: string
  title: string
  description: string
  examples: number
  asked: number
  implied: number
}

export interface Health {
  /** Share of examples that the other examples name correctly; null with too few to say. */
  accuracy: number | null
  intents: number
  examples: number
  confusions: { intent: number; taken_for: number; times: number; advice: string }[]
  thin: { intent: number; value: number }[]
  weak: { intent: number; value: number }[]
}

export interface Kept {
  nominal: number
  actual: number | null
  low: number
  high: number
  confirmed: number
  right: number
  strangers: number
  caught: number
}

export interface Intents {
  intents: IntentLine[]
  health: Health
  kept: Kept
}

export interface IntentWhole {
  id: number
  name: string
  title: string
  description: string
  examples: string[]
  signs: string[]
  version: string
}

export type IntentGiven = Pick<IntentWhole, 'title' | 'description' | 'examples' | 'signs'> & { edited: string | null }

export interface Option {
  intent: number
  title: string
  probability: number
}

export interface Guess {
  outcome: Outcome
  probability: number
  p_value: number
  language: string
  alternatives: Option[]
}

export type Outcome = 'sure' | 'unsure' | 'none'

export interface Heard {
  id: number
  text: string
  outcome: Outcome
  intent_id: number | null
  title: string
  probability: number
  alternatives: Option[]
  language: string
  contact: string
  account: string
  at: string
  meant: string
  meant_id: number | null
  by: string
  corrected_at: string | null
}

export interface Cluster {
  id: number
  title: string
  phrases: string[]
  size: number
  contacts: number
  accounts: number
  annual_revenue: string
  trend: number[]
  first_at: string
  last_at: string
  found_at: string
  current: boolean
  intent: string
  settled_by: string
  settled_at: string | null
}

export interface Unmet {
  clusters: Cluster[]
  looked_at: string | null
}
