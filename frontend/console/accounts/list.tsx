// The list of accounts. The address holds filters and order; j, k and Enter move through the rows.
import { useEffect, useRef, useState } from 'preact/hooks'
import { follow, go, type RoomAddress } from '../address'
import { call } from '../api'
import { useLoaded } from '../hooks'
import { useShortcuts } from '../keys'
import { Empty, Failed, Loading } from '../states'
import { Amount } from '../money'
import { day } from '../words'
import type { RoomProps } from '../rooms'
import { HealthMark } from './health'
import type { AccountLine, AccountList } from './types'

export const opening = (id: number) => ({ page: 'room', room: 'accounts', rest: String(id), query: {} }) as const

type Column = { order: string; title: string; number?: boolean; down?: boolean }

/** `down`: a first click on the column's head puts the largest first. */
const COLUMNS: Column[] = [
  { order: 'name', title: 'Account' },
  { order: 'health', title: 'Health' },
  { order: 'revenue', title: 'A year', number: true, down: true },
  { order: 'renewal', title: 'Renews', number: true },
  { order: 'open', title: 'Open calls', number: true, down: true },
  { order: 'owner', title: 'Owner' },
]

export function AccountsList({ address, me }: RoomProps) {
  const query = new URLSearchParams(address.query).toString()
  const found = useLoaded<AccountList>(`accounts ${query}`, () => call(`/accounts?${query}`))
  const [last, keep] = useState<AccountList>()
  useEffect(() => {
    if (found.value) keep(found.value)
  }, [found.value])
  const list = found.value ?? last
  return (
    <section class="friction accounts" data-testid="accounts">
      <header class="page-head">
        <div>
          <h1>Accounts</h1>
          <p class="soft">{list ? howMany(list) : 'Every customer, and how they are doing.'}</p>
        </div>
      </header>
      <Filters address={address} list={list} mine={me.member.id} />
      {found.error ? <Failed error={found.error} retry={found.again} /> : list ? <Table list={list} address={address} /> : <Loading rows={8} label="Reading the accounts" />}
    </section>
  )
}

function Filters({ address, list, mine }: { address: RoomAddress; list: AccountList | undefined; mine: number }) {
  const box = useRef<HTMLInputElement>(null)
  const asked = address.query
  const set = (name: string, value: string) => go({ ...address, query: { ...asked, [name]: value } }, 'replace')
  useShortcuts([{ key: 'f', what: 'Filter the accounts', run: () => box.current?.focus() }])
  return (
    <form class="filters account-filters" role="search" aria-label="Filter the accounts" onSubmit={(event) => event.preventDefault()}>
      <label class="account-find">
        <span class="vc-hidden-text">Name, id or plan</span>
        <input ref={box} class="vc-field" type="search" placeholder="Name, id or plan" value={asked.find ?? ''} onInput={(event) => set('find', event.currentTarget.value)} data-testid="account-find" />
      </label>
      <Choice name="health" label="Health" value={asked.health} options={[['poor', 'Poor'], ['fair', 'Fair'], ['good', 'Good'], ['unknown', 'Not known']]} set={set} />
      <Choice name="trend" label="Trend" value={asked.trend} options={[['falling', 'Falling'], ['steady', 'Steady'], ['rising', 'Rising']]} set={set} />
      <Choice name="owner" label="Owner" value={asked.owner} options={[[String(mine), 'Mine'], ['0', 'Nobody’s'], ...(list?.owners ?? []).filter(({ id }) => id !== mine).map(({ id, name }): [string, string] => [String(id), name])]} set={set} />
      <Choice name="plan" label="Plan" value={asked.plan} options={(list?.plans ?? []).map((plan): [string, string] => [plan, plan])} set={set} />
      <Choice name="renews_within" label="Renews" value={asked.renews_within} options={[['30', 'Within 30 days'], ['90', 'Within 90 days'], ['180', 'Within 180 days']]} set={set} />
      <label class="account-open">
        <input type="checkbox" checked={asked.open === 'true'} onChange={(event) => set('open', event.currentTarget.checked ? 'true' : '')} /> With open calls
      </label>
    </form>
  )
}

interface ChoiceProps {
  name: string
  label: string
  value: string | undefined
  options: [string, string][]
  set(name: string, value: string): void
}

function Choice({ name, label, value, options, set }: ChoiceProps) {
  return (
    <label>
      <span class="vc-hidden-text">{label}</span>
      <select class="vc-field" value={value ?? ''} onChange={(event) => set(name, event.currentTarget.value)}>
        <option value="">{label}: all</option>
        {options.map(([key, title]) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </select>
    </label>
  )
}

function Table({ list, address }: { list: AccountList; address: RoomAddress }) {
  const [hand, setHand] = useState(-1)
  const body = useRef<HTMLTableSectionElement>(null)
  const move = (step: number) => {
    const next = Math.max(0, Math.min(list.lines.length - 1, hand + step))
    setHand(next)
    body.current?.rows[next]?.querySelector('a')?.focus()
  }
  useShortcuts([
    { key: 'j', what: 'Next account', run: () => move(1) },
    { key: 'k', what: 'Previous account', run: () => move(-1) },
  ])
  if (list.lines.length === 0)
    return (
      <Empty icon="person" title={list.total ? 'No account matches' : 'No account yet'}>
        <p>{list.total ? 'Remove a filter.' : 'Accounts appear when your product identifies its users with the account they belong to.'}</p>
        <a {...follow({ page: 'room', room: list.total ? 'accounts' : 'settings', rest: '', query: {} })}>{list.total ? 'All accounts' : 'How to install the widget'}</a>
      </Empty>
    )
  return (
    <>
      <div class="card card-flush">
        <div class="table-box" tabIndex={0} role="region" aria-label="Accounts">
          <table class="table" data-testid="account-table">
            <thead>
              <tr>
                {COLUMNS.map((column) => (
                  <Head key={column.order} column={column} address={address} />
                ))}
              </tr>
            </thead>
            <tbody ref={body}>
              {list.lines.map((line) => (
                <Row key={line.id} line={line} />
              ))}
            </tbody>
          </table>
        </div>
      </div>
      {list.found > list.lines.length && <p class="soft">The first {list.lines.length} are shown; filter to see others.</p>}
    </>
  )
}

function Head({ column, address }: { column: Column; address: RoomAddress }) {
  const { order = 'health', descending = '' } = address.query
  const here = order === column.order
  const down = here ? descending !== 'true' : Boolean(column.down)
  const sort = here ? (descending === 'true' ? 'descending' : 'ascending') : undefined
  return (
    <th scope="col" class={column.number ? 'number' : undefined} aria-sort={sort}>
      <button type="button" class="sort" onClick={() => go({ ...address, query: { ...address.query, order: column.order, descending: down ? 'true' : '' } }, 'replace')}>
        {column.title}
      </button>
    </th>
  )
}

function Row({ line }: { line: AccountLine }) {
  return (
    <tr data-testid="account-row">
      <th scope="row">
        <a class="account-name" {...follow(opening(line.id))}>
          <bdi>{line.name}</bdi>
        </a>
        <span class="soft account-under">
          {line.plan && <>{line.plan}, </>}
          {line.contacts === 1 ? '1 contact' : `${line.contacts} contacts`}
        </span>
      </th>
      <td>
        <HealthMark health={line.health} trend={line.trend} />
      </td>
      <td class="number">{line.annual_revenue === null ? <span class="soft">not known</span> : <Amount of={Number(line.annual_revenue)} />}</td>
      <td class="number">{line.renews_on ? <time dateTime={line.renews_on}>{longDay(line.renews_on)}</time> : <span class="soft">not known</span>}</td>
      <td class="number">{line.open_escalations || <span class="soft">0</span>}</td>
      <td>{line.owner ? <bdi>{line.owner.name}</bdi> : <span class="soft">nobody</span>}</td>
    </tr>
  )
}

/** Returns a date without a time, and with its year unless that is this year. */
export function longDay(date: string): string {
  const year = date.slice(0, 4)
  const at = `${date}T12:00:00`
  return Number(year) === new Date().getFullYear() ? day(at) : `${day(at)} ${year}`
}

function howMany({ found, total }: AccountList): string {
  return `${found === total ? '' : `${found} of `}${total} ${total === 1 ? 'account' : 'accounts'}`
}
