// What `/console/api/problems` and `/console/api/friction/places` answer.
export type State = 'open' | 'acknowledged' | 'claimed' | 'verified' | 'merged'

export interface Cost {
  sessions: number
  contacts: number
  accounts: number
  revenue: number
}

export interface Problem {
  id: string
  state: State
  scope: 'product' | 'account' | 'fleet'
  title: string
  page: string
  account: string
  release: string
  team: string
  began_at: string
  opened_at: string
  due_at: string | null
  acknowledged_at: string | null
  claimed_at: string | null
  verified_at: string | null
  cost: Cost
}

export interface ProblemPlace {
  kind: string
  page: string
  element: string
  name: string
  onset: string
  usual: number
  bad: number
  /** Share of the sessions since it began there that were hit; null when nobody came. */
  share: number | null
  proof: number
  recovered_at: string | null
}

export interface Titled {
  id: string
  title: string
}

export interface WholeProblem extends Problem {
  /** The problem that this one was merged into; null when it stands alone. */
  merged_into: Titled | null
  /** Problems merged into this one. */
  parts: Titled[]
  places: ProblemPlace[]
  steps: { what: string; at: string; member: string; note: string }[]
  attached: string[]
  /** The attached escalations that are still stored. */
  calls: { id: string; contact: string; summary: string; state: string }[]
  best: { session: string; contact_name: string; account: string; at: string; signals: number }[]
  said: { text: string; at: string }[]
}

export interface Blind {
  page: string
  since: string
  usual: number
}

export interface Team {
  id: number
  name: string
  pages: string[]
  mine: boolean
  standing: number
  late: number
}

export interface Problems {
  problems: Problem[]
  revenue_exposed: number
  looked_to: string | null
  blind: Blind[]
  teams: Team[]
}

export interface PageLine {
  page: string
  seen: number
  hit: number
  share: number
  share_low: number
  share_high: number
}

export interface Row {
  page: string
  what: string
  sessions: number
  times: number
  seen: number
}

export interface Change {
  kind: string
  page: string
  name: string
  before: number
  before_low: number
  before_high: number
  after: number
  after_low: number
  after_high: number
  clear: boolean
}

export interface Unmet {
  title: string
  phrases: string[]
  size: number
  contacts: number
  accounts: number
  revenue: number
}

export interface Places {
  pages: PageLine[]
  flows: Row[]
  searches: Row[]
  intents: Row[]
  unmet: Unmet[]
  changes: Change[]
  blind: Blind[]
  names: NewName[]
}

export interface NewName {
  what: 'page' | 'element' | 'plan'
  page: string
  old: string
  new: string
  at: string
}
