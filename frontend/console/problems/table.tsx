// Problems as rows: what it is, its state, what it costs, who owns it and the deadline.
import { follow } from '../address'
import { useNow } from '../hooks'
import { Amount } from '../money'
import { ago, compact, shortClock } from '../words'
import { SCOPES, STATES } from './problem_words'
import type { Problem } from './types'

export function ProblemTable({ problems }: { problems: Problem[] }) {
  const now = useNow()
  return (
    <div class="card card-flush">
      <div class="table-box" tabIndex={0} role="region" aria-label="Problems">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Problem</th>
              <th scope="col">State</th>
              <th scope="col" class="number">Revenue a year</th>
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
  )
}

function Line({ problem, now }: { problem: Problem; now: number }) {
  const due = problem.state === 'open' && problem.due_at !== null
  const late = due && Date.parse(problem.due_at!) < now
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
        {due && <span class={late ? 'late' : 'soft'}> {late ? `was to be acknowledged ${ago(problem.due_at!, now)}` : `to be acknowledged by ${shortClock(problem.due_at!)}`}</span>}
      </td>
      <td class="number number-lead"><Amount of={problem.cost.revenue} /></td>
      <td class="number">{compact(problem.cost.accounts)}</td>
      <td class="number">{compact(problem.cost.contacts)}</td>
      <td>{problem.team || <span class="soft">nobody</span>}</td>
      <td class="number">{ago(problem.began_at, now)}</td>
    </tr>
  )
}
