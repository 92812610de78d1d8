// Two clicks on a session in which nobody was called, and what all these answers say together.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Pill } from '../../shared/pill'
import { Card } from '../escalation/cards'
import { useNow } from '../hooks'
import { Empty } from '../states'
import { ago, day, percent, words } from '../words'
import type { Deciding, RecallRead, SilenceAudit } from './types'
import { answerAudit, changePolicy, type Live } from './use_deciding'

export function SilencePage({ found, live }: { found: Deciding; live: Live }) {
  return (
    <div class="deciding-columns">
      <Card title="Would a person have been needed?" testid="audits" more={<Pill>{found.audits.length} to look at</Pill>}>
        {found.audits.length === 0 && <Empty icon="check" title="Nothing to look at">A few are drawn at random when nobody else needs the minutes.</Empty>}
        <ul class="audits">
          {found.audits.map((one) => (
            <Audit key={one.id} one={one} live={live} />
          ))}
        </ul>
      </Card>
      <Card title="Who needed a person and reached one" testid="recall">
        <Recall read={found.recall} />
        <Share found={found} live={live} />
      </Card>
      <Card title="Your answers" testid="mine" more={<Pill>only you see this</Pill>}>
        <dl class="figures figures-short">
          <Figure name="Verdicts, last 90 days" value={found.mine.verdicts} />
          <Figure name="Of those, drawn at random" value={found.mine.asked_for} />
          <Figure name="Turned down with a reason" value={found.mine.rejections_with_reason} />
          <Figure name="Silent sessions looked at" value={found.mine.audits} />
        </dl>
        <p class="soft">Turning a call down with a reason is worth as much as any other verdict: the certificate is built on it.</p>
      </Card>
    </div>
  )
}

function Figure({ name, value }: { name: string; value: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Audit({ one, live }: { one: SilenceAudit; live: Live }) {
  const now = useNow()
  const answer = (needed: boolean) => live.run(() => answerAudit(one.id, needed))
  return (
    <li class="audit" data-testid="audit">
      <span class="audit-words">
        <strong>
          <bdi>{one.contact}</bdi>
        </strong>
        {one.account && <bdi class="soft"> of {one.account}</bdi>}
        <span class="soft">
          {' '}
          on <bdi>{one.page || '/'}</bdi>, {ago(one.seen_at, now)}; score {Math.round(one.score * 100)}, {words(one.rule)}
          {one.asked_of && `; asked of ${one.asked_of}`}
        </span>
      </span>
      <span class="actions">
        <Button disabled={live.busy} data-testid="audit-no" onClick={() => answer(false)}>
          Not needed
        </Button>
        <Button disabled={live.busy} data-testid="audit-yes" onClick={() => answer(true)}>
          Needed
        </Button>
      </span>
    </li>
  )
}

function Recall({ read }: { read: RecallRead }) {
  const { recall, sent, silent, confidence } = read
  return (
    <>
      <p class="lead" data-testid="recall-words">
        {recall.estimate === null ? 'Not known yet.' : `About ${percent(recall.estimate)}.`} Between {percent(recall.low)} and {percent(recall.high)}, {percent(confidence)} sure.
      </p>
      <svg class="interval" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect class="bar-rest" width="100" height="8" />
        <rect class="interval-fill" x={recall.low * 100} width={Math.max(0.5, (recall.high - recall.low) * 100)} height="8" />
      </svg>
      <p class="soft">
        Since {day(read.since)}: {sent.total} calls, {sent.judged} of them judged at random; {silent.total} sessions in which nobody was called, {silent.judged} of them looked at, {silent.needed} of those in need.
      </p>
    </>
  )
}

function Share({ found, live }: { found: Deciding; live: Live }) {
  const [share, setShare] = useState(String(Math.round(found.policy.silence_share * 1000) / 10))
  const value = Number(share) / 100
  const valid = share !== '' && value >= 0 && value <= 1
  return (
    <form
      class="inline-form"
      onSubmit={(event) => {
        event.preventDefault()
        live.run(() => changePolicy({ silence_share: value }))
      }}
    >
      <label>
        Look at, %
        <input class="vc-field" type="number" min={0} max={100} step={0.5} value={share} disabled={!found.may_change} onInput={(event) => setShare(event.currentTarget.value)} />
      </label>
      <Button type="submit" disabled={!found.may_change || live.busy || !valid || value === found.policy.silence_share}>
        Set
      </Button>
    </form>
  )
}
