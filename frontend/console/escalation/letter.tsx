// The draft in a language model's words: requested here, and polled until a worker has written it.
import { useEffect, useRef, useState } from 'preact/hooks'
import { call, type CallFailed } from '../api'
import { Button } from '../../shared/button'
import type { Sentence } from './around'

interface Letter {
  draft: Sentence[]
  /** How many sentences were removed because no record supported what the model wrote. */
  removed: number
  /** Why there is no letter; `draft` is empty then. */
  why: string
  /** The letter is still being written: poll with this. Null when it is done. */
  ticket: string | null
}

const LOOK_AGAIN_MS = 700

/** Requests a letter and polls until it is there or `stopped`. Rejects if it takes too long. */
async function askForLetter(id: string, stopped: AbortSignal): Promise<Letter> {
  let letter = await call<Letter>(`/escalations/${id}/letter`, {})
  while (letter.ticket && !stopped.aborted) {
    await new Promise((done) => setTimeout(done, LOOK_AGAIN_MS))
    letter = await call<Letter>(`/escalations/${id}/letter?ticket=${letter.ticket}`)
  }
  return letter
}

export interface Writer {
  letter: Letter | null
  /** When it was requested, by the page's clock; null while nothing is being written. */
  since: number | null
  problem: string
  ask(): void
  stop(): void
  drop(): void
}

/** The language model's letter, once somebody has requested it. */
export function useWriter(id: string): Writer {
  const [letter, setLetter] = useState<Letter | null>(null)
  const [since, setSince] = useState<number | null>(null)
  const [problem, setProblem] = useState('')
  const asking = useRef<AbortController | null>(null)
  const stop = () => {
    asking.current?.abort()
    setSince(null)
  }
  useEffect(() => () => asking.current?.abort(), [])
  const ask = () => {
    const mine = new AbortController()
    asking.current = mine
    setSince(performance.now())
    setProblem('')
    const ended = (letter: Letter | null, problem: string) => {
      if (mine.signal.aborted) return
      setLetter(letter)
      setProblem(problem)
      setSince(null)
    }
    askForLetter(id, mine.signal).then(
      (letter) => ended(letter.draft.length > 0 ? letter : null, letter.why),
      (error: CallFailed) => ended(null, error.message),
    )
  }
  return { letter, since, problem, ask, stop, drop: () => setLetter(null) }
}

export function AskLetter({ writer }: { writer: Writer }) {
  const { letter, since, problem } = writer
  return (
    <p class="draft-ask" aria-live="polite">
      {since === null ? (
        <Button look="quiet" onClick={writer.ask} data-testid="ask-letter">
          {letter ? 'Write it again' : 'In other words, by the language model'}
        </Button>
      ) : (
        <>
          <span data-testid="letter-writing">The language model is writing…</span>
          <Elapsed since={since} />
          <Button look="quiet" onClick={writer.stop}>
            Stop
          </Button>
        </>
      )}
      {letter && since === null && (
        <Button look="quiet" onClick={writer.drop} data-testid="drop-letter">
          Back to the records’ own words
        </Button>
      )}
      {problem && <span class="soft">{problem} What stands here is made from records.</span>}
    </p>
  )
}

/** Shows whole seconds, hidden from screen readers, which would read out each one. */
function Elapsed({ since }: { since: number }) {
  const [now, tick] = useState(since)
  useEffect(() => {
    const timer = setInterval(() => tick(performance.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <span class="soft" aria-hidden="true">
      {Math.round((now - since) / 1_000)} s
    </span>
  )
}

export function Checked({ removed }: { removed: number }) {
  const fell = removed === 1 ? ' One sentence that no record supports was taken out.' : ` ${removed} sentences that no record supports were taken out.`
  return <>Written by a language model. Each claim was checked against the record beside it.{removed > 0 && fell}</>
}
