// What the console's API sends about guardrails; described in full at /console/api/schema.
import type { Member } from '../types'

export type Level = 'off' | 'shadow' | 'suggest' | 'approve' | 'undoable' | 'auto'

export interface Stop {
  what: string
  by: Member | null
  at: string
  why: string
}

export interface Approval {
  use_case: string
  level: Level
  by: Member | null
  at: string
  why: string
}

export interface Bar {
  what: string
  bound: number
  needed: number
  seen: number
  missing: number
  passed: boolean
}

export interface UseCase {
  key: string
  title: string
  words: string
  effects: string[]
  interrupts: boolean
  rungs: Level[]
  tier: 'low' | 'moderate' | 'high' | 'extreme'
  cap: Level
  risk: { reversible: string; audience: string; money: string; customer_data: string }
  approved: Level
  level: Level
  at_most: Level
  stop: Stop | null
  changed: Approval | null
  evidence: { judged: number; as_written: number; done: number; taken_back: number }
  promotion: { to: Level; ready: boolean; bars: Bar[] } | null
  counted: { done: number; held: number; taken_back: number; waiting: number }
}

export interface Agent {
  key: string
  name: string
  use_cases: string[]
  at: string
}

export interface Overview {
  use_cases: UseCase[]
  stopped: Stop | null
  assistant_stopped: Stop | null
  agents: Agent[]
  stops: Stop[]
  may_change: boolean
  history: Approval[]
}

export interface Act {
  id: string
  use_case: string
  agent: string
  contact: { id: number; name: string; email: string; identified: boolean } | null
  at: string
  outcome: 'done' | 'proposed' | 'watched'
  level: Level
  rule: string
  subject: string
  body: { asked?: string; title?: string; text?: string; page?: string; source?: { title: string } | null }
  judgement: '' | 'as_written' | 'changed' | 'rejected'
  judged_by: Member | null
  judged_at: string | null
  taken_back_by: Member | null
  taken_back_at: string | null
  taken_back_why: string
  waiting: boolean
}

export interface GuardrailList {
  text: string
  by: Member | null
  at: string | null
  refused: { by: Member | null; at: string; error: string; text: string } | null
  contact: { interruptions_a_day: number; interruptions_a_week: number }
  can: { use_case: string; at_most: Level; words: string }[]
  cannot: { effect: string; words: string }[]
  check: { use_case: string; approved: Level; expect: string; effects: string[]; interruptions_today: number; interruptions_this_week: number }[]
  effects: Record<string, string>
  may_change: boolean
}

export interface Entries {
  lines: { id: number; at: string; kind: string; actor: string; subject: string; body: string; place: number | null; hash: string }[]
  older: number | null
  kinds: string[]
}

export interface Chain {
  entries: number
  hash: string
  findings: string[]
}

export interface Outcome {
  escalations: number
  offers: number
  held_back: number
  displaced: number
  loads: { owner: string; total: number; a_day: number; most: number }[]
  false_alarms: { judged: number; false: number; drawn: number; drawn_false: number; upper: number | null; confidence: number }
  by_rule: Record<string, number>
}

export interface Comparison {
  days: number
  decisions: number
  unread: number
  cut: boolean
  confidence: number
  before: Outcome
  after: Outcome
  missed: { count: number; of: number; lower: number; upper: number; cases: string[] }
  spared: string[]
  added: string[]
  counts: { spared: number; added: number }
  named: Record<string, { summary: string; contact: string; account: string }>
}

export interface InForce {
  minutes_a_day: number | null
  send_from: number | null
  rules: { name: string; words: string; always: boolean }[]
}
