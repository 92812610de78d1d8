// The three answers that close an escalation.
import { useState } from 'preact/hooks'
import { type CallFailed, resolve, type VerdictGiven } from '../api'
import { Button } from '../../shared/button'
import { Pill } from '../../shared/pill'
import { Modal } from '../modal'
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

interface Answers {
  done: Answer
  worked: Answer
  falseAlarm: Answer
  reason: string
  note: string
}

const NOTHING_SAID: Answers = { done: '', worked: '', falseAlarm: '', reason: '', note: '' }

const REASONS: [string, string][] = [
  ['not_stuck', 'They were not stuck'],
  ['solved_itself', 'It solved itself'],
  ['already_known', 'Known already'],
  ['not_ours', 'Not ours to solve'],
  ['test', 'A test'],
  ['other', 'Something else'],
]

interface FormProps {
  id: string
  asked: boolean
  done(detail: Detail): void
  close(): void
}

export function VerdictForm({ id, asked, done, close }: FormProps) {
  const [problem, setProblem] = useState('')
  const [sending, setSending] = useState(false)
  const save = (verdict: VerdictGiven) => {
    setSending(true)
    resolve(id, verdict).then(
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
  return <VerdictDialog asked={asked} title="Resolve with a verdict" save={save} problem={problem} sending={sending} close={close} />
}

interface DialogProps {
  asked: boolean
  title: string
  save(verdict: VerdictGiven): void
  problem: string
  sending: boolean
  close(): void
}

export function VerdictDialog({ asked, title, save, problem, sending, close }: DialogProps) {
  const [answers, setAnswers] = useState(NOTHING_SAID)
  const submit = (event: Event) => {
    event.preventDefault()
    save(given(answers))
  }
  return (
    <Modal class="dialog" aria-labelledby="verdict-title" data-testid="verdict" close={close}>
      <form onSubmit={submit}>
        <h2 id="verdict-title">{title}</h2>
        <p class="soft">
          {asked ? 'Drawn at random: your answer counts for the certificate, whichever it is.' : 'Three answers, kept with the escalation and its evidence.'}
        </p>
        <Questions answers={answers} give={(more) => setAnswers((before) => ({ ...before, ...more }))} />
        {problem && (
          <p class="head-problem" role="alert">
            {problem}
          </p>
        )}
        <footer class="dialog-foot">
          <Button look="quiet" onClick={close}>
            Not yet
          </Button>
          <Button look="primary" type="submit" disabled={!isComplete(answers) || sending} data-testid="verdict-save">
            Resolve
          </Button>
        </footer>
      </form>
    </Modal>
  )
}

function Questions({ answers, give }: { answers: Answers; give(more: Partial<Answers>): void }) {
  return (
    <>
      <Question name="done" question="Was it done?" answer={answers.done} choices={YES_NO} give={(done) => give({ done })} />
      <Question name="worked" question="Did it work?" answer={answers.worked} choices={[...YES_NO, ['unknown', 'Not known yet']]} give={(worked) => give({ worked })} />
      <Question name="false-alarm" question="Was it a false alarm?" answer={answers.falseAlarm} choices={YES_NO} give={(falseAlarm) => give({ falseAlarm })} />
      {answers.falseAlarm === 'yes' && (
        <fieldset class="question">
          <legend>What was it? One click is enough.</legend>
          {REASONS.map(([value, label]) => (
            <label key={value} class={`answer${answers.reason === value ? ' answer-given' : ''}`}>
              <input type="radio" name="reason" value={value} checked={answers.reason === value} data-testid={`verdict-reason-${value}`} onChange={() => give({ reason: value })} />
              {label}
            </label>
          ))}
        </fieldset>
      )}
      <label class="note">
        Note, if there is something to add
        <textarea class="vc-field" rows={2} maxLength={5000} value={answers.note} data-testid="verdict-note" onInput={(event) => give({ note: event.currentTarget.value })} />
      </label>
    </>
  )
}

function isComplete({ done, worked, falseAlarm }: Answers): boolean {
  return done !== '' && worked !== '' && falseAlarm !== ''
}

function given({ done, worked, falseAlarm, reason, note }: Answers): VerdictGiven {
  const turnedDown = falseAlarm === 'yes'
  return { done: done === 'yes', worked: worked === 'unknown' ? null : worked === 'yes', false_alarm: turnedDown, reason: turnedDown ? reason : '', note }
}

export function VerdictGivenCard({ verdict }: { verdict: Verdict }) {
  const worked = verdict.worked === null ? 'not known yet' : verdict.worked ? 'it worked' : 'it did not work'
  return (
    <Card title="Verdict" testid="verdict-given" more={<Pill look={verdict.false_alarm ? 'warn' : 'good'}>{verdict.false_alarm ? 'False alarm' : 'Real'}</Pill>}>
      <p class="lead">
        {verdict.done ? 'Done' : 'Not done'}, {worked}
      </p>
      {verdict.reason && <p>{REASONS.find(([value]) => value === verdict.reason)?.[1]}</p>}
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
