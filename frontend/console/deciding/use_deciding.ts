// The overview, read again when anybody changes something, and actions that answer with it.
import { useEffect, useState } from 'preact/hooks'
import { call } from '../api'
import { type Loaded, useGathered, useLoaded } from '../hooks'
import { listen } from '../live'
import type { Deciding, DutyGiven, Policy } from './types'

export const pickShare = (share: number | null) => call<Deciding>('/deciding/threshold', { max_false_share: share })
export const answerAudit = (id: number, needed: boolean) => call<Deciding>(`/deciding/audits/${id}`, { needed })
export const setDuty = (duty: DutyGiven) => call<Deciding>('/deciding/duty', duty)
export const changePolicy = (changes: Partial<Policy>) => call<Deciding>('/deciding/policy', changes)

export const putPolicyFile = (text: string) => call<Deciding>('/deciding/policy-file', { text })

export interface Live {
  read: Loaded<Deciding>
  problem: string
  busy: boolean
  run(action: () => Promise<Deciding>, done?: () => void): void
}

export function useDeciding(): Live {
  const read = useLoaded('deciding', () => call<Deciding>('/deciding'))
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const soon = useGathered(read.again, 300)
  useEffect(() => listen({ hint: ({ what }) => (what === 'deciding' || what === 'escalation') && soon(), resumed: soon }), [soon])
  const run = (action: () => Promise<Deciding>, done?: () => void) => {
    setBusy(true)
    setProblem('')
    action()
      .then(
        (fresh) => {
          read.put(fresh)
          done?.()
        },
        (error: Error) => setProblem(error.message),
      )
      .finally(() => setBusy(false))
  }
  return { read, problem, busy, run }
}
