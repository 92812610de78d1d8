// The escalation's first lines: what is wrong, where, since when, and what can be done about it.
import { follow } from '../address'
import { Button } from '../../shared/button'
import { Icon } from '../../shared/icon'
import { Pill } from '../../shared/pill'
import type { Detail, Me } from '../types'
import { ago, full, reasonWords } from '../words'

interface HeadProps {
  detail: Detail
  me: Me
  now: number
  lookers: string[]
  problem: string
  close(): void
  act: { takeOver(): void; handBack(): void; resolve(): void; snooze(): void; assign(): void; wake(): void; split(): void }
}

export function Head({ detail, me, now, lookers, problem, close, act }: HeadProps) {
  const { escalation } = detail
  return (
    <header class="head">
      <div class="head-what">
        <Button look="quiet" square class="head-back" aria-label="Back to the queue" onClick={close}>
          <Icon name="back" />
        </Button>
        <div class="head-words">
          <h1 tabIndex={-1} data-testid="escalation-summary">
            <bdi>{escalation.summary}</bdi>
          </h1>
          <p class="head-where">
            <span data-testid="escalation-account">
              <bdi>{escalation.contact.name}</bdi>
              {escalation.account && (
                <>
                  {' at '}
                  <bdi>{escalation.account.name}</bdi>
                </>
              )}
            </span>
            {escalation.page && (
              <code data-testid="escalation-page">
                <bdi>{escalation.page}</bdi>
              </code>
            )}
            {escalation.element_name && (
              <span data-testid="escalation-element">
                <bdi>{escalation.element_name}</bdi>
              </span>
            )}
            <time dateTime={escalation.opened_at} title={full(escalation.opened_at)}>
              opened {ago(escalation.opened_at, now)}
            </time>
            {escalation.owner && <span data-testid="owner">{escalation.owner.id === me.member.id ? 'Yours' : `${escalation.owner.name}’s`}</span>}
            {lookers.length > 0 && (
              <span class="head-lookers" data-testid="lookers" role="status">
                <Icon name="eye" /> {lookers.join(' and ')} {lookers.length > 1 ? 'look' : 'looks'} at this too
              </span>
            )}
          </p>
        </div>
      </div>
      <div class="head-act">
        <StatePill detail={detail} now={now} />
        <span class="vc-hidden-text" role="status">
          {standing(detail)}
        </span>
        {escalation.state !== 'resolved' && <Actions detail={detail} me={me} act={act} />}
      </div>
      {detail.snooze && (
        <p class="head-snoozed" data-testid="snoozed">
          Put off until {full(detail.snooze.until)} by {detail.snooze.by}: <bdi>{detail.snooze.reason}</bdi> <Button onClick={act.wake}>Show it again</Button>
        </p>
      )}
      {escalation.merged_into && (
        <p class="head-snoozed">
          Worked on under <a {...follow({ page: 'queue', escalation: escalation.merged_into, view: 'active', order: 'value' })}>another escalation</a>. <Button onClick={act.split}>Take apart</Button>
        </p>
      )}
      {problem && (
        <p class="head-problem" role="alert">
          {problem}
        </p>
      )}
    </header>
  )
}

function Actions({ detail, me, act }: Pick<HeadProps, 'detail' | 'me' | 'act'>) {
  const { speaker } = detail
  return (
    <>
      {!speaker && (
        <Button look="primary" data-testid="take-over" onClick={act.takeOver} title="t">
          <Icon name="chat" /> Take over
        </Button>
      )}
      {speaker?.id === me.member.id && (
        <Button data-testid="hand-back" onClick={act.handBack}>
          <Icon name="retry" /> Hand back
        </Button>
      )}
      {(!speaker || speaker.id === me.member.id) && (
        <Button data-testid="assign" onClick={act.assign} title="a">
          <Icon name="person" /> Assign
        </Button>
      )}
      {!detail.snooze && (!speaker || speaker.id === me.member.id) && (
        <Button data-testid="snooze" onClick={act.snooze}>
          <Icon name="clock" /> Snooze
        </Button>
      )}
      {(!speaker || speaker.id === me.member.id) && (
        <Button data-testid="resolve" onClick={act.resolve} title="e">
          <Icon name="check" /> Resolve
        </Button>
      )}
    </>
  )
}

/** Returns the state after an act, for screen readers. */
function standing({ escalation, speaker, snooze }: Detail): string {
  if (escalation.state === 'resolved') return 'Resolved'
  if (snooze) return 'Snoozed'
  return speaker ? `${speaker.name} is speaking` : 'The assistant is speaking'
}

function StatePill({ detail, now }: { detail: Detail; now: number }) {
  const { escalation, speaker } = detail
  if (escalation.state === 'resolved') return <Pill look="good">Resolved</Pill>
  if (speaker) return <Pill look="accent">{speaker.name} is speaking</Pill>
  const late = Date.parse(escalation.due_at) < now
  return (
    <span title={`${reasonWords(escalation.reason)}; due ${full(escalation.due_at)}`}>
      <Pill look={late ? 'danger' : 'warn'}>
        <Icon name="clock" /> due {ago(escalation.due_at, now)}
      </Pill>
    </span>
  )
}
