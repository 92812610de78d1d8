// What the member has sent and the server has not confirmed: shown at once, kept until confirmed.
import { useCallback, useEffect, useState } from 'preact/hooks'
import { type CallFailed, sendMessage } from '../api'
import { readUnsent, writeUnsent } from '../kept'
import type { LiveEscalation } from './use_escalation'
import { newId } from '../../shared/new_id'
import { type Draft, unsent } from './conversation'

/** Why a message sent from an earlier page is no longer on its way. */
const LEFT = 'the page was left before the server had answered.'

export interface Drafts {
  waiting: Draft[]
  send(text: string): void
  again(draft: Draft): void
}

/** Returns the drafts of this page's escalation; every escalation has drafts of its own. */
export function useDrafts(escalation: string, { messages, said }: LiveEscalation): Drafts {
  const [drafts, setDrafts] = useState<Draft[]>(() => readUnsent(escalation).map((one) => ({ ...one, state: 'failed', why: LEFT })))
  const waiting = unsent(drafts, messages)
  // Stored before the request leaves, so that nothing that happens to it or the page loses text.
  useEffect(() => writeUnsent(escalation, waiting), [escalation, drafts, messages])
  const again = useCallback(
    (draft: Draft) => {
      const sending: Draft = { ...draft, state: 'sending' }
      setDrafts((held) => [...held.filter((other) => other.clientId !== draft.clientId), sending])
      const others = () => readUnsent(escalation).filter((other) => other.clientId !== draft.clientId)
      writeUnsent(escalation, [...others(), sending])
      sendMessage(escalation, draft.text, draft.clientId).then(
        (message) => {
          // By now the page may show another escalation.
          writeUnsent(escalation, others())
          said(message)
        },
        (error: CallFailed) => setDrafts((held) => held.map((other) => (other.clientId === draft.clientId ? { ...other, state: 'failed', why: error.message } : other))),
      )
    },
    [escalation, said],
  )
  const send = useCallback((text: string) => again({ clientId: newId(), text, state: 'sending', why: '' }), [again])
  return { waiting, send, again }
}
