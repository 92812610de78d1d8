// Step by step from nothing to the first event, which is seen arriving.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Icon } from '../../shared/icon'
import { follow } from '../address'
import { Card } from '../escalation/cards'
import { useNow } from '../hooks'
import { ago, full } from '../words'
import { Code } from './code'
import type { PartProps } from './page'
import { IDENTIFY, pageSnippets, policy, type Snippet } from './snippets'
import { useArrivals } from './use_setup'

const to = (rest: string) => follow({ page: 'room', room: 'settings', rest, query: {} })

export function InstallPage(props: PartProps) {
  const { setup, again } = props
  useArrivals(again)
  const key = setup.keys[0]
  const server = location.origin
  return (
    <ol class="install">
      <li>
        <Card title="1. Where your product runs" testid="install-origins">
          {key ? (
            <>
              <p>
                The key works on these origins: <strong>{key.key.origins.join(', ')}</strong>. <a {...to('keys')}>Change them</a>
              </p>
              <p class="soft">An origin is scheme, host and port as the browser's address shows them. While you develop, http://localhost:* is enough.</p>
            </>
          ) : (
            <FirstKey {...props} />
          )}
        </Card>
      </li>
      {key && (
        <>
          <li>
            <Card title="2. Put it into your pages" testid="install-snippet">
              <p class="soft">Choose the one that fits how your product is built.</p>
              <Snippets snippets={pageSnippets(server, key.key.key)} />
              <details>
                <summary>If you have a content security policy</summary>
                <p class="soft">This is all it needs, even with Trusted Types. With a nonce and 'strict-dynamic', the nonce on the tag replaces the first.</p>
                <Code code={policy(server)} label="Content security policy" />
              </details>
            </Card>
          </li>
          <li>
            <Card title="3. Open a page of your product" testid="install-arrival">
              <Arrived {...props} />
            </Card>
          </li>
          <li>
            <Card title="4. Say who is logged in" testid="install-identify">
              <p class="soft">Call this once somebody has logged in. Use your own ids; the account is the company they belong to.</p>
              <Snippets snippets={IDENTIFY} />
              <p>
                So that nobody can claim to be somebody else, let your server prove it: <a {...to('identity')}>Identity</a>
              </p>
            </Card>
          </li>
        </>
      )}
    </ol>
  )
}

function Snippets({ snippets }: { snippets: Snippet[] }) {
  return (
    <>
      {snippets.map(({ title, where, code }) => (
        <section key={title} class="install-snippet">
          <h3>{title}</h3>
          <p class="soft">{where}</p>
          <Code code={code} label={title} testid={`snippet-${title.toLowerCase().split(/\W+/).slice(0, 2).join('-')}`} />
        </section>
      ))}
    </>
  )
}

function FirstKey({ setup, change }: PartProps) {
  const [origin, setOrigin] = useState('http://localhost:*')
  if (!setup.may_admin) return <p>There is no key yet. An admin of your workspace can make one.</p>
  return (
    <form
      class="row-form"
      onSubmit={(event) => {
        event.preventDefault()
        change.send('/keys', { origins: [origin] })
      }}
    >
      <label>
        Origin of your product
        <input class="vc-field" required value={origin} onInput={(event) => setOrigin(event.currentTarget.value)} />
      </label>
      <Button type="submit" look="primary" disabled={change.busy}>
        Make a key
      </Button>
    </form>
  )
}

function Arrived({ setup, change }: PartProps) {
  const now = useNow()
  const { arrival } = setup
  return (
    <div aria-live="polite" data-testid="arrival">
      {arrival ? (
        <p class="arrived">
          <Icon name="check" />
          <span>
            <strong>Events arrive.</strong> Last from <bdi>{arrival.page || 'a page'}</bdi> by <bdi>{arrival.contact}</bdi>
            {arrival.identified ? '' : ' (not identified)'}, <time dateTime={arrival.at} title={full(arrival.at)}>{ago(arrival.at, now)}</time>.
          </span>
        </p>
      ) : (
        <p class="waiting">
          <Icon name="clock" /> Waiting for the first event. This page notices by itself.
        </p>
      )}
      {setup.keys.flatMap(({ key, refused }) =>
        refused.map(({ origin, at }) => (
          <p key={`${key.id}${origin}`} class="turned-away" data-testid="turned-away">
            <Icon name="warning" />
            <span>
              A page of <strong>{origin || 'no origin (a file, or a sandboxed frame)'}</strong> was turned away {ago(at, now)}: the key does not list it.
            </span>
            {setup.may_admin && origin && origin !== 'null' && (
              <Button disabled={change.busy} onClick={() => change.send(`/keys/${key.id}`, { origins: [...key.origins, origin] })}>
                Add this origin
              </Button>
            )}
          </p>
        )),
      )}
      {!arrival && (
        <details>
          <summary>Nothing arrives?</summary>
          <ul class="bullets soft">
            <li>Open the page through a web server: a file opened from disk has no origin.</li>
            <li>Look at the browser's console: if a content security policy blocks the script, it says so there.</li>
            <li>A tracking blocker may stop the script: try without it.</li>
            <li>With data-consent="required" nothing is sent before vcsm('consent', true).</li>
          </ul>
        </details>
      )}
    </div>
  )
}
