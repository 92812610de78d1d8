// An escalation on one screen: what, who, why now, what was tried, what to do.
import { useRef, useState } from 'preact/hooks'
import { assignTo, CallFailed, handBack, mergeInto, snooze, takeOver } from '../api'
import { useHeadFocus } from '../focus'
import { useNow } from '../hooks'
import { useShortcuts } from '../keys'
import { Empty, Failed, Loading } from '../states'
import type { Detail, Me, Row } from '../types'
import { AssignDialog } from '../queue/assign'
import { AgreedCard } from './agreed'
import { Chat } from './chat'
import { Head } from './head'
import { AccountCard, ProblemsCard } from './account'
import { Evidence, Intention, Tried } from './cards'
import { WhatToDo } from './do'
import { DraftCard } from './draft'
import { MergedCard } from './merged'
import { WhyNow } from './why'
import { ReplayCard } from '../replay/card'
import { SnoozeForm } from './snooze'
import { TimelineCard } from './timeline'
import { UnderstoodCard } from './understood'
import { useEscalation } from './use_escalation'
import { VerdictForm, VerdictGivenCard } from './verdict'
import { Who } from './who'

interface EscalationProps {
  id: string
  me: Me
  /** Other members who have it open. */
  lookers: string[]
  /** Whether rows are chosen in the list; the keys then act on those. */
  busy: boolean
  changed(row: Row): void
  close(): void
}

export function EscalationPage({ id, me, lookers, busy, changed, close }: EscalationProps) {
  const live = useEscalation(id)
  const { around } = live
  const now = useNow()
  const [asking, ask] = useState(false)
  const [putting, putOff] = useState(false)
  const [giving, giveAway] = useState(false)
  const [noting, note] = useState(false)
  const [problem, setProblem] = useState('')
  const [suggested, suggest] = useState<{ text: string } | null>(null)
  const detail = live.detail.value
  const focus = useHeadFocus<HTMLElement>(detail !== undefined)
  const took = (fresh: Detail) => {
    live.detail.put(fresh)
    changed(fresh.escalation)
    live.timeline.again()
  }
  const act = (action: (id: string) => Promise<Detail>) => {
    setProblem('')
    action(id).then(took, (error: CallFailed) => {
      setProblem(error.message)
      live.detail.again()
    })
  }
  const usePassage = () => {
    const article = around.value?.draft.find((sentence) => sentence.record?.kind === 'article')
    if (article) suggest({ text: article.text })
    else document.querySelector('[data-testid=suggestion]')?.scrollIntoView({ block: 'center' })
  }
  const promise = () => document.querySelector<HTMLElement>('[data-testid=promise-text]')?.focus()
  const open = detail !== undefined && detail.escalation.state !== 'resolved'
  // While the assistant is speaking the focus goes to the button, and Enter takes over.
  const focusReply = () => document.querySelector<HTMLElement>('[data-testid=composer-input], [data-testid=take-over-chat]')?.focus()
  const eager = useRef(false)
  const takeOverTo = (write: boolean) => {
    eager.current = write
    act(takeOver)
  }
  useShortcuts(
    busy || !open
      ? []
      : [
          { key: 'e', what: 'Resolve', run: () => ask(true) },
          ...(detail.speaker ? [] : [{ key: 't', what: 'Take over', run: () => takeOverTo(false) }]),
          { key: 'a', what: 'Assign', run: () => giveAway(true) },
          { key: 's', what: 'Snooze', run: () => putOff(true) },
          { key: 'r', what: 'Reply', run: () => focusReply() },
          { key: 'i', what: 'Write a note for members', run: () => note(true) },
        ],
  )

  // May happen while it is open, when its contact is erased.
  if (live.detail.error instanceof CallFailed && live.detail.error.status === 404) return <Gone />
  if (!detail) {
    return live.detail.error ? <Failed error={live.detail.error} retry={live.detail.again} /> : <Loading rows={8} label="Reading the escalation" />
  }
  return (
    <article {...focus} class={`escalation${detail.speaker?.id === me.member.id ? ' escalation-speaking' : ''}`} data-testid="escalation" data-escalation={id} data-state={detail.escalation.state}>
      <Head
        detail={detail}
        me={me}
        now={now}
        lookers={lookers}
        problem={problem}
        close={close}
        act={{
          takeOver: () => takeOverTo(true),
          handBack: () => act(handBack),
          resolve: () => ask(true),
          snooze: () => putOff(true),
          assign: () => giveAway(true),
          wake: () => act((id) => snooze(id, 0, '')),
          split: () => act((id) => mergeInto(id, null)),
        }}
      />
      <div class="escalation-columns">
        <div class="escalation-facts" tabIndex={0} role="region" aria-label="What is known">
          {detail.verdict && <VerdictGivenCard verdict={detail.verdict} />}
          <WhatToDo detail={detail} around={around} does={{ takeOver: () => takeOverTo(true), usePassage, promise }} done={took} />
          <div class="escalation-half">
            <WhyNow detail={detail} around={around} />
            <Evidence detail={detail} now={now} />
            <ProblemsCard around={around} now={now} />
            <AccountCard detail={detail} around={around} now={now} />
            <MergedCard merged={detail.merged} again={live.detail.again} failed={(error) => setProblem(error.message)} />
          </div>
          <div class="escalation-half">
            <Intention detail={detail} />
            <UnderstoodCard id={id} contact={detail.escalation.contact.id} useText={detail.speaker?.id === me.member.id ? (text) => suggest({ text }) : undefined} />
            <Tried detail={detail} now={now} />
            <DraftCard id={id} around={around} email={detail.escalation.contact.email} use={detail.speaker?.id === me.member.id ? (text) => suggest({ text }) : undefined} />
            <AgreedCard id={id} name={detail.escalation.contact.name} />
          </div>
          <Who detail={detail} now={now} me={me} erased={close} />
          <ReplayCard id={id} />
          <TimelineCard timeline={live.timeline} older={live.older} />
        </div>
        <Chat detail={detail} me={me} live={live} suggested={suggested} takeOver={() => takeOverTo(true)} eager={eager.current} noting={noting} note={note} noted={took} />
      </div>
      {asking && <VerdictForm id={id} asked={detail.escalation.verdict_asked} done={took} close={() => ask(false)} />}
      {giving && <AssignDialog me={me} what="this escalation" give={(to) => act((id) => assignTo(id, to))} close={() => giveAway(false)} />}
      {putting && <SnoozeForm id={id} done={took} close={() => putOff(false)} />}
    </article>
  )
}

function Gone() {
  return (
    <Empty icon="search" title="There is no such escalation">
      <p>It may belong to another workspace, its contact may have been erased, or the link is broken.</p>
    </Empty>
  )
}
