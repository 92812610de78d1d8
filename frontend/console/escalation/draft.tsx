// A reply to edit and send, made from records: each claim shows the record it rests on.
import { CopyButton } from '../copying'
import { follow } from '../address'
import { Button } from '../../shared/button'
import { Icon } from '../../shared/icon'
import type { Loaded } from '../hooks'
import type { Around, Sentence } from './around'
import { Card } from './cards'
import { AskLetter, Checked, useWriter } from './letter'

const KINDS: Record<string, string> = { signal: 'What was seen', said: 'What they wrote', article: 'Article', problem: 'Problem', promise: 'Promise' }

interface DraftProps {
  id: string
  around: Loaded<Around>
  email: string
  /** Puts the draft into the reply; undefined unless this member is speaking. */
  use: ((text: string) => void) | undefined
}

export function DraftCard({ id, around, email, use }: DraftProps) {
  const writer = useWriter(id)
  const draft = writer.letter?.draft ?? around.value?.draft
  if (!draft) return null
  const text = letterOf(draft)
  return (
    <Card
      title="Draft"
      testid="draft-reply"
      more={
        <span class="draft-acts">
          {use && (
            <Button onClick={() => use(text)} data-testid="use-draft">
              Write it
            </Button>
          )}
          <CopyButton text={text} look="quiet" />
          {email && (
            <a class="vc-button vc-button-quiet" href={`mailto:${encodeURIComponent(email)}?body=${encodeURIComponent(text)}`}>
              E-mail
            </a>
          )}
        </span>
      }
    >
      <div class="draft-text">
        {draft.map((sentence, place) => (
          <Said key={place} sentence={sentence} />
        ))}
      </div>
      <p class="soft">{writer.letter ? <Checked removed={writer.letter.removed} /> : 'Written only from records: each claim shows the record behind it, and nothing else is claimed.'}</p>
      {around.value?.writer && <AskLetter writer={writer} />}
    </Card>
  )
}

function Said({ sentence }: { sentence: Sentence }) {
  const { text, record } = sentence
  return (
    <p>
      <bdi>{text}</bdi>
      {record && (
        <span class="draft-record" data-testid="draft-record" data-kind={record.kind} title={record.label}>
          <Icon name="check" /> {KINDS[record.kind] ?? record.kind}
          {record.kind === 'problem' && (
            <a {...follow({ page: 'room', room: 'problems', rest: record.id, query: {} })} aria-label={`Problem: ${record.label}`}>
              look
            </a>
          )}
          {record.kind === 'signal' && <a href={`#signal-${record.id}`}>look</a>}
          <span class="draft-label">
            <bdi>{record.label}</bdi>
          </span>
        </span>
      )}
    </p>
  )
}

/** Returns the draft as it is sent, with the greeting on a line of its own. */
export function letterOf(draft: Sentence[]): string {
  const [hello, ...rest] = draft.map((sentence) => sentence.text)
  return `${hello ?? ''}\n\n${capital(rest.join(' '))}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
