// One escalation in the queue: who, what, how bad, since when.
import { useEffect, useRef } from 'preact/hooks'
import { follow, type QueueAddress } from '../address'
import { Avatar } from '../../shared/avatar'
import { Pill, type PillLook } from '../../shared/pill'
import type { Row } from '../types'
import { ago, compact, full, reasonWords } from '../words'

const REASON_LOOKS: Record<string, PillLook> = { asked: 'info', failed_help: 'danger', friction: 'danger' }

interface RowProps {
  row: Row
  address: QueueAddress
  now: number
  marked: boolean
}

export function QueueRow({ row, address, now, marked }: RowProps) {
  const element = useRef<HTMLAnchorElement>(null)
  const open = address.escalation === row.id
  useEffect(() => {
    if (marked) element.current?.scrollIntoView({ block: 'nearest' })
  }, [marked])
  const late = row.state === 'open' && Date.parse(row.due_at) < now
  return (
    <li>
      <a
        {...follow({ ...address, escalation: row.id })}
        ref={element}
        class={`row row-${row.state}${marked ? ' row-marked' : ''}`}
        aria-current={open ? 'true' : undefined}
        data-testid="queue-row"
        data-escalation={row.id}
        data-state={row.state}
      >
        <Avatar name={row.contact.name} of="contact" />
        <span class="row-body">
          <span class="row-top">
            <strong class="row-who">
              <bdi>{row.contact.name}</bdi>
            </strong>
            <time class="row-when" dateTime={row.opened_at} title={full(row.opened_at)}>
              {ago(row.opened_at, now)}
            </time>
          </span>
          <span class="row-account">
            <bdi>{row.account?.name ?? 'No account yet'}</bdi>
            {row.account?.annual_revenue && <span class="row-value">{compact(Number(row.account.annual_revenue))} a year</span>}
          </span>
          <span class="row-summary">
            <bdi>{row.summary}</bdi>
          </span>
          <span class="row-pills">
            <Pill look={REASON_LOOKS[row.reason] ?? 'warn'}>{reasonWords(row.reason)}</Pill>
            {row.state === 'taken' && <Pill look="accent">{row.owner?.name ?? 'Taken'} is on it</Pill>}
            {row.state === 'resolved' && <Pill look="good">Resolved</Pill>}
            {row.snoozed_until && <Pill>until {full(row.snoozed_until)}</Pill>}
            {row.track && row.track.of > 0 && (
              <span class="soft row-track" title="Verdicts on calls of this kind">
                right {row.track.right} of the last {row.track.of}
              </span>
            )}
            {late && <Pill look="danger">Overdue</Pill>}
          </span>
        </span>
        <Score value={row.score} />
      </a>
    </li>
  )
}

/** The score as a bar and a number: it orders the queue. */
export function Score({ value }: { value: number }) {
  const percent = Math.round(value * 100)
  return (
    <span class="score" title={`Score ${percent} of 100`}>
      <span class="score-number">{percent}</span>
      <svg class="score-bar" viewBox="0 0 4 32" preserveAspectRatio="none" aria-hidden="true">
        <rect class="score-rest" width="4" height="32" rx="2" />
        <rect class="score-fill" width="4" height={value * 32} y={32 - value * 32} rx="2" />
      </svg>
    </span>
  )
}
