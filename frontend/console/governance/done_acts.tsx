// What was done lately, with a way to take it back.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Pill } from '../../shared/pill'
import { useLoaded, useNow } from '../hooks'
import { ago, full } from '../words'
import { readActs, takeBack } from './api'
import { AskWhy } from './ask_why'
import type { Act } from './types'
import { useChanges } from './use_overview'

const SHOWN = 12
/** Use cases whose acts can be undone; acts of the others leave nothing to undo. */
const UNDONE = ['offer_help', 'answer_questions', 'tell_problem']

export function DoneActs() {
  const acts = useLoaded('acts done', () => readActs('done'))
  const [asked, ask] = useState<Act | null>(null)
  useChanges(acts.again)
  const rows = (acts.value?.rows ?? []).slice(0, SHOWN)
  if (rows.length === 0) return null
  return (
    <section class="card card-flush">
      <div class="table-box" tabIndex={0} role="region" aria-label="Lately done">
        <table class="table">
          <caption class="table-caption">Lately done</caption>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">For</th>
              <th scope="col">When</th>
              <th scope="col">How</th>
              <th scope="col">
                <span class="vc-hidden-text">Take back</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((act) => (
              <DoneAct key={act.id} act={act} ask={ask} />
            ))}
          </tbody>
        </table>
      </div>
      {asked && (
        <AskWhy
          title="Take this back?"
          text="A nudge nobody answered disappears; under an answer the contact reads that you took it back. Too many lower the use case by themselves."
          confirm="Take back"
          look="danger"
          close={() => ask(null)}
          done={(why) => takeBack(asked.id, why).then(acts.again)}
        />
      )}
    </section>
  )
}

function DoneAct({ act, ask }: { act: Act; ask(act: Act): void }) {
  const now = useNow()
  const back = act.taken_back_at !== null
  return (
    <tr data-testid="done-act">
      <th scope="row" class="what">
        <span class="what-kind">{act.use_case.replaceAll('_', ' ')}</span>
        <span class="what-element">
          <bdi>{act.body.title ?? act.body.text ?? act.subject}</bdi>
        </span>
      </th>
      <td>
        <bdi>{act.contact?.name ?? '–'}</bdi>
      </td>
      <td>
        <time dateTime={act.at} title={full(act.at)}>
          {ago(act.at, now)}
        </time>
      </td>
      <td>{back ? <Pill look="danger">Taken back</Pill> : act.judgement === 'rejected' ? <Pill>Rejected</Pill> : act.judgement ? <Pill look="info">By a click</Pill> : <Pill look="good">Alone</Pill>}</td>
      <td class="number">
        {!back && act.judgement !== 'rejected' && UNDONE.includes(act.use_case) && (
          <Button onClick={() => ask(act)}>
            Take back
          </Button>
        )}
      </td>
    </tr>
  )
}
