// Problems: one row per cause, costliest first; and what else the product team reads.
import './problems.css'
import { follow } from '../address'
import { call } from '../api'
import { useLoaded, useNow } from '../hooks'
import { Tabs } from '../room'
import type { RoomProps } from '../rooms'
import { Empty, Failed, Loading } from '../states'
import { ago, compact, shortClock } from '../words'
import { Silent } from './blind'
import { PlacesView } from './places'
import type { Problem, Problems } from './types'
import { Whole } from './whole'
import { money, SCOPES, STATES } from './problem_words'

const TABS: [string, string][] = [
  ['', 'Standing'],
  ['verified', 'Verified'],
  ['places', 'Pages, flows, searches'],
]

export default function ProblemsPage({ address }: RoomProps) {
  const opened = /^[0-9a-f-]{36}$/.test(address.rest) ? address.rest : null
  return (
    <section class="friction problems" data-testid="problems">
      <header class="page-head">
        <div>
          <h1>Problems</h1>
          <p class="soft">The same friction hitting many is one problem. At most one in ten of them is expected to be a false alarm.</p>
        </div>
        <Tabs room="problems" rest={opened ? '' : address.rest} tabs={TABS} label="Problems" />
      </header>
      {opened ? <Whole id={opened} /> : address.rest === 'places' ? <PlacesView address={address} /> : <List view={address.rest === 'verified' ? 'verified' : 'standing'} />}
    </section>
  )
}

function List({ view }: { view: 'standing' | 'verified' }) {
  const found = useLoaded(`problems ${view}`, () => call<Problems>(`/problems?view=${view}`))
  const now = useNow()
  if (found.error) return <Failed error={found.error} retry={found.again} />
  if (!found.value) return <Loading rows={6} label="Reading the problems" />
  const { problems, blind, looked_to, revenue_exposed } = found.value
  return (
    <>
      <Silent blind={blind} />
      {problems.length === 0 ? (
        <Empty icon={looked_to ? 'check' : 'search'} title={view === 'verified' ? 'Nothing has been verified yet' : 'No problem stands'}>
          <p>{looked_to ? `Everything up to ${shortClock(looked_to)} has been looked at.` : 'Nothing has been looked at yet: rates come once the widget sends events, or after manage.py import_events.'}</p>
        </Empty>
      ) : (
        <>
          <p class="soft">
            {money(revenue_exposed)} a year is exposed, each account counted once.
          </p>
          <div class="card card-flush">
            <div class="table-box" tabIndex={0} role="region" aria-label="Problems">
              <table class="table">
                <thead>
                  <tr>
                    <th scope="col">Problem</th>
                    <th scope="col">State</th>
                    <th scope="col" class="number">Revenue</th>
                    <th scope="col" class="number">Accounts</th>
                    <th scope="col" class="number">Contacts</th>
                    <th scope="col">Owner</th>
                    <th scope="col" class="number">Since</th>
                  </tr>
                </thead>
                <tbody>
                  {problems.map((problem) => (
                    <Line key={problem.id} problem={problem} now={now} />
                  ))}
                </tbody>
              </table>
            </div>
          </div>
        </>
      )}
    </>
  )
}

function Line({ problem, now }: { problem: Problem; now: number }) {
  const late = problem.state === 'open' && problem.due_at !== null && Date.parse(problem.due_at) < now
  return (
    <tr data-testid="problem-line">
      <th scope="row" class="what">
        <a {...follow({ page: 'room', room: 'problems', rest: problem.id, query: {} })}>
          <bdi>{problem.title}</bdi>
        </a>
        <span class="soft">
          {SCOPES[problem.scope]}
          {problem.release && `, began with release ${problem.release}`}
        </span>
      </th>
      <td>
        <span class={`state state-${problem.state}`}>{STATES[problem.state]}</span>
        {late && <span class="late"> late</span>}
      </td>
      <td class="number number-lead">{money(problem.cost.revenue)}</td>
      <td class="number">{compact(problem.cost.accounts)}</td>
      <td class="number">{compact(problem.cost.contacts)}</td>
      <td>{problem.team || <span class="soft">nobody</span>}</td>
      <td class="number">{ago(problem.began_at, now)}</td>
    </tr>
  )
}
