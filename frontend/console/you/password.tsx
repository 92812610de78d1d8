// Another password, for who knows the current one. What is typed here stays on this page: it is the one
// form whose words are not kept in the tab.
import { useState } from 'preact/hooks'
import { call, type CallFailed } from '../api'
import { Button } from '../../shared/button'
import { Pill } from '../../shared/pill'
import { Card } from '../escalation/cards'
import { strengthOf } from './strength'
import type { You } from './types'

const NOTHING = { current: '', new: '' }

export function PasswordCard({ you, put }: { you: You; put(you: You): void }) {
  const [typed, type] = useState(NOTHING)
  const [shown, show] = useState(false)
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState('')
  const [done, setDone] = useState(false)
  const set = (more: Partial<typeof NOTHING>) => {
    type((before) => ({ ...before, ...more }))
    setDone(false)
  }
  const submit = (event: Event) => {
    event.preventDefault()
    setSending(true)
    setProblem('')
    call<You>('/you/password', typed)
      .then(
        (answer) => {
          put(answer)
          type(NOTHING)
          setDone(true)
        },
        (error: CallFailed) => setProblem(error.message),
      )
      .finally(() => setSending(false))
  }
  // The types know no password that is shown.
  const kind = (shown ? 'text' : 'password') as 'password'
  return (
    <Card title="Password" testid="own-password">
      <form class="you-form" onSubmit={submit}>
        <input type="hidden" autocomplete="username" value={you.signs_in_as} />
        <label for="current-password">Current password</label>
        <input class="vc-field" id="current-password" type={kind} autocomplete="current-password" maxLength={200} required value={typed.current} onInput={(event) => set({ current: event.currentTarget.value })} />
        <label for="new-password">New password</label>
        <input class="vc-field" id="new-password" type={kind} autocomplete="new-password" maxLength={200} required aria-describedby="password-help" value={typed.new} onInput={(event) => set({ new: event.currentTarget.value })} />
        <PasswordHelp password={typed.new} rules={you.rules} />
        {problem && (
          <p class="form-problem" role="alert">
            {problem}
          </p>
        )}
        <p class="you-foot">
          <Button type="submit" look="primary" disabled={sending}>
            Change the password
          </Button>
          <Button look="quiet" aria-pressed={shown} onClick={() => show(!shown)}>
            {shown ? 'Hide what I type' : 'Show what I type'}
          </Button>
        </p>
        <p role="status">{done && 'Changed. You have been signed out everywhere else.'}</p>
      </form>
    </Card>
  )
}

function PasswordHelp({ password, rules }: { password: string; rules: string[] }) {
  const strength = strengthOf(password)
  return (
    <div class="soft" id="password-help" aria-live="polite">
      {strength ? (
        <p data-testid="strength">
          <Pill look={strength.look}>{strength.grade}</Pill> {strength.advice}
        </p>
      ) : (
        rules.map((rule) => <p key={rule}>{rule}</p>)
      )}
    </div>
  )
}
