// The can/can't list: as two columns for reading, and as a file for changing.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Icon } from '../../shared/icon'
import { Pill } from '../../shared/pill'
import { useLoaded } from '../hooks'
import { useKeptForm } from '../kept_form'
import { KeptNotice } from '../kept_notice'
import { Failed, Loading } from '../states'
import { full } from '../words'
import { putInForce, readList } from './api'
import { LEVEL_LOOKS, LEVEL_WORDS } from './levels'
import { Problem } from './switches'
import type { GuardrailList } from './types'
import { useChanges } from './use_overview'

export function ListPage() {
  const list = useLoaded('can', readList)
  useChanges(list.again)
  if (!list.value) return list.error ? <Failed error={list.error} retry={list.again} /> : <Loading rows={8} label="Reading the list" />
  const found = list.value
  return (
    <>
      {found.refused && <Refused list={found} />}
      <p class="soft" data-testid="list-in-force">
        {found.at ? `In force since ${full(found.at)}, put there by ${found.by?.name ?? 'the command line'}.` : 'This is the list that comes with the product. Nobody has put another in force.'}
      </p>
      <div class="can-columns">
        <Can list={found} />
        <Cannot list={found} />
      </div>
      <Budget list={found} />
      <Checks list={found} />
      <Editor key={found.text} list={found} put={list.put} />
    </>
  )
}

function Refused({ list }: { list: GuardrailList }) {
  const refused = list.refused
  if (!refused) return null
  return (
    <div class="banner banner-warn" role="alert" data-testid="list-refused">
      <Icon name="warning" />
      <div>
        <p>
          <strong>A newer list is not in force.</strong> {refused.by?.name ?? 'Somebody'} tried it at {full(refused.at)}; the one below stays.
        </p>
        <p>{refused.error}</p>
      </div>
    </div>
  )
}

function Can({ list }: { list: GuardrailList }) {
  return (
    <section class="card can">
      <header class="card-head">
        <h2>Can</h2>
      </header>
      <ul class="can-list">
        {list.can.map((one) => (
          <li key={one.use_case}>
            <span class="can-mark can-yes">
              <Icon name="check" />
            </span>
            <span>{one.words}</span>
            <Pill look={LEVEL_LOOKS[one.at_most]}>at most {LEVEL_WORDS[one.at_most].toLowerCase()}</Pill>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Cannot({ list }: { list: GuardrailList }) {
  return (
    <section class="card can">
      <header class="card-head">
        <h2>Can't</h2>
      </header>
      <ul class="can-list">
        {list.cannot.map((one) => (
          <li key={one.effect}>
            <span class="can-mark can-no">
              <Icon name="close" />
            </span>
            <span>{one.words}</span>
          </li>
        ))}
        <li>
          <span class="can-mark can-no">
            <Icon name="close" />
          </span>
          <span class="soft">Anything that the other column does not name.</span>
        </li>
      </ul>
    </section>
  )
}

function Budget({ list }: { list: GuardrailList }) {
  const { interruptions_a_day: day, interruptions_a_week: week } = list.contact
  return (
    <section class="card">
      <header class="card-head">
        <h2>A contact's budget</h2>
      </header>
      <p>
        At most <strong>{day}</strong> unasked things in any 24 hours and <strong>{week}</strong> in any 7 days, over all of a contact's browsers and tabs.
      </p>
    </section>
  )
}

function Checks({ list }: { list: GuardrailList }) {
  if (list.check.length === 0) return null
  return (
    <section class="card card-flush">
      <div class="table-box" tabIndex={0} role="region" aria-label="Checks of the list">
        <table class="table">
          <caption class="table-caption">What the list checks of itself before it comes into force</caption>
          <thead>
            <tr>
              <th scope="col">Use case</th>
              <th scope="col">Approved at</th>
              <th scope="col">With</th>
              <th scope="col">Must lead to</th>
            </tr>
          </thead>
          <tbody>
            {list.check.map((check, index) => (
              <tr key={index}>
                <th scope="row">
                  <code>{check.use_case}</code>
                </th>
                <td>{check.approved}</td>
                <td>{[...check.effects.map((effect) => `effect ${effect}`), check.interruptions_today ? `${check.interruptions_today} interruptions today` : ''].filter(Boolean).join(', ') || '–'}</td>
                <td>
                  <Pill look="good">{check.expect}</Pill>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Editor({ list, put }: { list: GuardrailList; put(list: GuardrailList): void }) {
  const form = useKeptForm('guardrails', { text: list.refused?.text ?? list.text }, list.refused?.at ?? list.at ?? '')
  const { text } = form.fields
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const save = () => {
    setBusy(true)
    putInForce(text)
      .then(
        (fresh) => {
          form.forget()
          put(fresh)
        },
        (error: Error) => setProblem(error.message),
      )
      .finally(() => setBusy(false))
  }
  return (
    <details class="card editor" open={form.changed || undefined}>
      <summary>Change the list</summary>
      <p class="soft">
        TOML. A text that cannot be read, names something that does not exist, or fails a check of its own is kept and shown, and leaves the list above in force. Try it first under Backtest.
      </p>
      <KeptNotice form={form} theirs="Another list" />
      {problem && <Problem text={problem} />}
      <textarea class="vc-field editor-text" rows={18} spellcheck={false} value={text} aria-label="The list as TOML" data-testid="list-text" onInput={(event) => form.set({ text: event.currentTarget.value })} />
      <footer class="proposal-foot">
        <Button look="primary" disabled={busy || !list.may_change || form.behind || text === list.text} onClick={save} data-testid="list-save">
          Put in force
        </Button>
        {!list.may_change && <span class="soft">Only a lead or an admin may change it.</span>}
      </footer>
    </details>
  )
}
