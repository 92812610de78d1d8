// The set-up as it is, and one way to change it: what the server answers is what is shown.
import { useEffect, useState } from 'preact/hooks'
import { call } from '../api'
import { useLoaded, type Loaded } from '../hooks'
import { listen, sayWatchingSetup } from '../live'
import type { Overview } from './types'

export interface Change {
  busy: boolean
  problem: string
  /** Posts to `/setup` + path; `then` gets the whole answer. */
  send(path: string, body: object, then?: (answer: Overview) => void): void
  /** Where the answer holds the set-up beside something shown once. */
  sendFor<T extends { setup: Overview }>(path: string, body: object, then: (answer: T) => void): void
}

export function useSetup(): Loaded<Overview> {
  return useLoaded<Overview>('setup', () => call('/setup'))
}

export function useChange(put: (setup: Overview) => void): Change {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const run = <T,>(path: string, body: object, done: (answer: T) => void) => {
    setBusy(true)
    setProblem('')
    call<T>(`/setup${path}`, body)
      .then(done, (error: Error) => setProblem(error.message))
      .finally(() => setBusy(false))
  }
  return {
    busy,
    problem,
    send: (path, body, then) =>
      run<Overview>(path, body, (answer) => {
        put(answer)
        then?.(answer)
      }),
    sendFor: <T extends { setup: Overview }>(path: string, body: object, then: (answer: T) => void) =>
      run<T>(path, body, (answer) => {
        put(answer.setup)
        then(answer)
      }),
  }
}

/** Reads again when the server says that something came or was refused, and after a gap. */
export function useArrivals(again: () => void): void {
  useEffect(() => {
    sayWatchingSetup(true)
    const quiet = listen({
      hint: (hint) => hint.what === 'setup' && again(),
      resumed: () => {
        sayWatchingSetup(true)
        again()
      },
      // The page may have been opened before its socket was.
      connection: (state) => state === 'live' && sayWatchingSetup(true),
    })
    return () => {
      quiet()
      sayWatchingSetup(false)
    }
  }, [again])
}
