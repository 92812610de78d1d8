// Who is on duty when, for how many minutes, and the quiet hours in which nobody is hurried.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Pill } from '../../shared/pill'
import { Card } from '../escalation/cards'
import type { Me } from '../types'
import type { Deciding, DutyGiven, Hours } from './types'
import { changePolicy, type Live, setDuty } from './use_deciding'

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone

export function DutyPage({ found, live, me }: { found: Deciding; live: Live; me: Me }) {
  const [editing, edit] = useState<number | null>(null)
  return (
    <div class="deciding-columns">
      <Card title="Today's minutes" testid="spending">
        <Spending found={found} />
        <Budget found={found} live={live} />
      </Card>
      <Card title="Quiet hours" testid="quiet">
        <QuietHours found={found} live={live} />
      </Card>
      <Card title="Who is available" testid="hours">
        {found.hours.every(({ duty }) => !duty) && <p class="soft">Nobody has set hours: everyone counts as available, and the account's owner is asked.</p>}
        <ul class="hours">
          {found.hours.map((one) => (
            <li key={one.member.id}>
              <HoursLine one={one} may={found.may_change || one.member.id === me.member.id} edit={() => edit(one.member.id)} />
              {editing === one.member.id && <DutyForm one={one} live={live} close={() => edit(null)} />}
            </li>
          ))}
        </ul>
      </Card>
    </div>
  )
}

function Spending({ found: { spending } }: { found: Deciding }) {
  if (!spending) return <p class="soft">No budget: no call is ever displaced by another.</p>
  const share = (minutes: number) => (spending.a_day ? Math.min(100, (minutes / spending.a_day) * 100) : 0)
  return (
    <>
      <p class="lead">
        {Math.round(spending.spent)} of {Math.round(spending.a_day)} minutes are spent
      </p>
      <svg class="interval" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect class="bar-rest" width="100" height="8" />
        <rect class="interval-fill" width={share(spending.spent)} height="8" />
        <rect class="interval-kept" x={share(spending.spent)} width={share(spending.kept)} height="8" />
      </svg>
      <p class="soft">{Math.round(spending.kept)} more are kept for whoever asks for a person before midnight (UTC).</p>
    </>
  )
}

function Budget({ found, live }: { found: Deciding; live: Live }) {
  const [minutes, setMinutes] = useState(found.policy.minutes_a_day === null ? '' : String(found.policy.minutes_a_day))
  const wanted = minutes === '' ? null : Number(minutes)
  return (
    <form
      class="inline-form"
      onSubmit={(event) => {
        event.preventDefault()
        live.run(() => changePolicy({ minutes_a_day: wanted }))
      }}
    >
      <label>
        At most per day, for everyone together
        <input class="vc-field" type="number" min={0} value={minutes} placeholder="no limit" disabled={!found.may_change} onInput={(event) => setMinutes(event.currentTarget.value)} />
      </label>
      <Button type="submit" disabled={!found.may_change || live.busy || wanted === found.policy.minutes_a_day}>
        Set
      </Button>
    </form>
  )
}

function QuietHours({ found, live }: { found: Deciding; live: Live }) {
  const quiet = found.policy.quiet
  const [starts, setStarts] = useState(quiet?.starts ?? '20:00')
  const [ends, setEnds] = useState(quiet?.ends ?? '07:00')
  const zone = quiet?.zone ?? HERE
  return (
    <>
      <p class="soft">{quiet ? `From ${quiet.starts} to ${quiet.ends} (${quiet.zone}) deadlines wait until they are over.` : 'None.'} Whoever asks for a person is not kept waiting by them.</p>
      <form
        class="inline-form"
        onSubmit={(event) => {
          event.preventDefault()
          live.run(() => changePolicy({ quiet: { starts, ends, zone } }))
        }}
      >
        <label>
          From
          <input class="vc-field" type="time" value={starts} disabled={!found.may_change} onInput={(event) => setStarts(event.currentTarget.value)} />
        </label>
        <label>
          To
          <input class="vc-field" type="time" value={ends} disabled={!found.may_change} onInput={(event) => setEnds(event.currentTarget.value)} />
        </label>
        <Button type="submit" disabled={!found.may_change || live.busy || !starts || !ends}>
          Set
        </Button>
        {quiet && (
          <Button disabled={!found.may_change || live.busy} onClick={() => live.run(() => changePolicy({ quiet: null }))}>
            None
          </Button>
        )}
      </form>
    </>
  )
}

function HoursLine({ one, may, edit }: { one: Hours; may: boolean; edit(): void }) {
  const { duty } = one
  const days = duty?.days.length ? duty.days.map((number) => DAYS[number]).join(', ') : 'every day'
  return (
    <div class="hours-line" data-testid="hours-line">
      <span class="hours-words">
        <strong>{one.member.name}</strong> <span class="soft">{one.member.role}</span>{' '}
        <Pill look={one.on_duty ? 'good' : 'neutral'}>{one.on_duty ? 'there' : 'not there'}</Pill>
        <span class="soft">
          {duty
            ? `${duty.starts.slice(0, 5)} to ${duty.ends.slice(0, 5)} ${duty.zone}, ${days}; ${Math.round(one.minutes_left ?? 0)} of ${Math.round(duty.minutes_a_day)} minutes left, ${one.open} open${duty.skills.length ? `; knows ${duty.skills.join(', ')}` : ''}`
            : 'no hours set'}
        </span>
      </span>
      {may && <Button onClick={edit}>{duty ? 'Change' : 'Set hours'}</Button>}
    </div>
  )
}

function DutyForm({ one, live, close }: { one: Hours; live: Live; close(): void }) {
  const [wanted, setWanted] = useState<DutyGiven>({
    member: one.member.id,
    minutes_a_day: one.duty?.minutes_a_day ?? 120,
    days: one.duty?.days ?? [0, 1, 2, 3, 4],
    starts: one.duty?.starts.slice(0, 5) ?? '09:00',
    ends: one.duty?.ends.slice(0, 5) ?? '17:00',
    zone: one.duty?.zone ?? HERE,
    skills: one.duty?.skills ?? [],
  })
  const change = (more: Partial<DutyGiven>) => setWanted((before) => ({ ...before, ...more }))
  const toggle = (number: number) => change({ days: wanted.days.includes(number) ? wanted.days.filter((one) => one !== number) : [...wanted.days, number] })
  return (
    <form
      class="duty-form"
      data-testid="duty-form"
      onSubmit={(event) => {
        event.preventDefault()
        live.run(() => setDuty(wanted), close)
      }}
    >
      <fieldset class="days">
        <legend>Days</legend>
        {DAYS.map((name, number) => (
          <label key={name}>
            <input type="checkbox" checked={wanted.days.includes(number)} onChange={() => toggle(number)} /> {name}
          </label>
        ))}
      </fieldset>
      <div class="inline-form">
        <label>
          From
          <input class="vc-field" type="time" required value={wanted.starts} onInput={(event) => change({ starts: event.currentTarget.value })} />
        </label>
        <label>
          To
          <input class="vc-field" type="time" required value={wanted.ends} onInput={(event) => change({ ends: event.currentTarget.value })} />
        </label>
        <label>
          Time zone
          <input class="vc-field" required value={wanted.zone} onInput={(event) => change({ zone: event.currentTarget.value })} />
        </label>
        <label>
          Minutes a day
          <input class="vc-field" type="number" min={0} max={1440} required value={wanted.minutes_a_day} onInput={(event) => change({ minutes_a_day: Number(event.currentTarget.value) })} />
        </label>
        <label>
          Knows (legal, outage, rage, …)
          <input class="vc-field" value={wanted.skills.join(', ')} onChange={(event) => change({ skills: event.currentTarget.value.split(',').map((skill) => skill.trim()).filter(Boolean) })} />
        </label>
        <Button look="primary" type="submit" disabled={live.busy}>
          Save
        </Button>
        <Button look="quiet" onClick={close}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
