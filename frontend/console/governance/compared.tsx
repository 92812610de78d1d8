// Both sides of a backtest: figures, load per member and day, and every case that differs.
import { Icon } from '../../shared/icon'
import { Empty } from '../states'
import { compact, percent } from '../words'
import type { Comparison, Outcome } from './types'

export function Compared({ found }: { found: Comparison }) {
  if (found.decisions === 0)
    return (
      <Empty icon="search" title="Nothing was decided in this time">
        <p>A backtest decides stored cases again, and there are none yet.</p>
      </Empty>
    )
  return (
    <section class="compared" data-testid="compared" aria-live="polite">
      <Figures found={found} />
      <Missed found={found} />
      <Loads found={found} />
      <Cases title="False alarms that would have been avoided" count={found.counts.spared} cases={found.spared} found={found} />
      <Cases title="Calls that would have been added; nobody has judged them" count={found.counts.added} cases={found.added} found={found} />
      <p class="soft">
        {compact(found.decisions)} decisions of {found.days} days made again from their stored facts
        {found.unread > 0 && `; ${found.unread} are of an older shape and left out`}
        {found.cut && '; there were more, and the oldest are left out'}. What contacts did stays as it was: nobody knows what they would have done had other help come.
      </p>
    </section>
  )
}

function Figures({ found }: { found: Comparison }) {
  const { before, after, days } = found
  const figures: [string, string, string][] = [
    ['Escalations', String(before.escalations), String(after.escalations)],
    ['A day', (before.escalations / days).toFixed(1), (after.escalations / days).toFixed(1)],
    ['Offers of help', String(before.offers), String(after.offers)],
    ['Held back by guardrails', String(before.held_back), String(after.held_back)],
    ['Not sent: threshold or budget', String(before.displaced), String(after.displaced)],
    ['False alarms, at most', share(before), share(after)],
  ]
  return (
    <dl class="totals">
      {figures.map(([label, was, would]) => (
        <div key={label} class="total">
          <dt>{label}</dt>
          <dd class="total-value was-would">
            <span class="soft">{was}</span>
            <Icon name="arrow" />
            <span class={was === would ? '' : 'would-differ'}>{would}</span>
          </dd>
          <dd class="soft">{label.startsWith('False') ? `${percent(found.confidence)} sure, from ${after.false_alarms.drawn} drawn verdicts` : 'was, would have been'}</dd>
        </div>
      ))}
    </dl>
  )
}

function share(outcome: Outcome): string {
  return outcome.false_alarms.upper === null ? 'unknown' : percent(outcome.false_alarms.upper)
}

function Missed({ found }: { found: Comparison }) {
  const { missed } = found
  const none = missed.count === 0
  return (
    <div class={`banner ${none ? 'banner-good' : 'banner-warn'}`} data-testid="missed">
      <Icon name={none ? 'check' : 'warning'} />
      <div>
        <p>
          <strong>
            {none ? 'Nothing that members found needed would have been missed' : `${missed.count} of ${missed.of} that members found needed would have been missed`}
          </strong>
          {missed.of === 0 ? ': but no verdict says yet that anything was needed.' : `; between ${percent(missed.lower)} and ${percent(missed.upper)} in the long run, ${percent(found.confidence)} sure.`}
        </p>
        <CaseList cases={missed.cases} found={found} />
      </div>
    </div>
  )
}

function Loads({ found }: { found: Comparison }) {
  const after = new Map(found.after.loads.map((load) => [load.owner, load]))
  const owners = [...new Set([...found.before.loads, ...found.after.loads].map((load) => load.owner))]
  const before = new Map(found.before.loads.map((load) => [load.owner, load]))
  if (owners.length === 0) return null
  return (
    <div class="card card-flush">
      <div class="table-box" tabIndex={0} role="region" aria-label="Escalations of each member">
        <table class="table">
          <caption class="table-caption">Escalations of each member's accounts</caption>
          <thead>
            <tr>
              <th scope="col">Member</th>
              {['A day, was', 'A day, would', 'Fullest day, was', 'Fullest day, would'].map((label) => (
                <th key={label} scope="col" class="number">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {owners.map((owner) => (
              <tr key={owner}>
                <th scope="row">{owner}</th>
                <td class="number">{(before.get(owner)?.a_day ?? 0).toFixed(2)}</td>
                <td class="number">{(after.get(owner)?.a_day ?? 0).toFixed(2)}</td>
                <td class="number">{before.get(owner)?.most ?? 0}</td>
                <td class="number">{after.get(owner)?.most ?? 0}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

function Cases({ title, count, cases, found }: { title: string; count: number; cases: string[]; found: Comparison }) {
  if (count === 0) return null
  return (
    <section class="card">
      <header class="card-head">
        <h2>
          {title}: {count}
        </h2>
      </header>
      <CaseList cases={cases} found={found} />
    </section>
  )
}

function CaseList({ cases, found }: { cases: string[]; found: Comparison }) {
  if (cases.length === 0) return null
  return (
    <ul class="cases">
      {cases.map((id) => {
        const one = found.named[id]
        return (
          <li key={id}>
            {one ? (
              <a href={`/console/escalations/${id.slice('escalation:'.length)}`}>
                {one.summary} <span class="soft">· {[one.contact, one.account].filter(Boolean).join(', ')}</span>
              </a>
            ) : (
              <bdi class="soft">{id}</bdi>
            )}
          </li>
        )
      })}
    </ul>
  )
}
