// Asks for a reason before a change that others will want to understand later.
import { useState } from 'preact/hooks'
import { Button, type ButtonLook } from '../../shared/button'
import { Modal } from '../modal'

interface AskProps {
  title: string
  text: string
  confirm: string
  look?: ButtonLook
  close(): void
  /** Rejects with why it was not done; the dialog then stays open with what was written in it. */
  done(why: string): Promise<unknown>
}

export function AskWhy({ title, text, confirm, look = 'primary', close, done }: AskProps) {
  const [why, setWhy] = useState('')
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const save = (event: Event) => {
    event.preventDefault()
    setBusy(true)
    setProblem('')
    done(why.trim()).then(close, (error: Error) => {
      setProblem(error.message)
      setBusy(false)
    })
  }
  return (
    <Modal class="dialog" aria-labelledby="why-title" close={close}>
      <form onSubmit={save} class="ask-why">
        <h2 id="why-title">{title}</h2>
        <p class="soft">{text}</p>
        <label>
          Why
          <input class="vc-field" value={why} maxLength={500} onInput={(event) => setWhy(event.currentTarget.value)} data-testid="why" />
        </label>
        {problem && (
          <p class="head-problem" role="alert">
            {problem}
          </p>
        )}
        <footer class="dialog-foot">
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" look={look} disabled={busy} data-testid="confirm">
            {confirm}
          </Button>
        </footer>
      </form>
    </Modal>
  )
}
