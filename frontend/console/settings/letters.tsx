// Work that failed for good: what, how often, of what it died; run again or given up by an admin.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Pill } from '../../shared/pill'
import { call } from '../api'
import { Card } from '../escalation/cards'
import { useLoaded, useNow } from '../hooks'
import { Empty, Failed, Loading } from '../states'
import { ago } from '../words'
import type { PartProps } from './page'

interface Letter {
  id: number
  task: string
  arguments: Record<string, unknown>
  runnable: boolean
  error: string
  place: string
  trace: string
  times: number
  first_at: string
  last_at: string
  run_at: string | null
  run_by: string
}

interface Letters {
  letters: Letter[]
}

const ROOT = '/dead-letters'

export function LettersPage({ setup }: PartProps) {
  if (!setup.may_admin) return <p class="soft">Only an admin can see work that failed for good.</p>
  return <Standing />
}

function Standing() {
  const letters = useLoaded<Letters>('letters', () => call(ROOT))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const act = (path: string) => {
    setBusy(true)
    setProblem('')
    call<Letters>(`${ROOT}/${path}`, {})
      .then(letters.put, (error: Error) => setProblem(error.message))
      .finally(() => setBusy(false))
  }
  if (letters.error && !letters.value) return <Failed error={letters.error} retry={letters.again} />
  if (!letters.value) return <Loading rows={4} label="Reading what failed" />
  const standing = letters.value.letters
  if (standing.length === 0) {
    return (
      <Empty icon="check" title="Nothing has failed for good">
        <p>Failed work is retried automatically. Work that keeps failing is listed here.</p>
      </Empty>
    )
  }
  return (
    <Card title="Work that failed for good" testid="letters">
      <p class="soft">Each was tried several times. Running one again does no harm: what was done already is not done twice.</p>
      {problem && (
        <p class="form-problem" role="alert">
          {problem}
        </p>
      )}
      <ul class="lines">
        {standing.map((letter) => (
          <Line key={letter.id} letter={letter} busy={busy} act={act} />
        ))}
      </ul>
      <footer class="form-foot">
        <Button disabled={busy} onClick={() => act('run-all')} data-testid="run-all">
          Run all again
        </Button>
      </footer>
    </Card>
  )
}

function Line({ letter, busy, act }: { letter: Letter; busy: boolean; act(path: string): void }) {
  const now = useNow()
  const [sure, ask] = useState(false)
  const given = Object.entries(letter.arguments).map(([name, value]) => `${name} ${String(value)}`)
  return (
    <li data-testid="letter">
      <span>
        <strong>{letter.task}</strong> <bdi class="soft">{given.join(', ')}</bdi> {letter.run_at && <Pill look="accent">sent again {ago(letter.run_at, now)}</Pill>}
        <br />
        <bdi>{letter.error}</bdi> {letter.place && <code>{letter.place}</code>}
        <br />
        <span class="soft">
          failed {letter.times === 1 ? 'once' : `${letter.times} times`}, last {ago(letter.last_at, now)}
          {letter.trace && (
            <>
              , trace <code>{letter.trace}</code>
            </>
          )}
        </span>
      </span>
      <span class="form-foot">
        {letter.runnable && (
          <Button disabled={busy || letter.run_at !== null} onClick={() => act(`${letter.id}/run`)}>
            Run again
          </Button>
        )}
        {sure ? (
          <>
            <Button look="danger" disabled={busy} onClick={() => act(`${letter.id}/drop`)}>
              Give it up
            </Button>
            <Button look="quiet" onClick={() => ask(false)}>
              Keep it
            </Button>
          </>
        ) : (
          <Button look="quiet" onClick={() => ask(true)}>
            Drop …
          </Button>
        )}
      </span>
    </li>
  )
}
