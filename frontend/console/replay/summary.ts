// What the server says about an escalation's replay.
export interface Mark {
  kind: string
  at: string
  element_name: string
  page: string
}

export interface ReplaySummary {
  recording: boolean
  span: { chunks: number; events: number; bytes: number; started_at: string; ended_at: string } | null
  marks: Mark[]
  opened_at: string
}
