// All intents with how often each was asked for, and a box to try a text against them.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { follow, go, type RoomAddress } from '../address'
import { useLoaded } from '../hooks'
import { Empty, Failed, Loading } from '../states'
import { compact, percent } from '../words'
import { readIntents, tryText } from './api'
import { OutcomePill } from './outcome'
import { editing } from './page'
import type { Guess, Intents } from './types'

export function ListPage({ address }: { address: RoomAddress }) {
  const intents = useLoaded('intents', readIntents)
  if (intents.value) return <Shown intents={intents.value} address={address} />
  if (intents.error) return <Failed error={intents.error} retry={intents.again} />
  return <Loading rows={8} label="Reading the intents" />
}

function Shown({ intents: { intents, health }, address }: { intents: Intents; address: RoomAddress }) {
  const asked = (address.query.find ?? '').toLowerCase()
  const lines = intents.filter((line) => `${line.title} ${line.name} ${line.description}`.toLowerCase().includes(asked))
  const thin = new Set(health.thin.map((one) => one.intent))
  const weak = new Map(health.weak.map((one) => [one.intent, one.value]))
  return (
    <>
      <TryBox />
      <div class="filters">
        <label class="filters-place">
          <span class="vc-hidden-text">Find an intent</span>
          <input
            class="vc-field"
            type="search"
            placeholder="Find an intent"
            value={address.query.find ?? ''}
            onInput={(event) => go({ ...address, query: { find: event.currentTarget.value } }, 'replace')}
          />
        </label>
        <span class="soft understanding-rest">
          {lines.length} of {intents.length} intents
        </span>
        <a class="vc-button vc-button-primary" {...follow({ page: 'room', room: 'intents', rest: 'new', query: {} })}>
          New intent
        </a>
      </div>
      {lines.length === 0 ? (
        <Empty icon="search" title={intents.length ? 'No intent fits this' : 'No intents yet'}>
          {intents.length === 0 && <p>Add what your contacts most often want, with five examples each. Messages are understood from the moment you save.</p>}
        </Empty>
      ) : (
        <div class="card card-flush">
          <div class="table-box" tabIndex={0} role="region" aria-label="Intents">
            <table class="table" data-testid="intents">
              <thead>
                <tr>
                  <th scope="col">Intent</th>
                  <th scope="col" class="number">
                    Examples
                  </th>
                  <th scope="col" class="number">
                    Asked
                  </th>
                  <th scope="col" class="number">
                    Implied
                  </th>
                </tr>
              </thead>
              <tbody>
                {lines.map((line) => (
                  <tr key={line.id}>
                    <th scope="row" class="understanding-name">
                      <a {...editing(line.id)}>{line.title}</a>
                      {thin.has(line.id) && <span class="vc-pill vc-pill-warn">thin</span>}
                      {weak.has(line.id) && <span class="vc-pill vc-pill-danger">{percent(weak.get(line.id) ?? 0)} told apart</span>}
                    </th>
                    <td class="number">{line.examples}</td>
                    <td class="number">{compact(line.asked)}</td>
                    <td class="number">{compact(line.implied)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
    </>
  )
}

function TryBox() {
  const [text, setText] = useState('')
  const [guess, setGuess] = useState<Guess | null>(null)
  const [problem, setProblem] = useState('')
  const run = (event: Event) => {
    event.preventDefault()
    if (!text.trim()) return
    setProblem('')
    tryText(text).then(setGuess, (error: Error) => setProblem(error.message))
  }
  return (
    <form class="card try" onSubmit={run}>
      <label class="try-label" for="try-text">
        What would we make of this message?
      </label>
      <div class="try-row">
        <input id="try-text" class="vc-field" value={text} placeholder="my card never arrived" onInput={(event) => setText(event.currentTarget.value)} />
        <Button type="submit">Try</Button>
      </div>
      <div role="status" aria-live="polite">
        {problem && <p class="understanding-problem">{problem}</p>}
        {guess && <Guessed guess={guess} />}
      </div>
    </form>
  )
}

function Guessed({ guess }: { guess: Guess }) {
  return (
    <div class="guess" data-testid="guess">
      <OutcomePill outcome={guess.outcome} language={guess.language} />
      <ol class="guess-options">
        {guess.alternatives.slice(0, 3).map((option) => (
          <li key={option.intent}>
            <a {...editing(option.intent)}>{option.title}</a> <span class="soft">{percent(option.probability)}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}
