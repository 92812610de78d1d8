// Reads what is stored of an escalation's replay.
import { CallFailed } from '../api'
import type { ReplaySummary } from './summary'

export async function readReplay(id: string): Promise<ReplaySummary> {
  const answer = await fetch(`/console/api/escalations/${id}/replay`, { headers: { Accept: 'application/json' } })
  if (answer.ok) return answer.json()
  throw new CallFailed(answer.status, '', `The server refused (${answer.status}).`)
}
