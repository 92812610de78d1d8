// The conversation with the contact: every member reads it; the one who took over writes in it.
import { useEffect, useRef } from 'preact/hooks'
import { Avatar } from '../../shared/avatar'
import { Button } from '../../shared/button'
import { Icon } from '../../shared/icon'
import type { Detail, Me, Message } from '../types'
import { full, shortClock } from '../words'
import { Composer } from './composer'
import { type Draft, speaker, withNotes } from './conversation'
import { Noted, NoteForm } from './note'
import { useDrafts } from './use_drafts'
import type { LiveEscalation } from './use_escalation'

interface ChatProps {
  detail: Detail
  me: Me
  live: LiveEscalation
  suggested: { text: string } | null
  takeOver(): void
  /** Whether the reply takes the focus when it appears. */
  eager: boolean
  /** Whether a note is being written instead of a reply. */
  noting: boolean
  note(on: boolean): void
  noted(detail: Detail): void
}

export function Chat(props: ChatProps) {
  const { detail, live } = props
  const { escalation } = detail
  const { waiting, send, again } = useDrafts(escalation.id, live)
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => end.current?.scrollTo({ top: end.current.scrollHeight }), [live.messages.length, waiting.length, live.typing, detail.notes.length])
  return (
    <section class="chat" aria-label="Conversation">
      <div class="chat-log" ref={end} role="log" aria-live="polite" data-testid="chat-log">
        {live.messages.length === 0 && waiting.length === 0 && detail.notes.length === 0 && <p class="chat-none">Nothing has been said yet. What you write appears in the page the contact is on.</p>}
        {withNotes(live.messages, detail.notes).map((one) =>
          'seq' in one ? (
            <Said key={`m${one.seq}`} message={one} contactName={escalation.contact.name} escalation={escalation.id} />
          ) : (
            <Noted key={`n${one.id}`} note={one} />
          ),
        )}
        {waiting.map((draft) => (
          <Waiting key={draft.clientId} draft={draft} again={() => again(draft)} />
        ))}
        {live.typing && (
          <p class="chat-typing">
            <bdi>{escalation.contact.name}</bdi> is writing…
          </p>
        )}
      </div>
      {props.noting ? (
        <NoteForm id={escalation.id} noted={props.noted} close={() => props.note(false)} />
      ) : (
        <>
          <Foot {...props} send={send} />
          <Button look="quiet" class="note-open" title="i" data-testid="note-open" onClick={() => props.note(true)}>
            <Icon name="file" /> Note for members
          </Button>
        </>
      )}
    </section>
  )
}

function Foot({ detail, me, suggested, takeOver, eager, send }: ChatProps & { send(text: string): void }) {
  const { escalation, speaker } = detail
  if (escalation.state === 'resolved') return <p class="chat-foot soft">Resolved. The assistant answers from here on.</p>
  if (!speaker)
    return (
      <div class="chat-foot">
        <p class="soft">The assistant is answering. Take over to write; it stops at once.</p>
        <Button look="primary" onClick={takeOver} data-testid="take-over-chat">
          Take over
        </Button>
      </div>
    )
  if (speaker.id !== me.member.id) return <p class="chat-foot soft">{speaker.name} has taken this over and is speaking.</p>
  return <Composer conversation={escalation.conversation} suggested={suggested} eager={eager} send={send} />
}

function Said({ message, contactName, escalation }: { message: Message; contactName: string; escalation: string }) {
  if (message.author === 'notice') return <p class="chat-notice">{message.text}</p>
  const name = speaker(message, contactName)
  return (
    <div class={`said said-${message.author}`} data-testid="message" data-author={message.author}>
      <Avatar name={name} of={message.author} />
      <div class="said-body">
        <p class="said-by">
          <bdi>{name}</bdi> <time title={full(message.at)}>{shortClock(message.at)}</time>
        </p>
        {message.text && (
          <p class="said-text">
            <bdi>{message.text}</bdi>
          </p>
        )}
        {message.files?.map((file) => (
          <p key={file.id} class="said-source">
            <a href={`/console/api/escalations/${escalation}/files?id=${file.id}`} download={file.name} data-testid="message-file">
              <Icon name="file" /> <bdi>{file.name}</bdi>
            </a>
          </p>
        ))}
        {message.source && <p class="said-source">From “{message.source.title}”</p>}
      </div>
    </div>
  )
}

function Waiting({ draft, again }: { draft: Draft; again(): void }) {
  return (
    <div class={`said said-member said-${draft.state}`} data-testid="draft">
      <div class="said-body">
        <p class="said-text">
          <bdi>{draft.text}</bdi>
        </p>
        {draft.state === 'sending' ? (
          <p class="said-source">Sending…</p>
        ) : (
          <p class="said-failed">
            Not sent: {draft.why}
            <Button look="quiet" onClick={again}>
              <Icon name="retry" /> Send again
            </Button>
          </p>
        )}
      </div>
    </div>
  )
}
