// Who is stuck: contact and account, each fact with its source and age.
import { useMoney } from '../money'
import type { Detail, Me } from '../types'
import { ago, factWords, full } from '../words'
import { Card } from './cards'
import { TheirData } from './their_data'

export function Who({ detail, now, me, erased }: { detail: Detail; now: number; me: Me; erased(): void }) {
  const { contact, account } = detail.escalation
  const money = useMoney()
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
          <span class="soft">{contact.identified ? ', no account known' : ', not identified by the product'}</span>
        )}
      </p>
      <dl class="who">
        {detail.facts.map((fact) => (
          <div key={fact.label} class="who-fact">
            <dt>{fact.label}</dt>
            <dd>
              <bdi>{factWords(fact, money)}</bdi>
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
