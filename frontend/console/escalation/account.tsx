// The account around the contact: health with its parts, who else is there, and the problems the
// escalation belongs to.
import { follow } from '../address'
import { Pill, type PillLook } from '../../shared/pill'
import type { Loaded } from '../hooks'
import type { Detail } from '../types'
import { ago, words } from '../words'
import type { Around, Health } from './around'
import { Card } from './cards'

const LOOKS: Record<string, PillLook> = { good: 'good', fair: 'warn', poor: 'danger', unknown: 'neutral' }

export function AccountCard({ detail, around, now }: { detail: Detail; around: Loaded<Around>; now: number }) {
  const found = around.value
  const { account } = detail.escalation
  if (!found || !account) return null
  const link = follow({ page: 'room', room: 'accounts', rest: String(account.id), query: {} })
  return (
    <Card
      title="Account"
      testid="account"
      more={
        <a {...link}>
          <bdi>{account.name}</bdi>
        </a>
      }
    >
      {found.health && <HealthParts health={found.health} />}
      <h3 class="card-sub">Contacts</h3>
      <ul class="facts">
        {found.stakeholders.map((one) => (
          <li key={one.id} class="fact">
            <span class="fact-main">
              <strong>
                <bdi>{one.name}</bdi>
              </strong>
              {one.id === detail.escalation.contact.id && <span class="soft"> this contact</span>}{' '}
              {one.open_escalations > 0 && <Pill look="warn">{one.open_escalations} open</Pill>}
            </span>
            <span class="soft" title={`${one.sessions} visits`}>
              {one.seen_at ? ago(one.seen_at, now) : 'never seen'}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function HealthParts({ health }: { health: Health }) {
  return (
    <div data-testid="health">
      <p class="lead">
        Health {health.score ?? 'not known'} <Pill look={LOOKS[health.word] ?? 'neutral'}>{health.word}</Pill>{' '}
        <span class="soft">{health.trend === 'unknown' ? 'no trend yet' : health.trend}</span>
      </p>
      <dl class="health-parts">
        {health.parts.map((part) => (
          <div key={part.name}>
            <dt>{words(part.name)}</dt>
            <dd>
              <svg class="chance-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                <rect class="bar-rest" width="100" height="4" />
                {part.value !== null && <rect class="bar-fill" width={part.value * 100} height="4" />}
              </svg>
              <span class={part.value === null ? 'soft' : ''}>{part.says}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

export function ProblemsCard({ around, now }: { around: Loaded<Around>; now: number }) {
  const problems = around.value?.problems ?? []
  if (problems.length === 0) return null
  return (
    <Card title="Belongs to" testid="belongs">
      <ul class="facts">
        {problems.map((problem) => (
          <li key={problem.id} class="fact fact-tall">
            <span class="fact-main">
              <a {...follow({ page: 'room', room: 'problems', rest: problem.id, query: {} })}>
                <bdi>{problem.title}</bdi>
              </a>
              {problem.team && <span class="soft"> {problem.team}</span>}
            </span>
            <span class="fact-side">
              <Pill look={problem.state === 'open' ? 'danger' : 'warn'}>{words(problem.state)}</Pill> <span class="soft">began {ago(problem.began_at, now)}</span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
