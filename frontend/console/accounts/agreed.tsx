// What was agreed with the account: promises, the plan and its steps, the first steps.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Pill, type PillLook } from '../../shared/pill'
import { call } from '../api'
import { Card } from '../escalation/cards'
import { useLoaded, useNow } from '../hooks'
import type { Overview } from '../settings/types'
import type { Me } from '../types'
import { ago, full } from '../words'
import { longDay } from './list'
import type { AccountPage } from './types'

const LOOKS: Record<string, PillLook> = { open: 'info', kept: 'good', withdrawn: 'neutral' }

interface AgreedProps {
  page: AccountPage
  put(page: AccountPage): void
  me: Me
}

export function Agreed({ page, put, me }: AgreedProps) {
  const now = useNow()
  return (
    <Card title="Promises and plan" testid="account-agreed">
      <h3 class="card-under">Promises</h3>
      {page.promises.length === 0 && <p class="soft">No promises yet.</p>}
      <ul class="lines">
        {page.promises.slice(0, 8).map((promise) => {
          const late = promise.state === 'open' && promise.due_at !== null && Date.parse(promise.due_at) < now
          return (
            <li key={promise.id}>
              <span>
                <bdi>{promise.text}</bdi> <Pill look={late ? 'danger' : LOOKS[promise.state] ?? 'neutral'}>{late ? 'late' : promise.state}</Pill>
              </span>
              <span class="soft">
                <bdi>{promise.member || 'a member who left'}</bdi> to <bdi>{promise.contact.name}</bdi>
                {promise.due_at && (
                  <>
                    , due <time dateTime={promise.due_at} title={full(promise.due_at)}>{ago(promise.due_at, now)}</time>
                  </>
                )}
              </span>
            </li>
          )
        })}
      </ul>
      <h3 class="card-under">Plan</h3>
      {page.plan ? (
        <>
          <p class="lead">
            <bdi>{page.plan.goal}</bdi>
          </p>
          <ol class="lines plan-steps">
            {page.plan.steps.map((step) => (
              <li key={step.id}>
                <span>
                  <Pill look={step.done_at ? 'good' : 'neutral'}>{step.done_at ? 'done' : step.whose}</Pill> <bdi>{step.title}</bdi>
                </span>
                <span class="soft">{step.done_at ? `by ${step.done_by}` : step.due_on ? `due ${longDay(step.due_on)}` : 'no date'}</span>
              </li>
            ))}
          </ol>
        </>
      ) : (
        <p class="soft">No plan has been agreed.</p>
      )}
      {me.member.role !== 'product' && <FromTemplate page={page} put={put} />}
    </Card>
  )
}

function FromTemplate({ page, put }: { page: AccountPage; put(page: AccountPage): void }) {
  const setup = useLoaded<Overview>('setup', () => call('/setup'))
  const [chosen, choose] = useState('')
  const [problem, setProblem] = useState('')
  const templates = setup.value?.templates ?? []
  if (templates.length === 0) return null
  const agree = () =>
    call<AccountPage>(`/accounts/${page.account.id}/plan`, { template: Number(chosen) }).then(
      (changed) => {
        choose('')
        put(changed)
      },
      (error: Error) => setProblem(error.message),
    )
  return (
    <form
      class="row-form"
      onSubmit={(event) => {
        event.preventDefault()
        void agree()
      }}
    >
      <label>
        <span class="vc-hidden-text">Template</span>
        <select class="vc-field" value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
          <option value="">{page.plan ? 'Replace it with a template' : 'Start one from a template'}</option>
          {templates.map(({ id, name }) => (
            <option key={id} value={String(id)}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Button type="submit" disabled={!chosen}>
        Agree
      </Button>
      {problem && <span role="alert">{problem}</span>}
    </form>
  )
}
