// The secret by which the product's server proves who is there, its rotation, and how to sign with it.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Card } from '../escalation/cards'
import { full } from '../words'
import { Code } from './code'
import type { PartProps } from './page'
import { PROVEN, serverSamples } from './snippets'
import type { Overview } from './types'

interface Made {
  kid: string
  secret: string
  setup: Overview
}

export function IdentityPage({ setup, change }: PartProps) {
  const [made, show] = useState<Made | null>(null)
  const keys = setup.identity_keys
  const newest = keys.at(-1)
  return (
    <>
      <Card title="Identity secrets" testid="identity-keys">
        <p>
          {keys.length === 0
            ? 'None: what a page says about a contact is taken unproven, and opens no conversation held in another browser.'
            : 'From the first secret on, a contact’s identity counts only with a token that your server signed.'}
        </p>
        {made && (
          <div class="secret" data-testid="secret">
            <p>
              <strong>The secret of {made.kid}, shown this once.</strong> Keep it on your server as VCSM_IDENTITY_SECRET, never in a page.
            </p>
            <Code code={made.secret} label="Identity secret" />
          </div>
        )}
        <ul class="lines">
          {keys.map((key) => (
            <li key={key.id}>
              <span>
                <code>{key.kid}</code> <span class="soft">made {full(key.made_at)}</span>
              </span>
              {setup.may_admin && <Retire disabled={change.busy} last={keys.length === 1} retire={() => change.send(`/identity/${key.id}/retire`, {})} />}
            </li>
          ))}
        </ul>
        {setup.may_admin ? (
          <footer class="form-foot">
            <Button look={keys.length ? 'plain' : 'primary'} disabled={change.busy || keys.length > 1} onClick={() => change.sendFor<Made>('/identity', {}, show)} data-testid="make-secret">
              {keys.length ? 'Make the next secret' : 'Make a secret'}
            </Button>
            <span class="soft">{keys.length > 1 ? 'Two are in use: retire the old one once your server signs with the new one.' : 'To rotate: make the next one, let your server sign with it, then retire the old one. Both hold meanwhile.'}</span>
          </footer>
        ) : (
          <p class="soft">Only an admin can make and retire secrets.</p>
        )}
      </Card>
      <Card title="On your server" testid="identity-samples">
        <p class="soft">A token says who is logged in, for at most an hour; five minutes are plenty. Serve it only to that person.</p>
        {serverSamples(setup.slug, newest?.kid ?? 'THE_KEY_S_NAME').map((sample) => (
          <details key={sample.title} open={sample.title === 'Python'}>
            <summary>
              {sample.title} <span class="soft">with {sample.where}</span>
            </summary>
            <Code code={sample.code} label={sample.title} />
          </details>
        ))}
      </Card>
      <Card title="In the page">
        <p class="soft">The function is called again when the token has run out.</p>
        <Code code={PROVEN} label="Identify with a token" />
      </Card>
    </>
  )
}

function Retire({ disabled, last, retire }: { disabled: boolean; last: boolean; retire(): void }) {
  const [sure, ask] = useState(false)
  if (!sure)
    return (
      <Button look="quiet" onClick={() => ask(true)}>
        Retire …
      </Button>
    )
  return (
    <span class="form-foot">
      <span>{last ? 'Without any, nobody is proven.' : 'Its tokens stop working.'}</span>
      <Button look="danger" disabled={disabled} onClick={retire}>
        Retire it
      </Button>
      <Button look="quiet" onClick={() => ask(false)}>
        Keep it
      </Button>
    </span>
  )
}
