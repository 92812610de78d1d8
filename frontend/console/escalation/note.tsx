// Notes among members, shown between the messages; no contact ever sees one.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type CallFailed, writeNote } from '../api'
import { Button } from '../../shared/button'
import { useKept } from '../kept'
import type { Detail, Note } from '../types'
import { full, shortClock } from '../words'

export function Noted({ note }: { note: Note }) {
  return (
    <div class="noted" data-testid="note">
      <p class="said-by">
        <bdi>{note.by || 'A former member'}</bdi> noted <time title={full(note.at)}>{shortClock(note.at)}</time>
      </p>
      <p class="said-text">
        <bdi>{note.text}</bdi>
      </p>
    </div>
  )
}

export function NoteForm({ id, noted, close }: { id: string; noted(detail: Detail): void; close(): void }) {
  const [text, setText] = useKept(`note.${id}`)
  const [problem, setProblem] = useState('')
  const input = useRef<HTMLTextAreaElement>(null)
  useEffect(() => input.current?.focus(), [])
  const save = () => {
    if (!text.trim()) return
    writeNote(id, text.trim()).then(
      (detail) => {
        setText('')
        noted(detail)
        close()
      },
      (error: CallFailed) => setProblem(error.message),
    )
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close()
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    save()
  }
  return (
    <form
      class="composer composer-note"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <textarea ref={input} class="vc-field composer-input" rows={3} maxLength={5_000} dir="auto" aria-label="Note for members" placeholder="Only members see this" value={text} data-testid="note-input" onInput={(event) => setText(event.currentTarget.value)} onKeyDown={pressed} />
      {problem && <p role="alert">{problem}</p>}
      <div class="composer-foot">
        <Button
          look="quiet"
          onClick={() => {
            setText('')
            close()
          }}
        >
          Cancel
        </Button>
        <Button look="primary" type="submit" disabled={!text.trim()} data-testid="note-save">
          Note
        </Button>
      </div>
    </form>
  )
}
