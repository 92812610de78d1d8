// Acts that wait for a member: one click does them, changes them, or says no.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Pill } from '../../shared/pill'
import { useLoaded, useNow } from '../hooks'
import { ago } from '../words'
import { judge, readActs } from './api'
import type { Act } from './types'
import { useChanges } from './use_overview'

/** How many are shown until somebody asks for all. */
const FIRST = 4

export function Proposals() {
  const acts = useLoaded('acts waiting', () => readActs('waiting'))
  useChanges(acts.again)
  const [all, showAll] = useState(false)
  const rows = acts.value?.rows ?? []
  if (rows.length === 0) return null
  return (
    <section class="card" aria-labelledby="proposals-title">
      <header class="card-head">
        <h2 id="proposals-title">Waiting for you</h2>
        <Pill look="warn">{rows.length}</Pill>
      </header>
      <ul class="proposals">
        {rows.slice(0, all ? rows.length : FIRST).map((act) => (
          <Proposal key={act.id} act={act} again={acts.again} />
        ))}
      </ul>
      {rows.length > FIRST && !all && <Button onClick={() => showAll(true)}>Show all {rows.length}</Button>}
    </section>
  )
}

/** One act that was held back, with the buttons for judging it. */
export function Proposal({ act, again }: { act: Act; again(): void }) {
  const now = useNow()
  const clicks = act.level === 'approve' && act.waiting
  const [text, setText] = useState<string | null>(null)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const say = (judgement: string, words = '') => {
    setBusy(true)
    judge(act.id, judgement, words)
      .then(again, (error: Error) => setProblem(error.message))
      .finally(() => setBusy(false))
  }
  return (
    <li class="proposal" data-testid="proposal">
      <p class="proposal-who">
        <strong>
          <bdi>{act.contact?.name ?? 'Nobody in particular'}</bdi>
        </strong>
        <span class="soft">
          {ago(act.at, now)}
          {act.body.page && ` on ${act.body.page}`}
        </span>
      </p>
      {act.body.asked && (
        <p>
          <bdi>“{act.body.asked}”</bdi>
        </p>
      )}
      {act.body.title && <p class="proposal-title">{act.body.title}</p>}
      {text === null ? (
        <blockquote class="proposal-text">{act.body.text}</blockquote>
      ) : (
        <textarea class="vc-field" rows={4} value={text} aria-label="What to send instead" onInput={(event) => setText(event.currentTarget.value)} />
      )}
      {problem && (
        <p class="proposal-problem" role="alert">
          {problem}
        </p>
      )}
      <footer class="proposal-foot">
        {text === null ? (
          <>
            <Button look="primary" disabled={busy} onClick={() => say('as_written')}>
              {clicks ? 'Send as written' : 'I would do the same'}
            </Button>
            <Button disabled={busy} onClick={() => (clicks ? setText(act.body.text ?? '') : say('changed'))}>
              {clicks ? 'Change' : 'I would change it'}
            </Button>
            <Button look="quiet" disabled={busy} onClick={() => say('rejected')}>
              {clicks ? 'Do not send' : 'I would not'}
            </Button>
          </>
        ) : (
          <>
            <Button look="primary" disabled={busy || !text.trim()} onClick={() => say('changed', text)}>
              Send this
            </Button>
            <Button onClick={() => setText(null)}>Back</Button>
          </>
        )}
      </footer>
    </li>
  )
}
