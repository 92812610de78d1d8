// How well the intents' own examples tell them apart, and what to do about the rest.
import { useLoaded } from '../hooks'
import { Empty, Failed, Loading } from '../states'
import { compact, percent } from '../words'
import { readIntents } from './api'
import { KeptCard } from './kept'
import { editing } from './page'
import type { Intents } from './types'

export function HealthPage() {
  const intents = useLoaded('intents', readIntents)
  if (intents.value) return <Shown all={intents.value} />
  if (intents.error) return <Failed error={intents.error} retry={intents.again} />
  return <Loading rows={8} label="Judging the intents" />
}

function Shown({ all: { intents, health, kept } }: { all: Intents }) {
  const titles = new Map(intents.map((one) => [Number(one.id), one.title]))
  const named = (id: number) => <a {...editing(Number(id))}>{titles.get(Number(id)) ?? 'A retired intent'}</a>
  if (intents.length === 0) return <Empty icon="search" title="No intents yet" />
  return (
    <>
      <dl class="totals">
        <div class="total">
          <dt>Told apart</dt>
          <dd class="total-value" data-testid="accuracy">
            {health.accuracy === null ? '–' : percent(health.accuracy)}
          </dd>
          <dd class="soft">{health.accuracy === null ? 'too few examples to say' : 'of examples, each left out in turn'}</dd>
        </div>
        <div class="total">
          <dt>Intents</dt>
          <dd class="total-value">{compact(health.intents)}</dd>
          <dd class="soft">{compact(health.examples)} examples</dd>
        </div>
        <div class="total">
          <dt>Thin</dt>
          <dd class="total-value">{health.thin.length}</dd>
          <dd class="soft">with fewer than five examples</dd>
        </div>
        <div class="total">
          <dt>Confused pairs</dt>
          <dd class="total-value">{health.confusions.length}</dd>
          <dd class="soft">taken for each other</dd>
        </div>
      </dl>
      <KeptCard kept={kept} />
      <div class="understanding-halves">
        <section class="card" aria-labelledby="pairs-title">
          <header class="card-head">
            <h2 id="pairs-title">Taken for each other</h2>
          </header>
          {health.confusions.length === 0 ? (
            <p class="soft">No two intents are confused more than once.</p>
          ) : (
            <ul class="pairs">
              {health.confusions.map((pair) => (
                <li key={`${pair.intent} ${pair.taken_for}`}>
                  <p>
                    {named(pair.intent)} <span class="soft">is taken for</span> {named(pair.taken_for)} <span class="vc-pill">{pair.times} times</span>
                  </p>
                  <p class="soft">{pair.advice}</p>
                </li>
              ))}
            </ul>
          )}
        </section>
        <section class="card" aria-labelledby="add-title">
          <header class="card-head">
            <h2 id="add-title">What to add</h2>
          </header>
          {health.thin.length + health.weak.length === 0 && <p class="soft">Every intent has enough examples, and most of them are told apart.</p>}
          <ul class="pairs">
            {health.thin.map((one) => (
              <li key={one.intent}>
                {named(one.intent)} <span class="vc-pill vc-pill-warn">{one.value === 1 ? '1 example' : `${one.value} examples`}</span>
                <p class="soft">Add {Math.max(1, 5 - one.value)} more, as contacts would put it.</p>
              </li>
            ))}
            {health.weak.map((one) => (
              <li key={one.intent}>
                {named(one.intent)} <span class="vc-pill vc-pill-danger">{percent(one.value)} told apart</span>
                <p class="soft">Its examples read like those of others: say what only this one is about.</p>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  )
}
