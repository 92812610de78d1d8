// One account on one page: what a member reads before they write to it.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Pill } from '../../shared/pill'
import { follow } from '../address'
import { call } from '../api'
import { Card } from '../escalation/cards'
import { useLoaded, useNow } from '../hooks'
import { Failed, Loading } from '../states'
import { useMoney } from '../money'
import type { Me } from '../types'
import { ago, factWords, full, kindWords, percent, words } from '../words'
import { Agreed } from './agreed'
import { HealthMark, HealthParts } from './health'
import { longDay } from './list'
import { RecordForm } from './record'
import type { AccountPage } from './types'

export function WholeAccount({ id, me }: { id: number; me: Me }) {
  const page = useLoaded<AccountPage>(`account ${id}`, () => call(`/accounts/${id}`))
  if (!page.value) return page.error ? <Failed error={page.error} retry={page.again} whole /> : <Loading rows={8} label="Reading the account" />
  return <Shown page={page.value} put={page.put} me={me} />
}

function Shown({ page, put, me }: { page: AccountPage; put(page: AccountPage): void; me: Me }) {
  const [editing, edit] = useState(false)
  const { account } = page
  const money = useMoney()
  return (
    <section class="friction account" data-testid="account" aria-labelledby="account-title">
      <p>
        <a {...follow({ page: 'room', room: 'accounts', rest: '', query: {} })}>All accounts</a>
      </p>
      <header class="page-head">
        <div>
          <h1 id="account-title">
            <bdi>{account.name}</bdi>
          </h1>
          <p class="account-line">
            <HealthMark health={page.health} trend={page.trend} />
            <span>{account.annual_revenue === null ? 'Revenue not known' : `${money.full(Number(account.annual_revenue))} a year`}</span>
            <span>{account.renews_on ? `Renews ${longDay(account.renews_on)}` : 'Renewal not known'}</span>
            <span>{account.owner ? <>Owner <bdi>{account.owner.name}</bdi></> : 'No owner'}</span>
          </p>
        </div>
        {me.member.role !== 'product' && <Button onClick={() => edit(!editing)}>{editing ? 'Close' : 'Change the record'}</Button>}
      </header>
      {editing && <RecordForm account={account} put={put} close={() => edit(false)} />}
      <div class="account-columns">
        <Card title="Health" testid="account-health">
          <HealthParts page={page} />
        </Card>
        <People page={page} />
        <Wants page={page} />
        <Calls page={page} />
        <Talks page={page} />
        <Struggles page={page} />
        <Agreed page={page} put={put} me={me} />
        <Facts page={page} />
      </div>
    </section>
  )
}

function None({ children }: { children: string }) {
  return <p class="soft">{children}</p>
}

function When({ at }: { at: string }) {
  const now = useNow()
  return (
    <time class="soft" dateTime={at} title={full(at)}>
      {ago(at, now)}
    </time>
  )
}

function People({ page }: { page: AccountPage }) {
  return (
    <Card title="Contacts and stakeholders" testid="account-people">
      {page.people.length === 0 && <None>No contact of this account has been seen.</None>}
      <ul class="lines">
        {page.people.map(({ contact, seen_at, sessions, stakes, steps_done }) => (
          <li key={contact.id}>
            <span>
              <strong>
                <bdi>{contact.name}</bdi>
              </strong>{' '}
              {contact.email && <bdi class="soft">{contact.email}</bdi>} {stakes && <Pill look="accent">{stakes}</Pill>}
            </span>
            <span class="soft">
              {sessions === 1 ? '1 visit' : `${sessions} visits`}
              {page.steps.length > 0 && `, ${steps_done} of ${page.steps.length} first steps`}
              {seen_at && (
                <>
                  , seen <When at={seen_at} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      <p class="soft">Stakes come from what was seen here; VCSM is not told roles or titles.</p>
    </Card>
  )
}

function Wants({ page }: { page: AccountPage }) {
  return (
    <Card title="Goals and intents" testid="account-wants">
      {page.goals.length > 0 && (
        <ul class="lines">
          {page.goals.map(({ contact, title, share, at }) => (
            <li key={contact.id}>
              <span>
                <bdi>{contact.name}</bdi>: <strong>{title}</strong> <Pill>{percent(share)} clear</Pill>
              </span>
              <When at={at} />
            </li>
          ))}
        </ul>
      )}
      {page.wants.length === 0 && <None>They asked nothing, and nothing else shows what they want.</None>}
      <ul class="lines">
        {page.wants.slice(0, 8).map((want) => (
          <li key={`${want.at}${want.contact.id}`}>
            <span>
              {want.text ? <q dir="auto">{want.text}</q> : want.title || 'no known intent'} <span class="soft">{want.text && (want.title || 'no known intent fits')}</span>
            </span>
            <When at={want.at} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Calls({ page }: { page: AccountPage }) {
  return (
    <Card title="Escalations" testid="account-escalations">
      {page.escalations.length === 0 && <None>No escalation for this account so far.</None>}
      <ul class="lines">
        {page.escalations.slice(0, 10).map((one) => (
          <li key={one.id}>
            <span>
              <a href={`/console/escalations/${one.id}`}>
                <bdi>{one.summary}</bdi>
              </a>{' '}
              <Pill look={one.state === 'resolved' ? 'neutral' : 'warn'}>{one.state}</Pill>
            </span>
            <span class="soft">
              <bdi>{one.contact.name}</bdi>, {one.owner ? <bdi>{one.owner.name}</bdi> : 'nobody’s'}, <When at={one.opened_at} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Talks({ page }: { page: AccountPage }) {
  return (
    <Card title="Conversations" testid="account-conversations">
      {page.conversations.length === 0 && <None>No messages yet.</None>}
      <ul class="lines">
        {page.conversations.slice(0, 8).map((talk) => (
          <li key={talk.id}>
            <span>
              <bdi>{talk.contact.name}</bdi>: <span dir="auto">{talk.latest ? `“${talk.latest}”` : 'nothing in words'}</span>
            </span>
            <span class="soft">
              {talk.messages === 1 ? '1 message' : `${talk.messages} messages`}, <When at={talk.said_at} />{' '}
              {talk.escalation && <a href={`/console/escalations/${talk.escalation}`}>Read</a>}
            </span>
          </li>
        ))}
      </ul>
      {page.ratings.length > 0 && (
        <>
          <h3 class="card-under">How they rated the help</h3>
          <ul class="lines">
            {page.ratings.slice(0, 5).map((rating) => (
              <li key={rating.at}>
                <span>
                  {rating.score} of 5 {rating.comment && <q dir="auto">{rating.comment}</q>}
                </span>
                <span class="soft">
                  <bdi>{rating.contact.name}</bdi>, <When at={rating.at} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}

function Struggles({ page }: { page: AccountPage }) {
  return (
    <Card title="Friction" testid="account-friction">
      {page.problems.length > 0 && (
        <>
          <h3 class="card-under">Part of open problems</h3>
          <ul class="lines">
            {page.problems.map((problem) => (
              <li key={problem.id}>
                <a {...follow({ page: 'room', room: 'problems', rest: problem.id, query: {} })}>
                  <bdi>{problem.title}</bdi>
                </a>
                <span class="soft">
                  {words(problem.state)}, began <When at={problem.began_at} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {page.friction.length === 0 && <None>No struggle has been seen.</None>}
      <ul class="lines">
        {page.friction.slice(0, 10).map((one) => (
          <li key={one.id}>
            <span>
              {kindWords(one.kind)} on <bdi>{one.element_name || one.element || one.page}</bdi> {one.count > 1 && <span class="soft">{one.count} times</span>}
            </span>
            <span class="soft">
              <bdi>{one.contact.name}</bdi>, <When at={one.last_at} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Facts({ page }: { page: AccountPage }) {
  const money = useMoney()
  return (
    <Card title="Facts" testid="account-facts">
      <dl class="account-facts">
        {page.facts.map((fact) => (
          <div key={fact.label}>
            <dt>{fact.label}</dt>
            <dd>
              <bdi>{factWords(fact, money)}</bdi>
              <span class="soft">
                {fact.source}
                {fact.as_of ? (
                  <>
                    , <When at={fact.as_of} />
                  </>
                ) : (
                  ', age not known'
                )}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
