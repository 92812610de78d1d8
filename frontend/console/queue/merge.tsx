// The same matter more than once in the queue: under which of them is it worked on?
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Modal } from '../modal'
import type { Row } from '../types'

interface MergeProps {
  rows: Row[]
  merge(into: string): void
  problem: string
  close(): void
}

/** Whoever waits for a person is worked on under nobody else: names of those that the server will refuse. */
function waiting(rows: Row[], into: string): string[] {
  const whole = rows.find((row) => row.id === into)
  return rows.filter((row) => row.always_human && row.id !== into && row.contact.id !== whole?.contact.id).map((row) => row.contact.name)
}

export function MergeDialog({ rows, merge, problem, close }: MergeProps) {
  const [into, setInto] = useState((rows.find((row) => row.always_human) ?? rows[0])?.id ?? '')
  const kept = waiting(rows, into)
  const save = (event: Event) => {
    event.preventDefault()
    merge(into)
  }
  return (
    <Modal class="dialog" aria-labelledby="merge-title" data-testid="merge-dialog" close={close}>
      <form onSubmit={save}>
        <h2 id="merge-title">Merge {rows.length} escalations</h2>
        <p class="soft">One stays in the queue and stands for all; its verdict is given to each. Each contact keeps their own conversation.</p>
        <fieldset class="question question-tall">
          <legend>Which one stays?</legend>
          {rows.slice(0, 12).map((row) => (
            <label key={row.id} class={`answer${into === row.id ? ' answer-given' : ''}`}>
              <input type="radio" name="into" value={row.id} checked={into === row.id} autofocus={into === row.id} onChange={() => setInto(row.id)} />
              <span>
                <bdi>{row.contact.name}</bdi>: <bdi>{row.summary}</bdi>
              </span>
            </label>
          ))}
        </fieldset>
        {kept.length > 0 && (
          <p class="form-warn" data-testid="merge-kept">
            <bdi>{kept.join(', ')}</bdi> {kept.length === 1 ? 'waits' : 'wait'} for a person and will stay in the queue: that is not another contact’s matter.
          </p>
        )}
        {problem && (
          <p class="head-problem" role="alert">
            {problem}
          </p>
        )}
        <footer class="dialog-foot">
          <Button look="quiet" onClick={close}>
            Cancel
          </Button>
          <Button look="primary" type="submit" data-testid="merge-save">
            Merge
          </Button>
        </footer>
      </form>
    </Modal>
  )
}
