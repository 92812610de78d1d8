// Widget keys: where each works, a new one, taking one out of use.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Card } from '../escalation/cards'
import type { PartProps } from './page'
import type { KeyLine } from './types'

export function KeysPage(props: PartProps) {
  const { setup, change } = props
  const [origins, setOrigins] = useState('')
  return (
    <>
      <p class="soft">A key is public: it is part of your pages, and works only on the origins listed with it. A second key, for another product say, can be retired separately.</p>
      {setup.keys.length === 0 && <p>There is no key yet.</p>}
      {setup.keys.map((line) => (
        <KeyCard key={`${line.key.id} ${line.key.origins.join()}`} line={line} {...props} />
      ))}
      {setup.may_admin ? (
        <Card title="Another key" testid="new-key">
          <form
            class="row-form"
            onSubmit={(event) => {
              event.preventDefault()
              change.send('/keys', { origins: origins.split(/[\s,]+/) }, () => setOrigins(''))
            }}
          >
            <label>
              Origins, separated by spaces
              <input class="vc-field wide" required placeholder="https://app.example.com http://localhost:*" value={origins} onInput={(event) => setOrigins(event.currentTarget.value)} />
            </label>
            <Button type="submit" disabled={change.busy}>
              Make a key
            </Button>
          </form>
        </Card>
      ) : (
        <p class="soft">Only an admin can change keys.</p>
      )}
    </>
  )
}

function KeyCard({ line: { key }, setup, change }: PartProps & { line: KeyLine }) {
  const [origins, setOrigins] = useState(key.origins.join('\n'))
  const [sure, ask] = useState(false)
  return (
    <Card title="Key" testid="key">
      <form
        class="key-form"
        onSubmit={(event) => {
          event.preventDefault()
          change.send(`/keys/${key.id}`, { origins: origins.split(/[\s,]+/) })
        }}
      >
        <code class="key-text">{key.key}</code>
        <label>
          Origins, one a line
          <textarea class="vc-field" rows={Math.max(2, key.origins.length)} disabled={!setup.may_admin} value={origins} onInput={(event) => setOrigins(event.currentTarget.value)} />
        </label>
        {setup.may_admin && (
          <footer class="form-foot">
            <Button type="submit" disabled={change.busy || origins === key.origins.join('\n')}>
              Save origins
            </Button>
            {sure ? (
              <>
                <span>Pages with this key are turned away from then on.</span>
                <Button look="danger" disabled={change.busy} onClick={() => change.send(`/keys/${key.id}/revoke`, {})}>
                  Take it out of use
                </Button>
                <Button look="quiet" onClick={() => ask(false)}>
                  Keep it
                </Button>
              </>
            ) : (
              <Button look="quiet" onClick={() => ask(true)}>
                Take out of use …
              </Button>
            )}
          </footer>
        )}
      </form>
    </Card>
  )
}
