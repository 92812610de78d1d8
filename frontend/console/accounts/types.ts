// What the API sends about accounts.
import type { Member } from '../types'

export interface Part {
  name: string
  /** 0 to 1; null when nothing is known. */
  value: number | null
  weight: number
  says: string
}

export interface Health {
  score: number | null
  word: 'good' | 'fair' | 'poor' | 'unknown'
  parts: Part[]
}

export type Trend = 'rising' | 'steady' | 'falling' | 'unknown'

export interface AccountRecord {
  id: number
  external_id: string
  name: string
  plan: string
  annual_revenue: string | null
  renews_on: string | null
  owner: Member | null
}

export interface AccountLine extends AccountRecord {
  health: Health
  trend: Trend
  open_escalations: number
  contacts: number
}

export interface AccountList {
  lines: AccountLine[]
  found: number
  total: number
  owners: Member[]
  plans: string[]
}

export interface Person {
  id: number
  name: string
  email: string
  identified: boolean
}

export interface AccountPage {
  account: AccountRecord
  health: Health
  trend: Trend
  history: { at: string; score: number | null }[]
  facts: { label: string; value: string; source: string; as_of: string | null }[]
  people: { contact: Person; seen_at: string | null; sessions: number; escalations: number; wrote: number; steps_done: number; stakes: string }[]
  steps: { id: number; title: string }[]
  goals: { contact: Person; title: string; share: number; at: string }[]
  wants: { contact: Person; text: string; title: string; source: string; outcome: string; at: string }[]
  friction: { id: string; kind: string; page: string; element: string; element_name: string; severity: number; count: number; last_at: string; contact: Person }[]
  problems: { id: string; title: string; state: string; page: string; began_at: string }[]
  conversations: { id: string; contact: Person; messages: number; said_at: string; latest: string; escalation: string | null }[]
  escalations: { id: string; state: string; summary: string; reason: string; score: number; contact: Person; owner: Member | null; opened_at: string; due_at: string; resolved_at: string | null }[]
  promises: { id: string; text: string; state: string; due_at: string | null; made_at: string; settled_at: string | null; contact: Person; member: string }[]
  plan: { goal: string; updated_at: string; steps: { id: number; title: string; whose: string; due_on: string | null; done_at: string | null; done_by: string }[] } | null
  ratings: { contact: Person; score: number; comment: string; at: string }[]
}
