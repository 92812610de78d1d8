// What the console's API sends; described in full at /console/api/schema.
export type State = 'open' | 'taken' | 'resolved'
export type View = 'active' | 'open' | 'taken' | 'mine' | 'snoozed' | 'resolved'
export type Order = 'value' | 'newest' | 'due'
export type Period = '24h' | '7d' | '30d'

export interface Member {
  id: number
  name: string
  role: string
}

export interface Me {
  member: Member
  workspace: {
    slug: string
    name: string
    /** ISO 4217 code of the currency of every amount that the API sends. */
    currency: string
  }
}

export interface Account {
  id: number
  name: string
  plan: string
  annual_revenue: string | null
  renews_on: string | null
  owner: string | null
}

export interface Row {
  id: string
  state: State
  summary: string
  reason: string
  score: number
  page: string
  element: string
  element_name: string
  intent: string
  asked: string
  contact: { id: number; name: string; email: string; identified: boolean }
  account: Account | null
  owner: Member | null
  conversation: string | null
  opened_at: string
  updated_at: string
  due_at: string
  kind: string
  verdict_asked: boolean
  snoozed_until: string | null
  /** Id of the escalation it was merged into; it is then in no list. */
  merged_into: string | null
  /** Whether a person was asked for, or the matter always needs one. */
  always_human: boolean
  worth: Record<string, number>
  /** Record of the latest verdicts on calls of this kind; only in lists. */
  track: Track | null
  taken_at: string | null
  resolved_at: string | null
}

/** “Right 17 of the last 20”. */
export interface Track {
  right: number
  of: number
}

export interface Snooze {
  reason: string
  until: string
  by: string
  at: string
}

export interface Queue {
  rows: Row[]
  counts: Record<View, number>
  more: boolean
  /** Whether any session of the product ever reached us; without one nobody seems stuck. */
  seen: boolean
}

export interface Alternative {
  title?: string
  probability?: number
}

export interface Intent {
  text: string
  source: string
  outcome: string
  title: string
  probability: number | null
  alternatives: Alternative[]
  at: string
}

export interface Struggle {
  score: number
  load: number
  /** The load that this contact's sessions usually have. */
  expected: number
  parts: { key: string; contribution: number }[]
}

export interface Signal {
  id: string
  key: string
  kind: string
  page: string
  element: string
  element_name: string
  severity: number
  count: number
  started_at: string
  last_at: string
  retracted: boolean
}

export interface Decision {
  id: number
  at: string
  action: 'continue' | 'offer' | 'escalate'
  reason: string
  rule: string
  score: number
  numbers: Record<string, number>
  unseen: string[]
}

export interface Nudge {
  id: string
  title: string
  text: string
  source: Source | null
  state: 'offered' | 'shown' | 'accepted' | 'dismissed'
  page: string
  offered_at: string
  answered_at: string | null
}

export interface Source {
  title: string
  heading?: string
  url?: string
}

export interface Verdict {
  done: boolean
  worked: boolean | null
  false_alarm: boolean
  reason: string
  note: string
  by: string
  at: string
}

export interface Fact {
  label: string
  value: string
  source: string
  as_of: string | null
}

export interface Detail {
  escalation: Row
  intents: Intent[]
  rule: string
  facts: Fact[]
  signals: Signal[]
  struggle: Struggle
  decisions: Decision[]
  unseen: string[]
  nudges: Nudge[]
  speaker: Member | null
  verdict: Verdict | null
  track: Track
  snooze: Snooze | null
  notes: Note[]
  merged: Merged[]
}

/** A note among members; no contact ever sees it. */
export interface Note {
  id: number
  text: string
  by: string
  at: string
}

/** An escalation merged into this one. */
export interface Merged {
  id: string
  contact: string
  summary: string
  state: State
  conversation: string | null
  updated_at: string
}

export interface SavedView {
  id: number
  name: string
  query: string
  shared: boolean
  by: string
  mine: boolean
}

/** The result of a bulk act, for each escalation by itself. */
export interface Outcome {
  done: string[]
  refused: { id: string; why: string }[]
}

export interface Message {
  seq: number
  author: 'contact' | 'assistant' | 'member' | 'notice'
  name: string
  text: string
  at: string | number
  source: Source | null
  client_id: string | null
  files?: { id: string; name: string; kind: string; size: number }[]
}

export interface Line {
  at: string
  rank: number
  key: string
  kind: 'event' | 'signal' | 'intent' | 'decision' | 'nudge' | 'message' | 'takeover' | 'verdict'
  title: string
  detail: string
  page: string
  tone: 'plain' | 'bad' | 'warn' | 'good' | 'person'
  facts: Record<string, unknown>
}

export interface Timeline {
  lines: Line[]
  older: string | null
}

export interface FrictionLine {
  kind: string
  page: string
  element: string
  element_name: string
  signals: number
  sessions: number
  contacts: number
  accounts: number
  revenue: number
  severity: number
  seen: number
  share: number
  share_low: number
  share_high: number
  first_at: string
  last_at: string
  trend: number[]
}

export interface Report {
  since: string
  until: string
  made_at: string
  buckets: string[]
  bucket_seconds: number
  totals: {
    signals: number
    sessions: number
    contacts: number
    accounts: number
    revenue: number
    sessions_seen: number
    lines: number
    crowded_out: number
  }
  kinds: { kind: string; trend: number[] }[]
  lines: FrictionLine[]
  counted_to: string | null
  segments: string[]
  releases: string[]
}

/** A message that has just been understood, and the passage that answers it. */
export interface UnderstoodHint {
  what: 'understood'
  session: string
  contact: number
  message: { id: number; text: string; outcome: 'sure' | 'unsure' | 'none'; alternatives: { intent: number; title: string; probability: number }[] }
  passage: { question: string; title: string; heading: string; text: string; url: string; known: boolean } | null
}

export type Hint =
  | { what: 'escalation'; id: string; state: State | 'erased' }
  | { what: 'looking'; socket: string; member: { id: number; name: string }; escalation: string | null }
  | { what: 'message'; conversation: string; message: Message }
  | { what: 'typing'; conversation: string; on: boolean }
  | { what: 'signal'; session: string; contact: number }
  | UnderstoodHint
  | { what: 'governance' }
  | { what: 'deciding' }
  | { what: 'setup' }
  | { what: 'workspace' }
