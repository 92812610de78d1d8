// The member's own account: who they are here, password, second factor, where they are signed in.
import '../style/rows.css'
import './you.css'
import { useEffect } from 'preact/hooks'
import { call } from '../api'
import { Card } from '../escalation/cards'
import { useLoaded } from '../hooks'
import { listen } from '../live'
import { Failed, Loading } from '../states'
import { roleWords } from '../words'
import { BrowsersCard } from './browsers'
import { PasswordCard } from './password'
import type { You } from './types'

export default function YouPage() {
  const you = useLoaded<You>('you', () => call('/you'))
  useEffect(() => listen({ resumed: you.again }), [you.again])
  return (
    <section class="friction you" data-testid="you">
      <header class="page-head">
        <div>
          <h1>Your account</h1>
          <p class="soft">Changes made here are recorded in the audit; passwords never are.</p>
        </div>
      </header>
      {you.value ? <Parts you={you.value} put={you.put} /> : you.error ? <Failed error={you.error} retry={you.again} /> : <Loading rows={6} label="Reading your account" />}
    </section>
  )
}

function Parts({ you, put }: { you: You; put(you: You): void }) {
  return (
    <>
      <Card title="Who you are here" testid="own-name">
        <dl class="you-facts">
          <dt>Name</dt>
          <dd>
            <bdi>{you.name}</bdi>
          </dd>
          <dt>You sign in as</dt>
          <dd>
            <bdi>{you.signs_in_as}</bdi>
          </dd>
          <dt>E-mail</dt>
          <dd>{you.email ? <bdi>{you.email}</bdi> : 'Not known, so a forgotten password cannot be replaced by e-mail.'}</dd>
          <dt>Role</dt>
          <dd>{roleWords(you.role)}</dd>
        </dl>
      </Card>
      <PasswordCard you={you} put={put} />
      <Card title="Second factor" testid="own-factor">
        <p>
          {you.second_factor ? 'It is on: signing in asks for a code of your authenticator.' : 'It is off: your password alone signs you in.'} {you.second_factor_asked && 'Your workspace asks everybody for one.'}
        </p>
        <p>
          <a class="vc-button vc-button-plain" href="/console/second-factor">
            {you.second_factor ? 'Take it off or change it' : 'Set it up'}
          </a>
        </p>
      </Card>
      <BrowsersCard you={you} put={put} />
    </>
  )
}
