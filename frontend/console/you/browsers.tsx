// Where the member is signed in, and signing out everywhere but here.
import { useState } from 'preact/hooks'
import { call, type CallFailed } from '../api'
import { Button } from '../../shared/button'
import { Pill } from '../../shared/pill'
import { Card } from '../escalation/cards'
import { useNow } from '../hooks'
import { ago, full } from '../words'
import type { You } from './types'

export function BrowsersCard({ you, put }: { you: You; put(you: You): void }) {
  const now = useNow()
  const [sending, setSending] = useState(false)
  const [said, say] = useState('')
  const [problem, setProblem] = useState('')
  const end = () => {
    setSending(true)
    setProblem('')
    call<You>('/you/sign-out-elsewhere', {})
      .then(
        (answer) => {
          put(answer)
          say('You are signed in here only.')
        },
        (error: CallFailed) => setProblem(error.message),
      )
      .finally(() => setSending(false))
  }
  return (
    <Card title="Where you are signed in" testid="own-browsers">
      <ul class="lines">
        {you.browsers.map((one) => (
          <li key={one.began_at + one.browser} data-testid="own-browser">
            <span>
              <bdi>{one.browser}</bdi> {one.this && <Pill look="accent">this one</Pill>}
            </span>
            <span class="soft">
              since {full(one.began_at)}, {one.this ? 'in use now' : `last seen ${ago(one.seen_at, now)}`}
            </span>
          </li>
        ))}
      </ul>
      <p class="soft">Places are not known: VCSM keeps no addresses of its members.</p>
      {problem && (
        <p class="form-problem" role="alert">
          {problem}
        </p>
      )}
      <p class="you-foot">
        <Button disabled={sending} onClick={end}>
          Sign out everywhere else
        </Button>
        <span role="status">{said}</span>
      </p>
    </Card>
  )
}
