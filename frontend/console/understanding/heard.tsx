// Messages as understood. A click confirms, choosing another intent corrects; both calibrate.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { follow, type RoomAddress } from '../address'
import { useLoaded, useNow } from '../hooks'
import { Empty, Failed, Loading } from '../states'
import { ago, full, percent } from '../words'
import { readHeard, readIntents, settleHeard } from './api'
import { KeptCard } from './kept'
import { OutcomePill } from './outcome'
import type { Heard, IntentLine } from './types'

/** Probability below which another intent is not suggested. */
const LIKELY = 0.02

const VIEWS: [string, string][] = [
  ['', 'All'],
  ['unsure', 'Unsure'],
  ['none', 'None'],
  ['sure', 'Sure'],
  ['settled', 'Settled'],
]

export function HeardPage({ address }: { address: RoomAddress }) {
  const view = address.query.view ?? ''
  const heard = useLoaded(`heard ${view}`, () => readHeard(view === '' || view === 'settled' ? 'all' : view, view === 'settled'))
  const intents = useLoaded('intents to choose', readIntents)
  return (
    <>
      {heard.value && <KeptCard kept={heard.value.kept} />}
      <nav class="choices" aria-label="Which messages">
        {VIEWS.map(([name, words]) => (
          <a key={name} {...follow({ ...address, query: { view: name } })} class="choice" aria-current={view === name ? 'page' : undefined}>
            {words}
          </a>
        ))}
      </nav>
      {heard.error && !heard.value && <Failed error={heard.error} retry={heard.again} />}
      {!heard.value && !heard.error && <Loading rows={8} label="Reading what was heard" />}
      {heard.value?.rows.length === 0 && (
        <Empty icon="check" title={view === 'settled' ? 'Nothing settled yet' : 'Nothing waits here'}>
          <p>What contacts write appears here with what we took it for.</p>
        </Empty>
      )}
      <ul class="heard-list">
        {heard.value?.rows.map((row) => (
          <HeardRow key={row.id} row={row} intents={intents.value?.intents ?? []} again={heard.again} />
        ))}
      </ul>
    </>
  )
}

function HeardRow({ row, intents, again }: { row: Heard; intents: IntentLine[]; again(): void }) {
  const now = useNow()
  const [choosing, choose] = useState(false)
  const [teach, setTeach] = useState(false)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const settle = (intent: number | null) => {
    setBusy(true)
    settleHeard(row.id, intent, teach && intent !== null)
      .then(again, (error: Error) => setProblem(error.message))
      .finally(() => setBusy(false))
  }
  const options = row.alternatives.slice(0, 3).filter((option, place) => place === 0 || option.probability >= LIKELY)
  return (
    <li class="card heard" data-testid="heard">
      <header class="heard-head">
        <OutcomePill outcome={row.outcome} language={row.language} />
        <span class="soft">
          <bdi>{row.contact}</bdi>
          {row.account && (
            <>
              , <bdi>{row.account}</bdi>
            </>
          )}
          ,{' '}
          <time dateTime={row.at} title={full(row.at)}>
            {ago(row.at, now)}
          </time>
        </span>
      </header>
      <blockquote class="heard-text" dir="auto">
        {row.text}
      </blockquote>
      {row.corrected_at ? (
        <p class="soft">
          {row.meant ? `Meant: ${row.meant}` : 'None of the intents'}, says {row.by || 'the contact'}
        </p>
      ) : (
        <div class="heard-choices">
          {options.map((option, place) => (
            <Button key={option.intent} look={place === 0 && row.outcome !== 'none' ? 'primary' : 'plain'} disabled={busy} onClick={() => settle(option.intent)}>
              {option.title} <span class="heard-chance">{percent(option.probability)}</span>
            </Button>
          ))}
          <Button look={row.outcome === 'none' ? 'primary' : 'plain'} disabled={busy} onClick={() => settle(null)}>
            None of these
          </Button>
          {choosing ? (
            <label>
              <span class="vc-hidden-text">Another intent</span>
              <select class="vc-field heard-other" disabled={busy} onChange={(event) => event.currentTarget.value && settle(Number(event.currentTarget.value))}>
                <option value="">Another intent…</option>
                {intents.map((intent) => (
                  <option key={intent.id} value={intent.id}>
                    {intent.title}
                  </option>
                ))}
              </select>
            </label>
          ) : (
            <Button look="quiet" onClick={() => choose(true)}>
              Another…
            </Button>
          )}
          <label class="heard-teach">
            <input type="checkbox" checked={teach} onChange={(event) => setTeach(event.currentTarget.checked)} /> and make it an example
          </label>
        </div>
      )}
      {problem && (
        <p class="understanding-problem" role="alert">
          {problem}
        </p>
      )}
    </li>
  )
}
