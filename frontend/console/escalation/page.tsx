// An escalation on one screen: what, who, why now, what was tried, what to do.
import { useState } from 'preact/hooks'
import { CallFailed, handBack, snooze, takeOver } from '../api'
import { useNow } from '../hooks'
import { useShortcuts } from '../keys'
import { Empty, Failed, Loading } from '../states'
import type { Detail, Me, Row } from '../types'
import { AgreedCard } from './agreed'
import { Chat } from './chat'
import { Head } from './head'
import { Evidence, Intention, Tried, WhyNow } from './cards'
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
  changed(row: Row): void
  close(): void
}

export function EscalationPage({ id, me, changed, close }: EscalationProps) {
  const live = useEscalation(id)
  const now = useNow()
  const [asking, ask] = useState(false)
  const [putting, putOff] = useState(false)
  const [problem, setProblem] = useState('')
  const [suggested, suggest] = useState<{ text: string } | null>(null)
  const detail = live.detail.value
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
  const open = detail !== undefined && detail.escalation.state !== 'resolved'
  useShortcuts([
    { key: 'e', what: 'Resolve', run: () => open && ask(true) },
    { key: 't', what: 'Take over', run: () => open && !detail.speaker && act(takeOver) },
    { key: 'r', what: 'Reply', run: () => document.querySelector<HTMLElement>('[data-testid=composer-input]')?.focus() },
  ])

  if (!detail) {
    const gone = live.detail.error instanceof CallFailed && live.detail.error.status === 404
    if (gone) return <Gone />
    return live.detail.error ? <Failed error={live.detail.error} retry={live.detail.again} /> : <Loading rows={8} label="Reading the escalation" />
  }
  return (
    <article class="escalation" data-testid="escalation" data-escalation={id} data-state={detail.escalation.state}>
      <Head detail={detail} me={me} now={now} problem={problem} close={close} act={{ takeOver: () => act(takeOver), handBack: () => act(handBack), resolve: () => ask(true), snooze: () => putOff(true), wake: () => act((id) => snooze(id, 0, '')) }} />
      <div class="escalation-columns">
        <div class="escalation-facts">
          {detail.verdict && <VerdictGivenCard verdict={detail.verdict} />}
          <div class="escalation-half">
            <WhyNow detail={detail} />
            <Evidence detail={detail} now={now} />
          </div>
          <div class="escalation-half">
            <Intention detail={detail} />
            <Tried detail={detail} now={now} />
          </div>
          <UnderstoodCard id={id} useText={detail.speaker?.id === me.member.id ? (text) => suggest({ text }) : undefined} />
          <Who detail={detail} now={now} />
          <AgreedCard id={id} name={detail.escalation.contact.name} />
          <ReplayCard id={id} />
          <TimelineCard timeline={live.timeline} older={live.older} />
        </div>
        <Chat detail={detail} me={me} live={live} suggested={suggested} takeOver={() => act(takeOver)} />
      </div>
      {asking && <VerdictForm id={id} asked={detail.escalation.verdict_asked} done={took} close={() => ask(false)} />}
      {putting && <SnoozeForm id={id} done={took} close={() => putOff(false)} />}
    </article>
  )
}

function Gone() {
  return (
    <Empty icon="search" title="There is no such escalation">
      <p>It may belong to another workspace, or the link is broken.</p>
    </Empty>
  )
}
