// The overview, read again whenever somebody changes something, and actions that answer with it.
import { useEffect, useState } from 'preact/hooks'
import { type Loaded, useGathered, useLoaded } from '../hooks'
import { listen } from '../live'
import { readOverview } from './api'
import type { Overview } from './types'

export interface Governed {
  overview: Loaded<Overview>
  problem: string
  busy: boolean
  /** Runs an action and shows the overview it returns, or `problem` when it is refused. */
  run(action: () => Promise<Overview>): void
  /** The same for a dialog, which shows a refusal itself: rejects with it. */
  attempt(action: () => Promise<Overview>): Promise<void>
}

/** Calls `again` a moment after each change anybody makes, and after every gap of the socket. */
export function useChanges(again: () => void): void {
  const soon = useGathered(again, 150)
  useEffect(() => listen({ hint: (hint) => hint.what === 'governance' && soon(), resumed: soon }), [soon])
}

export function useOverview(): Governed {
  const overview = useLoaded('governance', readOverview)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  useChanges(overview.again)
  const attempt = (action: () => Promise<Overview>) => {
    setBusy(true)
    setProblem('')
    return action()
      .then(overview.put)
      .finally(() => setBusy(false))
  }
  const run = (action: () => Promise<Overview>) => void attempt(action).catch((error: Error) => setProblem(error.message))
  return { overview, problem, busy, run, attempt }
}
