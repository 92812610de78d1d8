// Who is in the workspace as what; inviting, changing a role, removing.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Pill } from '../../shared/pill'
import { Card } from '../escalation/cards'
import { useNow } from '../hooks'
import { ago, roleWords } from '../words'
import { Code } from './code'
import type { PartProps } from './page'
import type { MemberLine, Overview } from './types'

const ROLES: [string, string][] = [
  ['csm', 'CSM: the queue, accounts, their own hours'],
  ['product', 'Product: reads friction and problems'],
  ['lead', 'Lead: also guardrails, thresholds, flows, help'],
  ['admin', 'Admin: also keys, secrets, members'],
]

export function MembersPage(props: PartProps) {
  const { setup } = props
  return (
    <>
      <Card title="Members" testid="members">
        <ul class="lines">
          {setup.members.map((line) => (
            <MemberRow key={line.member.id} line={line} {...props} />
          ))}
        </ul>
        {!setup.may_admin && <p class="soft">Only an admin can invite and remove members.</p>}
      </Card>
      <SecondFactors {...props} />
      {setup.may_admin && <Invite {...props} />}
      <Invited {...props} />
    </>
  )
}

function SecondFactors({ setup, change, me }: PartProps) {
  const own = setup.members.some((line) => line.member.id === me.member.id && line.second_factor)
  return (
    <Card title="Second factor" testid="second-factors">
      <p>
        Yours is {own ? 'on: signing in asks for a code of your authenticator.' : 'off: your password alone signs you in.'} <a href="/console/second-factor">{own ? 'Take it off or change it' : 'Set it up'}</a>
      </p>
      <div class="form-foot">
        <span>{setup.second_factor_required ? 'The workspace asks everybody for one.' : 'The workspace leaves it to its members.'}</span>
        {setup.may_admin && (
          <Button disabled={change.busy} onClick={() => change.send('/second-factor', { asked: !setup.second_factor_required })}>
            {setup.second_factor_required ? 'Leave it to them' : 'Ask everybody'}
          </Button>
        )}
      </div>
    </Card>
  )
}

function MemberRow({ line, setup, change, me }: PartProps & { line: MemberLine }) {
  const [removing, remove] = useState(false)
  const [lost, lose] = useState(false)
  const [forgotten, forget] = useState<'' | 'asked' | 'sent'>('')
  const [successor, setSuccessor] = useState('')
  const { member } = line
  const others = setup.members.filter((other) => other.member.id !== member.id)
  return (
    <li data-testid="member">
      <span>
        <strong>
          <bdi>{member.name}</bdi>
        </strong>{' '}
        <bdi class="soft">{line.signs_in_as}</bdi> {member.id === me.member.id && <Pill look="accent">you</Pill>} {line.last_admin && <Pill>last admin</Pill>} {line.second_factor && <Pill>second factor</Pill>}{' '}
        <span class="soft" role="status">
          {forgotten === 'sent' && 'A link is on its way to them.'}
        </span>
      </span>
      <span class="form-foot">
        {setup.may_admin ? (
          <>
            <label>
              <span class="vc-hidden-text">Role of {member.name}</span>
              <select
                class="vc-field role"
                value={member.role}
                disabled={change.busy || line.last_admin}
                onChange={(event) => change.send(`/members/${member.id}`, { role: event.currentTarget.value })}
              >
                {ROLES.map(([role]) => (
                  <option key={role} value={role}>
                    {roleWords(role)}
                  </option>
                ))}
              </select>
            </label>
            {line.second_factor && member.id !== me.member.id && (
              <Button look="quiet" aria-expanded={lost} onClick={() => lose(!lost)}>
                Lost their phone …
              </Button>
            )}
            {member.id !== me.member.id && (
              <Button look="quiet" aria-expanded={forgotten === 'asked'} onClick={() => forget(forgotten === 'asked' ? '' : 'asked')}>
                Forgot their password …
              </Button>
            )}
            <Button look="quiet" disabled={line.last_admin} aria-expanded={removing} onClick={() => remove(!removing)}>
              Remove …
            </Button>
          </>
        ) : (
          <Pill>{roleWords(member.role)}</Pill>
        )}
      </span>
      {lost && (
        <form
          class="row-form member-remove"
          onSubmit={(event) => {
            event.preventDefault()
            change.send(`/members/${member.id}/second-factor`, {}, () => lose(false))
          }}
        >
          <p>Their password alone signs them in again{setup.second_factor_required && ', and leads them to set up another'}. Be sure that it is {member.name} who asks.</p>
          <Button type="submit" look="danger" disabled={change.busy}>
            Take it off
          </Button>
          <Button look="quiet" onClick={() => lose(false)}>
            Keep
          </Button>
        </form>
      )}
      {forgotten === 'asked' && (
        <form
          class="row-form member-remove"
          onSubmit={(event) => {
            event.preventDefault()
            change.send(`/members/${member.id}/password-link`, {}, () => forget('sent'))
          }}
        >
          <p>They get an e-mail with a link that lets them choose another password, for half an hour. Their own holds until they do.</p>
          <Button type="submit" look="primary" disabled={change.busy}>
            Send the link
          </Button>
          <Button look="quiet" onClick={() => forget('')}>
            Keep
          </Button>
        </form>
      )}
      {removing && (
        <form
          class="row-form member-remove"
          onSubmit={(event) => {
            event.preventDefault()
            change.send(`/members/${member.id}/remove`, { successor: successor ? Number(successor) : null })
          }}
        >
          <label>
            Their {line.accounts === 1 ? 'account' : `${line.accounts} accounts`} and open escalations go to
            <select class="vc-field" value={successor} onChange={(event) => setSuccessor(event.currentTarget.value)}>
              <option value="">nobody</option>
              {others.map((other) => (
                <option key={other.member.id} value={String(other.member.id)}>
                  {other.member.name}
                </option>
              ))}
            </select>
          </label>
          <Button type="submit" look="danger" disabled={change.busy}>
            Remove {member.name}
          </Button>
          <Button look="quiet" onClick={() => remove(false)}>
            Keep
          </Button>
        </form>
      )}
    </li>
  )
}

const NOBODY = { name: '', email: '', role: 'csm' }

function Invite({ change }: PartProps) {
  const [wanted, setWanted] = useState(NOBODY)
  const [link, setLink] = useState('')
  const set = (more: Partial<typeof wanted>) => setWanted((before) => ({ ...before, ...more }))
  return (
    <Card title="Invite somebody" testid="invite">
      <form
        class="row-form"
        onSubmit={(event) => {
          event.preventDefault()
          change.sendFor<{ link: string; setup: Overview }>('/invitations', wanted, (answer) => {
            setLink(answer.link)
            setWanted(NOBODY)
          })
        }}
      >
        <label>
          Name
          <input class="vc-field" required maxLength={120} value={wanted.name} onInput={(event) => set({ name: event.currentTarget.value })} />
        </label>
        <label>
          E-mail
          <input class="vc-field" type="email" required maxLength={150} value={wanted.email} onInput={(event) => set({ email: event.currentTarget.value })} />
        </label>
        <label>
          Role
          <select class="vc-field" value={wanted.role} onChange={(event) => set({ role: event.currentTarget.value })}>
            {ROLES.map(([role, words]) => (
              <option key={role} value={role}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" look="primary" disabled={change.busy}>
          Make the link
        </Button>
      </form>
      {link && (
        <div class="secret" data-testid="invite-link">
          <p>
            <strong>Send them this link.</strong> It works once, within seven days, and is shown only now; nothing was e-mailed.
          </p>
          <Code code={link} label="Invitation link" />
        </div>
      )}
    </Card>
  )
}

function Invited({ setup, change }: PartProps) {
  const now = useNow()
  if (setup.invitations.length === 0) return null
  return (
    <Card title="Invited" testid="invited">
      <ul class="lines">
        {setup.invitations.map((one) => (
          <li key={one.id}>
            <span>
              <bdi>{one.name}</bdi> <bdi class="soft">{one.email}</bdi> <Pill>{roleWords(one.role)}</Pill>
            </span>
            <span class="form-foot">
              <span class="soft">runs out {ago(one.expires_at, now)}</span>
              {setup.may_admin && (
                <Button look="quiet" disabled={change.busy} onClick={() => change.send(`/invitations/${one.id}/withdraw`, {})}>
                  Withdraw
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
