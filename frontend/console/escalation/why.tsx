// Why now, in words: what spoke for a person and against one, and what minutes are worth here.
import { Pill } from '../../shared/pill'
import type { Loaded } from '../hooks'
import { Amount, useMoney } from '../money'
import type { Decision, Detail } from '../types'
import { percent, reasonWords, words } from '../words'
import type { Around, Because, Worth } from './around'
import { Card } from './cards'

const SHOWN = 6
/** The names among a decision's numbers that are amounts of money. */
const AMOUNTS = ['value', 'price_of_minute']

export function WhyNow({ detail, around }: { detail: Detail; around: Loaded<Around> }) {
  const latest = detail.decisions[0]
  const found = around.value
  return (
    <Card title="Why now" testid="why" more={<Pill look="danger">score {Math.round(detail.escalation.score * 100)}</Pill>}>
      <p class="lead">{reasonWords(detail.escalation.reason)}</p>
      {found?.rule_means && <p>{found.rule_means}</p>}
      {found && <Reasons because={found.because} />}
      {found?.unreadable && <p class="unseen">The facts of this decision can no longer be read, so its reasons cannot be shown.</p>}
      {found?.worth && <Minutes worth={found.worth} />}
      <Standing detail={detail} />
      {detail.unseen.length > 0 && (
        <p class="unseen" data-testid="unseen">
          <strong>Not seen when deciding:</strong> {detail.unseen.join(', ')}. What is missing counts neither for nor against.
        </p>
      )}
      {latest && <Numbers decision={latest} />}
    </Card>
  )
}

function Reasons({ because }: { because: Because[] }) {
  if (because.length === 0) return null
  return (
    <ul class="because" data-testid="because">
      {because.slice(0, SHOWN).map((one) => (
        <li key={one.words}>
          <span class={`because-mark ${one.adds > 0 ? 'because-up' : 'because-down'}`} aria-hidden="true">
            {one.adds > 0 ? '▲' : '▼'}
          </span>
          <span>
            {one.words} <span class="soft">{one.effect} the chance</span>
          </span>
        </li>
      ))}
    </ul>
  )
}

function Minutes({ worth }: { worth: Worth }) {
  return (
    <p class="worth" data-testid="worth">
      <strong>
        {Math.round(worth.minutes)} minutes here are expected to bring <Amount of={worth.value} />
      </strong>{' '}
      (<Amount of={worth.low} /> to <Amount of={worth.high} />
      {worth.price !== null && (
        <>
          ; elsewhere today they would bring <Amount of={worth.price} />
        </>
      )}
      ). <span class="soft">{worth.how}.</span>
    </p>
  )
}

/** Shows what a CSM needs in order to trust a call: the record of its kind, and how sure it is. */
function Standing({ detail: { track, escalation } }: { detail: Detail }) {
  const { probability, probability_low: low, probability_high: high, in_doubt: doubt } = escalation.worth
  return (
    <div class="standing" data-testid="standing">
      <p>{recordWords(track)}</p>
      {probability !== undefined && (
        <p>
          A person is needed: {percent(probability)} ({percent(low ?? 0)} to {percent(high ?? 1)}).
        </p>
      )}
      {doubt === 1 && (
        <p class="unseen" data-testid="in-doubt">
          <strong>A question, not a call:</strong> the numbers do not say whether this is worth your minutes. Take it over, snooze it, or turn it down with a reason.
        </p>
      )}
      {escalation.verdict_asked && escalation.state !== 'resolved' && (
        <p class="soft" data-testid="verdict-asked">
          Your verdict is asked for: this one was drawn at random.
        </p>
      )}
    </div>
  )
}

function recordWords({ right, of }: Detail['track']): string {
  if (of === 0) return 'No verdict on a call of this kind yet.'
  if (of === 1) return `The one call of this kind with a verdict was ${right ? 'right' : 'a false alarm'}.`
  return `Of the last ${of} calls of this kind, ${right} were right.`
}

/** Shows the rule by its name and the numbers it compared, for members who want to check. */
function Numbers({ decision }: { decision: Decision }) {
  const money = useMoney()
  return (
    <details class="numbers-all">
      <summary>Numbers</summary>
      <dl class="numbers">
        <div>
          <dt>Rule</dt>
          <dd>
            <code>{decision.rule}</code>
          </dd>
        </div>
        {Object.entries(decision.numbers).map(([name, value]) => (
          <div key={name}>
            <dt>{words(name)}</dt>
            <dd>{AMOUNTS.includes(name) ? money.full(value) : Math.round(value * 100) / 100}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
