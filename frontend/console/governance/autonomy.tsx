// Each use case's ladder: where it stands, what it has shown, and what the next rung requires.
import { useState } from 'preact/hooks'
import { Pill } from '../../shared/pill'
import { useLoaded, useNow } from '../hooks'
import { Empty, Failed, Loading } from '../states'
import { ago, full, percent } from '../words'
import { approve, readActs } from './api'
import { AskWhy } from './ask_why'
import { DoneActs } from './done_acts'
import { LEVEL_LOOKS, LEVEL_MEANS, LEVEL_WORDS, LEVELS, TIER_LOOKS } from './levels'
import { Proposal } from './proposals'
import { Problem } from './switches'
import type { Approval, Bar, Level, UseCase } from './types'
import { useChanges, useOverview } from './use_overview'

export function AutonomyPage() {
  const governed = useOverview()
  const [asked, ask] = useState<{ one: UseCase; level: Level } | null>(null)
  const found = governed.overview.value
  if (!found) return governed.overview.error ? <Failed error={governed.overview.error} retry={governed.overview.again} /> : <Loading rows={8} label="Reading the use cases" />
  return (
    <>
      {governed.problem && <Problem text={governed.problem} />}
      <ul class="ladders">
        {found.use_cases.map((one) => (
          <Ladder key={one.key} one={one} may={found.may_change} choose={(level) => ask({ one, level })} />
        ))}
      </ul>
      <Asked />
      <DoneActs />
      <History rows={found.history} useCases={found.use_cases} />
      {asked && (
        <AskWhy
          title={`${LEVEL_WORDS[asked.level]}: ${asked.one.title}`}
          text={LEVEL_MEANS[asked.level]}
          confirm={`Set to ${LEVEL_WORDS[asked.level].toLowerCase()}`}
          close={() => ask(null)}
          done={(why) => governed.attempt(() => approve(asked.one.key, asked.level, why))}
        />
      )}
    </>
  )
}

function Ladder({ one, may, choose }: { one: UseCase; may: boolean; choose(level: Level): void }) {
  const place = LEVELS.indexOf(one.approved)
  const most = LEVELS.indexOf(one.at_most)
  return (
    <li class="card ladder" data-testid={`ladder-${one.key}`}>
      <header class="use-case-head">
        <h2>{one.title}</h2>
        <Pill look={TIER_LOOKS[one.tier] ?? 'neutral'}>Risk: {one.tier}</Pill>
      </header>
      <ol class="rungs" aria-label="Levels">
        {one.rungs.map((level) => {
          const at = LEVELS.indexOf(level)
          const open = at !== place && at <= most && (at < place || place === 0 || (one.promotion?.to === level && one.promotion.ready))
          return (
            <li key={level} class={`rung${at === place ? ' rung-here' : ''}${at > most ? ' rung-closed' : ''}`}>
              <button
                type="button"
                disabled={!may || !open}
                aria-current={at === place ? 'step' : undefined}
                title={at > most ? `Its risk or the list allows at most ${one.at_most}.` : LEVEL_MEANS[level]}
                onClick={() => choose(level)}
              >
                {LEVEL_WORDS[level]}
              </button>
            </li>
          )
        })}
      </ol>
      <p class="soft">
        {LEVEL_MEANS[one.level]}
        {one.level !== one.approved && ` Approved at ${LEVEL_WORDS[one.approved].toLowerCase()}, held lower by its risk or the list.`}
      </p>
      <NextRung one={one} />
      <dl class="risk">
        <div>
          <dt>Can be taken back</dt>
          <dd>{one.risk.reversible}</dd>
        </div>
        <div>
          <dt>Seen by</dt>
          <dd>{one.risk.audience}</dd>
        </div>
        <div>
          <dt>Money</dt>
          <dd>{one.risk.money}</dd>
        </div>
        <div>
          <dt>Customers' data</dt>
          <dd>{one.risk.customer_data}</dd>
        </div>
      </dl>
    </li>
  )
}

function NextRung({ one }: { one: UseCase }) {
  if (one.approved === 'off') return <p>Not approved: choose a level to start with.</p>
  if (!one.promotion) return <p>This is as far as it may go. Four acts taken back in a row, or as many spread wider, would take a rung away by itself.</p>
  const { to, ready, bars } = one.promotion
  return (
    <div class="next-rung">
      <p>
        {ready ? <Pill look="good">Earned</Pill> : <Pill>Next</Pill>} <strong>{LEVEL_WORDS[to]}</strong>
        {ready ? ': a lead may consent to it now.' : ' takes:'}
      </p>
      {bars.map((bar) => (
        <BarLine key={bar.what} bar={bar} />
      ))}
    </div>
  )
}

function BarLine({ bar }: { bar: Bar }) {
  const label = `${percent(bar.bound)} proven ${bar.what}, ${percent(bar.needed)} needed`
  return (
    <div class="proof">
      <span>
        {bar.what}: <strong>{percent(bar.bound)}</strong> proven of {percent(bar.needed)}
      </span>
      <meter min={0} max={1} low={bar.needed} optimum={1} value={bar.bound} aria-label={label} />
      <span class="soft">{bar.passed ? `from ${bar.seen}` : `${bar.missing} more good ones`}</span>
    </div>
  )
}

function Asked() {
  const acts = useLoaded('acts asked', () => readActs('asked'))
  useChanges(acts.again)
  const rows = acts.value?.rows ?? []
  return (
    <section class="card" aria-labelledby="asked-title">
      <header class="card-head">
        <h2 id="asked-title">Would you have done the same?</h2>
        {rows.length > 0 && <Pill look="info">{rows.length}</Pill>}
      </header>
      <p class="soft">A random half of what was held back is asked about. Only these answers count as evidence.</p>
      {rows.length > 0 ? (
        <ul class="proposals">
          {rows.slice(0, 5).map((act) => (
            <Proposal key={act.id} act={act} again={acts.again} />
          ))}
        </ul>
      ) : (
        <p>Nothing to judge at the moment.</p>
      )}
    </section>
  )
}

function History({ rows, useCases }: { rows: Approval[]; useCases: UseCase[] }) {
  const now = useNow()
  const titles = new Map(useCases.map((one) => [one.key, one.title]))
  if (rows.length === 0) return <Empty icon="clock" title="Nobody has approved anything yet" />
  return (
    <section class="card card-flush">
      <div class="table-box" tabIndex={0} role="region" aria-label="Who approved what">
        <table class="table">
          <caption class="table-caption">Who approved what</caption>
          <thead>
            <tr>
              <th scope="col">Use case</th>
              <th scope="col">Level</th>
              <th scope="col">By</th>
              <th scope="col">When</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                <th scope="row">{titles.get(row.use_case) ?? row.use_case}</th>
                <td>
                  <Pill look={LEVEL_LOOKS[row.level]}>{LEVEL_WORDS[row.level]}</Pill>
                </td>
                <td>{row.by?.name ?? 'Nobody'}</td>
                <td>
                  <time dateTime={row.at} title={full(row.at)}>
                    {ago(row.at, now)}
                  </time>
                </td>
                <td class="soft">{row.why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
