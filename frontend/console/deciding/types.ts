// What `/console/api/deciding` sends.
import type { Member } from '../types'

export interface Choice {
  max_false_share: number
  threshold: number | null
  escalated_share: number
  upper_bound: number | null
  missing: number
}

export interface Standing {
  threshold: number | null
  certified: boolean
  upper_bound: number | null
  escalated_share: number
  verdicts: number
  verdicts_missing: number
  drift: boolean
}

export interface InForce {
  max_false_share: number
  send_from: number
  upper_bound: number
  verdicts: number
  chosen_by: string | null
  chosen_at: string
}

export interface Proven {
  standing: Standing
  in_force: InForce | null
  max_false_share: number
  confidence: number
  asked: number
  choices: Choice[]
}

export interface Step {
  low: number
  high: number
  happened: number
  count: number
}

export interface Quality {
  count: number
  brier: number
  log_loss: number
  miscalibration: number
  discrimination: number
  uncertainty: number
  calibration_error: number
  curve: Step[]
}

export interface Sampled {
  total: number
  judged: number
  needed: number
}

export interface RecallRead {
  recall: { estimate: number | null; low: number; high: number }
  sent: Sampled
  silent: Sampled
  since: string
  confidence: number
}

export interface SilenceAudit {
  id: number
  contact: string
  account: string
  page: string
  seen_at: string
  score: number
  rule: string
  asked_of: string | null
}

export interface Duty {
  minutes_a_day: number
  days: number[]
  starts: string
  ends: string
  zone: string
  skills: string[]
  away_until: string | null
}

export interface Hours {
  member: Member
  duty: Duty | null
  on_duty: boolean
  minutes_left: number | null
  open: number
}

export interface Quiet {
  starts: string
  ends: string
  zone: string
}

export interface Policy {
  minutes_a_day: number | null
  verdict_share: number
  silence_share: number
  quiet: Quiet | null
}

export interface Deciding {
  may_change: boolean
  proven: Proven
  quality: Quality | null
  still_prior: number
  recall: RecallRead
  audits: SilenceAudit[]
  hours: Hours[]
  spending: { a_day: number; spent: number; kept: number; left: number } | null
  policy: Policy
  policy_text: string
  refused: { text: string; problem: string; at: string; by: string } | null
  notices: { kind: 'drift' | 'nobody_on_duty'; at: string }[]
  mine: { verdicts: number; asked_for: number; rejections_with_reason: number; audits: number }
}

export interface DutyGiven extends Omit<Duty, 'away_until'> {
  member: number
}
