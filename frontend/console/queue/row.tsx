// One escalation in the queue: who, what, how bad, since when.
import { useEffect, useRef } from 'preact/hooks'
import { follow, type QueueAddress } from '../address'
import { Avatar } from '../../shared/avatar'
import { Icon } from '../../shared/icon'
import { Pill, type PillLook } from '../../shared/pill'
import { nothingFocused } from '../focus'
import type { Me, Row } from '../types'
import { Amount, useMoney } from '../money'
import { ago, full, reasonWords } from '../words'

const REASON_LOOKS: Record<string, PillLook> = { asked: 'info', matter: 'danger', failed_help: 'danger', friction: 'danger' }

interface RowProps {
  row: Row
  address: QueueAddress
  now: number
  marked: boolean
  /** From 1; `count` is -1 while nobody knows how many there are. */
  place: number
  count: number
  chosen: boolean
  /** Some are: the boxes are in sight. */
  choosing: boolean
  choose(id: string, range: boolean): void
  /** Other members who have it open. */
  lookers: string[]
  me: Me
}

export function QueueRow(props: RowProps) {
  const { row, address, marked, place, count, chosen, choosing, choose } = props
  const open = address.escalation === row.id
  const link = useRef<HTMLAnchorElement>(null)
  // What is marked has the focus too: Tab goes on from there, Enter opens it, and it is read out. Whoever
  // is on a row's box stays there: Space takes the choice back.
  useEffect(() => {
    if (marked && !open && (nothingFocused() || document.activeElement?.matches('.row'))) link.current?.focus({ preventScroll: true })
  }, [marked, open])
  return (
    <li class={`row-line${choosing ? ' row-choosing' : ''}`} aria-posinset={place} aria-setsize={count}>
      <input
        type="checkbox"
        class="row-box"
        checked={chosen}
        aria-label={`Choose ${row.contact.name}`}
        data-testid="row-choose"
        onClick={(event) => {
          // The list decides, and a range is more than this one box.
          event.preventDefault()
          choose(row.id, event.shiftKey)
        }}
      />
      <a
        ref={link}
        {...follow({ ...address, escalation: row.id })}
        class={`row row-${row.state}${marked ? ' row-marked' : ''}${chosen ? ' row-chosen' : ''}`}
        aria-current={open ? 'true' : undefined}
        data-testid="queue-row"
        data-escalation={row.id}
        data-state={row.state}
      >
        <Avatar name={row.contact.name} of="contact" />
        <RowBody {...props} />
        <Expected row={row} />
      </a>
    </li>
  )
}

function RowBody({ row, now, lookers, me }: RowProps) {
  const mine = row.owner?.id === me.member.id
  const late = row.state === 'open' && Date.parse(row.due_at) < now
  return (
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
        {row.account?.annual_revenue && 
          <span class="row-value">
            <Amount of={Number(row.account.annual_revenue)} /> a year
          </span>
        }
      </span>
      <span class="row-summary">
        <bdi>{row.summary}</bdi>
      </span>
      <span class="row-pills">
        {lookers.length > 0 && (
          <Pill look="info">
            <Icon name="eye" /> <span data-testid="row-looked-at">{lookers.join(', ')}</span>
          </Pill>
        )}
        {late && <Pill look="danger">Overdue</Pill>}
        {row.state === 'taken' && <Pill look="accent">{mine ? 'You speak' : `${row.owner?.name ?? 'Somebody'} is on it`}</Pill>}
        <Pill look={REASON_LOOKS[row.reason] ?? 'warn'}>{reasonWords(row.reason)}</Pill>
        {row.state === 'open' && row.owner && <Pill>{mine ? 'Yours' : row.owner.name}</Pill>}
        {row.state === 'resolved' && <Pill look="good">Resolved</Pill>}
        {row.snoozed_until && <Pill>until {full(row.snoozed_until)}</Pill>}
      </span>
    </span>
  )
}

/** What a person's minutes are expected to bring, which orders the queue; the bar is how badly they are stuck. */
function Expected({ row: { worth, score, track } }: { row: Row }) {
  const money = useMoney()
  const value = worth['value']
  const percent = Math.round(score * 100)
  const told = value === undefined ? 'There is no estimate of what a person’s minutes are worth here' : `A person’s minutes are expected to bring ${money.full(value)} here`
  const proven = track && track.of > 0 ? `; calls of this kind were right ${track.right} of the last ${track.of} times` : ''
  return (
    <span class="score" title={`${told}; score ${percent} of 100${proven}`}>
      <span class="score-number">
        <span class="vc-hidden-text">worth </span>
        {value === undefined ? '–' : money.short(Math.round(value))}
      </span>
      <svg class="score-bar" viewBox="0 0 4 32" preserveAspectRatio="none" aria-hidden="true">
        <rect class="score-rest" width="4" height="32" rx="2" />
        <rect class="score-fill" width="4" height={score * 32} y={32 - score * 32} rx="2" />
      </svg>
    </span>
  )
}
