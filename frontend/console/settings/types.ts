// What the API sends about the workspace's set-up.
import type { Member } from '../types'

export interface Key {
  id: number
  key: string
  origins: string[]
}

export interface KeyLine {
  key: Key
  refused: { origin: string; at: string }[]
}

export interface Hours {
  zone: string
  weekdays: number[]
  opens: string
  closes: string
}

export interface MemberLine {
  member: Member
  signs_in_as: string
  last_admin: boolean
  accounts: number
  hours: Hours | null
  second_factor: boolean
}

export interface FirstStep {
  id: number | null
  title: string
  detail: string
  page: string
  done_by_page: string
  done_by_track: string
}

export interface Template {
  id?: number
  name: string
  goal: string
  steps: { title: string; whose: string; after_days: number | null }[]
}

export interface FlowStep {
  page?: string
  track?: string
  stall_ms?: number
}

export interface Flow {
  name: string
  steps: FlowStep[]
}

export interface PageOwner {
  pattern: string
  team: string
  email: string
  acknowledge_minutes: number
}

export interface Overview {
  may_admin: boolean
  may_lead: boolean
  workspace: string
  slug: string
  currency: string
  /** All that it could be. */
  currencies: string[]
  keys: KeyLine[]
  arrival: { at: string; page: string; contact: string; identified: boolean; release: string } | null
  members: MemberLine[]
  invitations: { id: number; email: string; name: string; role: string; made_by: string; made_at: string; expires_at: string }[]
  nudges: { withhold: number; quiet_minutes: number }
  first_steps: FirstStep[]
  templates: Template[]
  flows: Flow[]
  stall_ms: number
  pages: PageOwner[]
  identity_keys: { id: number; kid: string; made_at: string }[]
  second_factor_required: boolean
}
