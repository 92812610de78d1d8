// How the workspace helps: nudges, hours, first steps, plan templates.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Card } from '../escalation/cards'
import type { PartProps } from './page'
import { StepsCard } from './steps'
import { TemplatesCard } from './templates'
import type { Hours, MemberLine } from './types'

export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

export function HelpPage(props: PartProps) {
  return (
    <>
      <Nudges {...props} />
      <HoursCard {...props} />
      <StepsCard {...props} />
      <TemplatesCard {...props} />
    </>
  )
}

function Nudges({ setup: { nudges, may_lead }, change }: PartProps) {
  const [share, setShare] = useState(String(Math.round(nudges.withhold * 100)))
  const [minutes, setMinutes] = useState(String(nudges.quiet_minutes))
  return (
    <Card title="Nudges" testid="nudges">
      <form
        class="row-form"
        onSubmit={(event) => {
          event.preventDefault()
          change.send('/nudges', { withhold: Number(share) / 100, quiet_minutes: Number(minutes) })
        }}
      >
        <label>
          Withheld at random, per cent
          <input class="vc-field short" type="number" required min={0} max={90} value={share} disabled={!may_lead} onInput={(event) => setShare(event.currentTarget.value)} />
        </label>
        <label>
          Quiet after a dismissal, minutes
          <input class="vc-field short" type="number" required min={0} max={43200} value={minutes} disabled={!may_lead} onInput={(event) => setMinutes(event.currentTarget.value)} />
        </label>
        {may_lead && (
          <Button type="submit" disabled={change.busy}>
            Save
          </Button>
        )}
      </form>
      <p class="soft">Withholding a few shows what nudges achieve; without that nobody can tell.</p>
    </Card>
  )
}

function HoursCard(props: PartProps) {
  const { setup, me } = props
  const [editing, edit] = useState<number | null>(null)
  return (
    <Card title="When contacts can reach whom" testid="hours">
      <p class="soft">Shown in the panel beside the name of who looks after the contact. Who is called when, and for how many minutes, is set under Deciding.</p>
      <ul class="lines">
        {setup.members
          .filter(({ member }) => member.role !== 'product')
          .map((line) => (
            <li key={line.member.id}>
              <span>
                <strong>
                  <bdi>{line.member.name}</bdi>
                </strong>{' '}
                <span class="soft">{line.hours ? told(line.hours) : 'promises no hours'}</span>
              </span>
              {(setup.may_lead || line.member.id === me.member.id) && (
                <Button look="quiet" aria-expanded={editing === line.member.id} aria-label={`${line.hours ? 'Change' : 'Set hours'}: ${line.member.name}`} onClick={() => edit(editing === line.member.id ? null : line.member.id)}>
                  {line.hours ? 'Change' : 'Set hours'}
                </Button>
              )}
              {editing === line.member.id && <HoursForm {...props} line={line} close={() => edit(null)} />}
            </li>
          ))}
      </ul>
    </Card>
  )
}

function told(hours: Hours): string {
  return `${hours.weekdays.map((number) => DAYS[number]).join(', ')}, ${hours.opens.slice(0, 5)} to ${hours.closes.slice(0, 5)} ${hours.zone}`
}

function HoursForm({ line, change, close }: PartProps & { line: MemberLine; close(): void }) {
  const [hours, setHours] = useState<Hours>(line.hours ?? { zone: Intl.DateTimeFormat().resolvedOptions().timeZone, weekdays: [0, 1, 2, 3, 4], opens: '09:00', closes: '17:00' })
  const set = (more: Partial<Hours>) => setHours((before) => ({ ...before, ...more }))
  const toggle = (number: number) => set({ weekdays: hours.weekdays.includes(number) ? hours.weekdays.filter((one) => one !== number) : [...hours.weekdays, number] })
  return (
    <form
      class="row-form member-remove"
      onSubmit={(event) => {
        event.preventDefault()
        change.send('/hours', { member: line.member.id, hours }, close)
      }}
    >
      <fieldset class="plain days-row">
        <legend>Days</legend>
        {DAYS.map((name, number) => (
          <label key={name} class="tick">
            <input type="checkbox" checked={hours.weekdays.includes(number)} onChange={() => toggle(number)} /> {name}
          </label>
        ))}
      </fieldset>
      <label>
        From
        <input class="vc-field" type="time" required value={hours.opens} onInput={(event) => set({ opens: event.currentTarget.value })} />
      </label>
      <label>
        To
        <input class="vc-field" type="time" required value={hours.closes} onInput={(event) => set({ closes: event.currentTarget.value })} />
      </label>
      <label>
        Time zone
        <input class="vc-field" required maxLength={60} value={hours.zone} onInput={(event) => set({ zone: event.currentTarget.value })} />
      </label>
      <Button type="submit" look="primary" disabled={change.busy}>
        Save
      </Button>
      {line.hours && (
        <Button look="quiet" disabled={change.busy} onClick={() => change.send('/hours', { member: line.member.id, hours: null }, close)}>
          Promise none
        </Button>
      )}
    </form>
  )
}
