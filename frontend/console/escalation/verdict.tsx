// The three answers that close an escalation and teach the threshold.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type CallFailed, resolve } from '../api'
import { Button } from '../../shared/button'
import { Pill } from '../../shared/pill'
import type { Detail, Verdict } from '../types'
import { full } from '../words'
import { Card } from './cards'

type Answer = 'yes' | 'no' | 'unknown' | ''

interface QuestionProps {
  name: string
  question: string
  answer: Answer
  choices: [Answer, string][]
  give(answer: Answer): void
}

function Question({ name, question, answer, choices, give }: QuestionProps) {
  return (
    <fieldset class="question">
      <legend>{question}</legend>
      {choices.map(([value, label]) => (
        <label key={value} class={`answer${answer === value ? ' answer-given' : ''}`}>
          <input type="radio" name={name} value={value} checked={answer === value} data-testid={`verdict-${name}-${value}`} onChange={() => give(value)} />
          {label}
        </label>
      ))}
    </fieldset>
  )
}

const YES_NO: [Answer, string][] = [
  ['yes', 'Yes'],
  ['no', 'No'],
]

interface FormProps {
  id: string
  done(detail: Detail): void
  close(): void
}

export function VerdictForm({ id, done, close }: FormProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [wasDone, setDone] = useState<Answer>('')
  const [worked, setWorked] = useState<Answer>('')
  const [falseAlarm, setFalseAlarm] = useState<Answer>('')
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState('')
  const [sending, setSending] = useState(false)
  useEffect(() => dialog.current?.showModal(), [])
  const complete = wasDone !== '' && worked !== '' && falseAlarm !== ''
  const save = (event: Event) => {
    event.preventDefault()
    setSending(true)
    const given = { done: wasDone === 'yes', worked: worked === 'unknown' ? null : worked === 'yes', false_alarm: falseAlarm === 'yes', note }
    resolve(id, given).then(
      (detail) => {
        done(detail)
        close()
      },
      (error: CallFailed) => {
        setProblem(error.message)
        setSending(false)
      },
    )
  }
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="verdict-title" data-testid="verdict" onClose={close}>
      <form onSubmit={save}>
        <h2 id="verdict-title">Resolve with a verdict</h2>
        <p class="soft">Three answers. They decide what you are sent from now on.</p>
        <Question name="done" question="Was it done?" answer={wasDone} choices={YES_NO} give={setDone} />
        <Question name="worked" question="Did it work?" answer={worked} choices={[...YES_NO, ['unknown', 'Not known yet']]} give={setWorked} />
        <Question name="false-alarm" question="Was it a false alarm?" answer={falseAlarm} choices={YES_NO} give={setFalseAlarm} />
        <label class="note">
          Note, if there is something to add
          <textarea class="vc-field" rows={2} maxLength={5000} value={note} data-testid="verdict-note" onInput={(event) => setNote(event.currentTarget.value)} />
        </label>
        {problem && (
          <p class="head-problem" role="alert">
            {problem}
          </p>
        )}
        <footer class="dialog-foot">
          <Button look="quiet" onClick={close}>
            Not yet
          </Button>
          <Button look="primary" type="submit" disabled={!complete || sending} data-testid="verdict-save">
            Resolve
          </Button>
        </footer>
      </form>
    </dialog>
  )
}

export function VerdictGivenCard({ verdict }: { verdict: Verdict }) {
  const worked = verdict.worked === null ? 'not known yet' : verdict.worked ? 'it worked' : 'it did not work'
  return (
    <Card title="Verdict" testid="verdict-given" more={<Pill look={verdict.false_alarm ? 'warn' : 'good'}>{verdict.false_alarm ? 'False alarm' : 'Real'}</Pill>}>
      <p class="lead">
        {verdict.done ? 'Done' : 'Not done'}, {worked}
      </p>
      {verdict.note && (
        <p>
          <bdi>{verdict.note}</bdi>
        </p>
      )}
      <p class="soft">
        {verdict.by}, {full(verdict.at)}
      </p>
    </Card>
  )
}
