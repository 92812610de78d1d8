// One act on all that is chosen: assign, snooze, resolve, merge; what was refused is named.
import { useState } from 'preact/hooks'
import { actOnAll, type BulkAct, type CallFailed } from '../api'
import { Button } from '../../shared/button'
import { Icon } from '../../shared/icon'
import type { Me, Row } from '../types'
import { SnoozeDialog } from '../escalation/snooze'
import { VerdictDialog } from '../escalation/verdict'
import { AssignDialog } from './assign'
import { MergeDialog } from './merge'

export type Asked = 'assign' | 'snooze' | 'resolve' | 'merge'

interface BulkProps {
  rows: Row[]
  /** Whether they were chosen, or are only the row that is marked. */
  bar: boolean
  me: Me
  /** Which of the acts was asked for by key; it is over with `ask(null)`. */
  asked: Asked | null
  ask(what: Asked | null): void
  /** These are done: let go of them. */
  done(ids: string[]): void
  clear(): void
}

/** The server's sentence, with whose it is in front where it does not begin with that. */
const refusal = (name: string, why: string) => (why.startsWith(name) ? why : `${name}: ${why}`)

export function Bulk({ rows, bar, me, asked, ask, done, clear }: BulkProps) {
  const [problem, setProblem] = useState<string[]>([])
  const [failed, fail] = useState('')
  const [sending, send] = useState(false)
  const close = () => {
    fail('')
    ask(null)
  }
  // A dialog stays until the server has answered: what was written in it is not lost with the connection.
  const act = (what: BulkAct) => {
    setProblem([])
    fail('')
    send(true)
    actOnAll(rows.map((row) => row.id), what)
      .then(
        (outcome) => {
          done(outcome.done)
          setProblem(outcome.refused.map(({ id, why }) => refusal(rows.find((row) => row.id === id)?.contact.name ?? id, why)))
          close()
        },
        // Choosing whom to give it to leaves nothing written, and closes at once.
        (error: CallFailed) => (asked === 'assign' ? setProblem([error.message]) : fail(error.message)),
      )
      .finally(() => send(false))
  }
  const what = rows.length === 1 ? 'one escalation' : `${rows.length} escalations`
  return (
    <>
      {bar && rows.length > 0 && (
        <div class="bulk" role="toolbar" aria-label="For the chosen escalations" data-testid="bulk">
          <Button look="quiet" square aria-label="Choose nothing" onClick={clear}>
            <Icon name="close" />
          </Button>
          <strong>{rows.length} chosen</strong>
          <Button look="quiet" data-testid="bulk-assign" onClick={() => ask('assign')}>
            Assign <kbd>a</kbd>
          </Button>
          <Button look="quiet" data-testid="bulk-snooze" onClick={() => ask('snooze')}>
            Snooze <kbd>s</kbd>
          </Button>
          <Button look="quiet" data-testid="bulk-resolve" onClick={() => ask('resolve')}>
            Resolve <kbd>e</kbd>
          </Button>
          {rows.length > 1 && (
            <Button look="quiet" data-testid="bulk-merge" onClick={() => ask('merge')}>
              Merge <kbd>m</kbd>
            </Button>
          )}
        </div>
      )}
      {problem.length > 0 && (
        <div class="bulk-problem" role="alert" data-testid="bulk-problem">
          <ul>
            {problem.slice(0, 5).map((line) => (
              <li key={line}>
                <bdi>{line}</bdi>
              </li>
            ))}
          </ul>
          {problem.length > 5 && <p>and {problem.length - 5} more</p>}
          <Button look="quiet" onClick={() => setProblem([])}>
            Understood
          </Button>
        </div>
      )}
      {asked === 'assign' && rows.length > 0 && <AssignDialog me={me} what={what} give={(to) => act({ assign: { to } })} close={close} />}
      {asked === 'snooze' && rows.length > 0 && (
        <SnoozeDialog
          save={(hours, reason) => act({ snooze: { hours, reason } })}
          problem={failed}
          close={close}
        />
      )}
      {asked === 'resolve' && rows.length > 0 && (
        <VerdictDialog
          asked={false}
          title={`Resolve ${what} with one verdict`}
          save={(verdict) => act({ resolve: verdict })}
          problem={failed}
          sending={sending}
          close={close}
        />
      )}
      {asked === 'merge' && rows.length > 1 && <MergeDialog rows={rows} merge={(into) => act({ merge: { into } })} problem={failed} close={close} />}
    </>
  )
}
