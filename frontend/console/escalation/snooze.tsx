// Putting an escalation off: for how long, and why.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { type CallFailed, snooze } from '../api'
import { Modal } from '../modal'
import type { Detail } from '../types'

const FOR: [number, string][] = [
  [1, '1 hour'],
  [4, '4 hours'],
  [24, 'A day'],
  [72, '3 days'],
  [168, 'A week'],
]

interface SnoozeProps {
  save(hours: number, reason: string): void
  problem: string
  close(): void
}

export function SnoozeForm({ id, done, close }: { id: string; done(detail: Detail): void; close(): void }) {
  const [problem, setProblem] = useState('')
  const save = (hours: number, reason: string) =>
    snooze(id, hours, reason).then(
      (detail) => {
        done(detail)
        close()
      },
      (error: CallFailed) => setProblem(error.message),
    )
  return <SnoozeDialog save={(hours, reason) => void save(hours, reason)} problem={problem} close={close} />
}

export function SnoozeDialog({ save, problem, close }: SnoozeProps) {
  const [hours, setHours] = useState(4)
  const [reason, setReason] = useState('')
  const submit = (event: Event) => {
    event.preventDefault()
    save(hours, reason)
  }
  return (
    <Modal class="dialog" aria-labelledby="snooze-title" data-testid="snooze-form" close={close}>
      <form onSubmit={submit}>
        <h2 id="snooze-title">Snooze</h2>
        <p class="soft">It comes back when the time is up, or when there is more evidence.</p>
        <fieldset class="question">
          <legend>For how long?</legend>
          {FOR.map(([value, label]) => (
            <label key={value} class={`answer${hours === value ? ' answer-given' : ''}`}>
              <input type="radio" name="hours" value={value} checked={hours === value} onChange={() => setHours(value)} />
              {label}
            </label>
          ))}
        </fieldset>
        <label class="note">
          Why (needed, for whoever looks next)
          <textarea class="vc-field" rows={2} maxLength={300} required autofocus value={reason} data-testid="snooze-reason" onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
        {problem && (
          <p class="head-problem" role="alert">
            {problem}
          </p>
        )}
        <footer class="dialog-foot">
          <Button look="quiet" onClick={close}>
            Cancel
          </Button>
          <Button look="primary" type="submit" disabled={!reason.trim()} data-testid="snooze-save">
            Snooze
          </Button>
        </footer>
      </form>
    </Modal>
  )
}
