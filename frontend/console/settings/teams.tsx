// Which team owns which pages: a problem there is theirs from the start.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Card } from '../escalation/cards'
import type { PartProps } from './page'
import { Text } from './steps'
import type { PageOwner } from './types'

const NEW: PageOwner = { pattern: '', team: '', email: '', acknowledge_minutes: 240 }

export function TeamsPage({ setup, change }: PartProps) {
  const [wanted, setWanted] = useState(NEW)
  const set = (more: Partial<PageOwner>) => setWanted((before) => ({ ...before, ...more }))
  return (
    <>
      <Card title="Who owns which pages" testid="page-owners">
        {setup.pages.length === 0 && <p>Nobody yet: problems start without an owner.</p>}
        <ul class="lines">
          {setup.pages.map((owner) => (
            <li key={owner.pattern} data-testid="page-owner">
              <span>
                <code>{owner.pattern}</code> <strong><bdi>{owner.team}</bdi></strong> <bdi class="soft">{owner.email}</bdi>
              </span>
              <span class="form-foot">
                <span class="soft">acknowledges within {owner.acknowledge_minutes} minutes</span>
                {setup.may_lead && (
                  <>
                    <Button look="quiet" aria-label={`Change ${owner.pattern}`} onClick={() => setWanted(owner)}>
                      Change
                    </Button>
                    <Button look="quiet" aria-label={`Remove ${owner.pattern}`} disabled={change.busy} onClick={() => change.send('/pages', { pattern: owner.pattern, remove: true })}>
                      Remove
                    </Button>
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      </Card>
      {setup.may_lead ? (
        <Card title="Give a page to a team">
          <form
            class="row-form"
            onSubmit={(event) => {
              event.preventDefault()
              change.send('/pages', wanted, () => setWanted(NEW))
            }}
          >
            <Text label="Page (path, * for anything)" value={wanted.pattern} may required set={(pattern) => set({ pattern })} />
            <Text label="Team" value={wanted.team} may required set={(team) => set({ team })} />
            <Text label="Its e-mail" value={wanted.email} may set={(email) => set({ email })} />
            <label>
              Acknowledges within minutes
              <input class="vc-field short" type="number" min={1} max={43200} required value={wanted.acknowledge_minutes} onInput={(event) => set({ acknowledge_minutes: Number(event.currentTarget.value) })} />
            </label>
            <Button type="submit" look="primary" disabled={change.busy}>
              Save
            </Button>
          </form>
        </Card>
      ) : (
        <p class="soft">Only a lead or an admin can say who owns a page.</p>
      )}
    </>
  )
}
