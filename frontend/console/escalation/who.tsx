// Who is stuck: contact and account, each fact with where it is from and how old it is.
import type { Detail, Fact, Me } from '../types'
import { ago, compact, day, full } from '../words'
import { Card } from './cards'
import { TheirData } from './their_data'

export function Who({ detail, now, me, erased }: { detail: Detail; now: number; me: Me; erased(): void }) {
  const { contact, account } = detail.escalation
  return (
    <Card title="Who" testid="who">
      <p class="lead">
        <bdi>{contact.name}</bdi>
        {account ? (
          <>
            {' at '}
            <bdi>{account.name}</bdi>
          </>
        ) : (
          <span class="soft">{contact.identified ? ', no account told' : ', not identified by the product'}</span>
        )}
      </p>
      <dl class="who">
        {detail.facts.map((fact) => (
          <div key={fact.label} class="who-fact">
            <dt>{fact.label}</dt>
            <dd>
              <bdi>{readable(fact)}</bdi>
            </dd>
            <dd class="who-source">
              {fact.source}, {fact.as_of ? <time title={full(fact.as_of)}>{ago(fact.as_of, now)}</time> : 'age not known'}
            </dd>
          </div>
        ))}
      </dl>
      <TheirData id={detail.escalation.id} name={contact.name} me={me} erased={erased} />
    </Card>
  )
}

function readable({ label, value }: Fact): string {
  if (label === 'Annual revenue') return compact(Number(value))
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return `${day(value)} ${value.slice(0, 4)}`
  return value
}
