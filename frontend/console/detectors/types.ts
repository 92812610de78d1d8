// What the server says about detectors; see vcsm/console/api/friction_settings.py.
export interface Threshold {
  name: string
  meaning: string
  default: number
  low: number
  high: number
  value: number
}

export interface Kind {
  kind: string
  says: string
  off: boolean
  thresholds: Threshold[]
}

export interface Settings {
  kinds: Kind[]
  changed: Record<string, unknown>
  may_change: boolean
}

export interface Side {
  signals: Record<string, number>
  retracted: number
  nudges: number
  escalations: number
  struggling_sessions: number
}

export interface Preview {
  sessions: number
  events: number
  sessions_at_most: number
  now: Side
  then: Side
  places: { kind: string; page: string; element: string; now: number; then: number }[]
  assumed: string
}
