// One problem: where it shows, whom it hits, what they said, and what was done.
import { useState } from 'preact/hooks'
import { follow } from '../address'
import { call } from '../api'
import { useLoaded } from '../hooks'
import { Failed, Loading } from '../states'
import { useMoney } from '../money'
import { full, kindWords, percent } from '../words'
import { Acts } from './acts'
import { SCOPES, STATES, STEPS } from './problem_words'
import type { Titled, WholeProblem } from './types'

/** How many of the latest escalations are listed; a problem that hits many has many. */
const CALLS = 20

function To({ id, title }: Titled) {
  return (
    <a {...follow({ page: 'room', room: 'problems', rest: id, query: {} })}>
      <bdi>{title}</bdi>
    </a>
  )
}

export function Whole({ id }: { id: string }) {
  const found = useLoaded(`problem ${id}`, () => call<WholeProblem>(`/problems/${id}`))
  const [refused, setRefused] = useState('')
  const money = useMoney()
  if (found.error) return <Failed error={found.error} retry={found.again} whole />
  if (!found.value) return <Loading rows={6} label="Reading the problem" />
  const problem = found.value
  return (
    <article class="problem" data-testid="problem">
      <header class="problem-head">
        <div>
          <h2>
            <bdi>{problem.title}</bdi>
          </h2>
          <p class="soft">
            {SCOPES[problem.scope]}. Began {full(problem.began_at)}
            {problem.release && ` with release ${problem.release}`}. {problem.team ? `Owned by ${problem.team}.` : 'Nobody owns it.'}
          </p>
        </div>
        <span class={`state state-${problem.state}`}>{STATES[problem.state]}</span>
        <Acts problem={problem} done={found.put} refused={setRefused} />
      </header>
      {problem.merged_into && (
        <p>
          It is part of <To {...problem.merged_into} />, where its places and escalations are now.
        </p>
      )}
      {problem.parts.length > 0 && (
        <p>
          Part of it{' '}
          {problem.parts.map((part, index) => (
            <span key={part.id}>
              {index > 0 && ', '}
              <To {...part} />
            </span>
          ))}
        </p>
      )}
      {refused && <p role="alert">{refused}</p>}
      <dl class="totals">
        {(
          [
            ['Revenue exposed a year', money.full(problem.cost.revenue)],
            ['Accounts', String(problem.cost.accounts)],
            ['Contacts', String(problem.cost.contacts)],
            ['Sessions', String(problem.cost.sessions)],
          ] as const
        ).map(([label, value]) => (
          <div key={label} class="total">
            <dt>{label}</dt>
            <dd class="total-value">{value}</dd>
          </div>
        ))}
      </dl>
      <Where problem={problem} />
      <div class="problem-columns">
        <section class="card">
          <h3>Sessions that show it best</h3>
          <ul class="plain">
            {problem.best.map((one) => (
              <li key={one.session}>
                <bdi>{one.contact_name || 'Anonymous'}</bdi>
                {one.account && <span class="soft"> of {one.account}</span>}, {full(one.at)}, {one.signals} {one.signals === 1 ? 'signal' : 'signals'}
              </li>
            ))}
            {problem.best.length === 0 && <li class="soft">None stored any more.</li>}
          </ul>
          <h3>What they said</h3>
          <ul class="plain">
            {problem.said.map((one) => (
              <li key={one.at}>“{one.text}”</li>
            ))}
            {problem.said.length === 0 && <li class="soft">Nobody wrote within two hours of it.</li>}
          </ul>
          {problem.calls.length > 0 && (
            <>
              <h3>Escalations that belong to it</h3>
              <ul class="plain">
                {problem.calls.slice(-CALLS).map((one) => (
                  <li key={one.id}>
                    <bdi>{one.contact || 'Anonymous'}</bdi>:{' '}
                    <a {...follow({ page: 'queue', escalation: one.id, view: 'active', order: 'value' })}>
                      <bdi>{one.summary}</bdi>
                    </a>{' '}
                    <span class="soft">{one.state}</span>
                  </li>
                ))}
                {problem.calls.length > CALLS && <li class="soft">and {problem.calls.length - CALLS} earlier ones</li>}
              </ul>
            </>
          )}
        </section>
        <section class="card">
          <h3>What was done</h3>
          <ol class="plain">
            {problem.steps.map((step) => (
              <li key={step.what + step.at}>
                <strong>{STEPS[step.what] ?? step.what}</strong> {step.note} <span class="soft">{[step.member, full(step.at)].filter(Boolean).join(', ')}</span>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </article>
  )
}

function Where({ problem }: { problem: WholeProblem }) {
  return (
    <div class="card card-flush">
      <div class="table-box" tabIndex={0} role="region" aria-label="Where it shows">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Where</th>
              <th scope="col" class="number">Usual</th>
              <th scope="col" class="number">Since then</th>
              <th scope="col">Proof that it is over</th>
            </tr>
          </thead>
          <tbody>
            {problem.places.map((place) => (
              <tr key={place.kind + place.page + place.element}>
                <th scope="row" class="what">
                  {place.kind ? kindWords(place.kind) : 'Anything'} <bdi>{place.name || place.element}</bdi> <code>{place.page || '/'}</code>
                </th>
                <td class="number">{percent(place.usual)}</td>
                <td class="number number-lead">{place.share === null ? 'nobody came' : percent(place.share)}</td>
                <td>{place.recovered_at ? `As usual since ${full(place.recovered_at)}` : <meter min={0} max={1} value={place.proof} aria-label={`${percent(place.proof)} of the proof`} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
