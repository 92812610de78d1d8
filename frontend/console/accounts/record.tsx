// What members write down about an account. Each change is in the audit.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { call } from '../api'
import { useLoaded } from '../hooks'
import { useMoney } from '../money'
import type { AccountList, AccountPage, AccountRecord } from './types'

export function RecordForm({ account, put, close }: { account: AccountRecord; put(page: AccountPage): void; close(): void }) {
  const owners = useLoaded<AccountList>('account owners', () => call(`/accounts?find=${encodeURIComponent(account.external_id)}`))
  const [wanted, setWanted] = useState({
    name: account.name,
    plan: account.plan,
    owner: account.owner ? String(account.owner.id) : '',
    annual_revenue: account.annual_revenue ?? '',
    renews_on: account.renews_on ?? '',
  })
  const [problem, setProblem] = useState('')
  const money = useMoney()
  const [busy, setBusy] = useState(false)
  const change = (more: Partial<typeof wanted>) => setWanted((before) => ({ ...before, ...more }))
  const save = () => {
    setBusy(true)
    const given = {
      name: wanted.name,
      plan: wanted.plan,
      owner: wanted.owner ? Number(wanted.owner) : null,
      annual_revenue: wanted.annual_revenue || null,
      renews_on: wanted.renews_on || null,
    }
    call<AccountPage>(`/accounts/${account.id}`, given)
      .then(
        (page) => {
          put(page)
          close()
        },
        (error: Error) => setProblem(error.message),
      )
      .finally(() => setBusy(false))
  }
  return (
    <form
      class="card row-form"
      data-testid="account-record"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <label>
        Name
        <input class="vc-field" required maxLength={200} value={wanted.name} onInput={(event) => change({ name: event.currentTarget.value })} />
      </label>
      <label>
        Plan
        <input class="vc-field" maxLength={60} value={wanted.plan} onInput={(event) => change({ plan: event.currentTarget.value })} />
      </label>
      <label>
        Revenue a year, {money.currency}
        <input class="vc-field" inputMode="decimal" pattern="\d{0,12}(\.\d{1,2})?" title="A number such as 48000" value={wanted.annual_revenue} onInput={(event) => change({ annual_revenue: event.currentTarget.value })} />
      </label>
      <label>
        Renews on
        <input class="vc-field" type="date" value={wanted.renews_on} onInput={(event) => change({ renews_on: event.currentTarget.value })} />
      </label>
      <label>
        Owner
        <select class="vc-field" value={wanted.owner} onChange={(event) => change({ owner: event.currentTarget.value })}>
          <option value="">Nobody</option>
          {(owners.value?.owners ?? (account.owner ? [account.owner] : [])).map(({ id, name }) => (
            <option key={id} value={String(id)}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Button type="submit" look="primary" disabled={busy}>
        Save
      </Button>
      {problem && (
        <p class="form-problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  )
}
