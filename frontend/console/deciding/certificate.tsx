// The slider for the largest share of false alarms. It stays valid whichever share is picked after
// looking at all of them.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Icon } from '../../shared/icon'
import { Pill } from '../../shared/pill'
import { Card } from '../escalation/cards'
import { useNow } from '../hooks'
import { ago, percent } from '../words'
import type { Choice, Deciding, Proven } from './types'
import { type Live, pickShare } from './use_deciding'

export function CertificatePage({ found, live }: { found: Deciding; live: Live }) {
  const { proven } = found
  const first = proven.choices.findIndex((one) => one.max_false_share === proven.max_false_share)
  const [place, setPlace] = useState(Math.max(0, first))
  const choice = proven.choices[place]
  return (
    <div class="deciding-columns">
      <Card title="What is proven" testid="badge" more={<Badge proven={proven} />}>
        <Words proven={proven} />
      </Card>
      <Card title="Pick a share" testid="slider">
        <label class="slider">
          <span>
            At most <strong>{percent(choice?.max_false_share ?? 0)}</strong> of the calls are false alarms, {percent(proven.confidence)} sure
          </span>
          <input
            type="range"
            min={0}
            max={proven.choices.length - 1}
            step={1}
            value={place}
            aria-valuetext={choice && `at most ${percent(choice.max_false_share)} false alarms: ${said(choice)}`}
            data-testid="share"
            onInput={(event) => setPlace(Number(event.currentTarget.value))}
          />
          <span class="slider-ends soft" aria-hidden="true">
            <span>fewer false alarms</span>
            <span>more calls</span>
          </span>
        </label>
        {choice && <Picked choice={choice} found={found} live={live} />}
        <p class="soft">This takes more verdicts than a share fixed beforehand, because it holds for whichever share you pick after looking.</p>
      </Card>
      <Card title="All shares at once" testid="choices">
        <Choices proven={proven} place={place} pick={setPlace} />
      </Card>
    </div>
  )
}

function said(choice: Choice): string {
  if (choice.threshold === null) return `${choice.missing} more verdicts until this can be certified`
  return `keeps ${percent(choice.escalated_share)} of the calls`
}

function Badge({ proven }: { proven: Proven }) {
  const { standing } = proven
  if (standing.drift) return <Pill>Void: things changed</Pill>
  return standing.certified ? <Pill look="good">Certified</Pill> : <Pill look="warn">Not yet</Pill>
}

function Words({ proven }: { proven: Proven }) {
  const { standing, in_force: inForce, confidence } = proven
  const now = useNow()
  return (
    <>
      <p class={`lead${standing.drift ? ' soft' : ''}`}>
        {standing.certified && standing.upper_bound !== null
          ? `At most ${percent(standing.upper_bound)} of the calls${inForce ? ' that are sent' : ` that score ${Math.round((standing.threshold ?? 0) * 100)} or more`} are false alarms, ${percent(confidence)} sure.`
          : `${standing.verdicts_missing} more verdicts, none of them a false alarm, until “at most ${percent(proven.max_false_share)}” can be certified.`}
      </p>
      <p class="soft">
        From {standing.verdicts} verdicts. {proven.asked} calls were drawn at random to be asked for one; only theirs count.
      </p>
      <p data-testid="in-force">
        {inForce ? (
          <>
            <Icon name="check" /> In force: a struggle that scores less than <strong>{Math.round(inForce.send_from * 100)}</strong> calls nobody. Picked by {inForce.chosen_by ?? 'a former member'} {ago(inForce.chosen_at, now)}, from {inForce.verdicts} verdicts.
          </>
        ) : (
          'Nothing is in force: every call the rules ask for is sent. Anyone who asks for a person always gets one.'
        )}
      </p>
    </>
  )
}

function Picked({ choice, found, live }: { choice: Choice; found: Deciding; live: Live }) {
  const { in_force: inForce } = found.proven
  const running = inForce?.max_false_share === choice.max_false_share
  return (
    <>
      <p data-testid="picked">
        {choice.threshold === null ? (
          <>
            <strong>{choice.missing} more verdicts</strong>, none of them a false alarm, until this can be certified.
          </>
        ) : (
          <>
            Sends what scores <strong>{Math.round(choice.threshold * 100)}</strong> or more: <strong>{percent(choice.escalated_share)}</strong> of the calls so far, of which at most {percent(choice.upper_bound ?? 1)} were false alarms.
          </>
        )}
      </p>
      <p class="actions">
        <Button look="primary" disabled={!found.may_change || live.busy || choice.threshold === null || running} data-testid="put-in-force" onClick={() => live.run(() => pickShare(choice.max_false_share))}>
          {running ? 'In force' : 'Put in force'}
        </Button>
        {inForce && (
          <Button disabled={!found.may_change || live.busy} data-testid="lift" onClick={() => live.run(() => pickShare(null))}>
            Lift: send all again
          </Button>
        )}
        <a href="/console/guardrails/backtest">What would it have done?</a>
      </p>
      {!found.may_change && <p class="soft">A lead or an admin puts it in force.</p>}
    </>
  )
}

function Choices({ proven, place, pick }: { proven: Proven; place: number; pick(place: number): void }) {
  return (
    <table class="plain-table">
      <thead>
        <tr>
          <th scope="col">At most</th>
          <th scope="col">Score from</th>
          <th scope="col">Calls kept</th>
          <th scope="col">More verdicts</th>
        </tr>
      </thead>
      <tbody>
        {proven.choices.map((one, index) => (
          <tr key={one.max_false_share} class={index === place ? 'picked' : ''}>
            <th scope="row">
              <button type="button" class="linkish" onClick={() => pick(index)}>
                {percent(one.max_false_share)}
              </button>
            </th>
            <td>{one.threshold === null ? '–' : Math.round(one.threshold * 100)}</td>
            <td>{one.threshold === null ? '–' : percent(one.escalated_share)}</td>
            <td>{one.missing || '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
