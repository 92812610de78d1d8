// Roads through the product: who stays too long on a step is stuck there.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Card } from '../escalation/cards'
import type { PartProps } from './page'
import type { Flow, FlowStep } from './types'

const NEW: Flow = { name: '', steps: [{ page: '' }, { page: '' }] }

export function FlowsPage({ setup, change }: PartProps) {
  const [draft, setDraft] = useState<Flow[] | null>(null)
  const flows = draft ?? setup.flows
  const set = (place: number, flow: Flow) => setDraft(flows.map((one, other) => (other === place ? flow : one)))
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        change.send('/flows', { flows }, () => setDraft(null))
      }}
    >
      <p class="soft">
        A flow is a road through your product, such as signing up or the first export. A step is reached when its page is shown (a path, * stands for anything) or its event is tracked. After {Math.round(setup.stall_ms / 1000)} seconds of active time on a step without reaching
        another it counts as stalled; the last step ends the flow. Changes hold for visits that begin from then on.
      </p>
      {flows.length === 0 && <p>No flow is defined, so stalled steps are not looked for.</p>}
      {flows.map((flow, place) => (
        <FlowCard key={place} flow={flow} may={setup.may_lead} set={(next) => set(place, next)} remove={() => setDraft(flows.filter((_, other) => other !== place))} />
      ))}
      {setup.may_lead ? (
        <footer class="form-foot">
          <Button onClick={() => setDraft([...flows, structuredClone(NEW)])}>Add a flow</Button>
          <Button type="submit" look="primary" disabled={change.busy || draft === null}>
            Put in force
          </Button>
          {draft && (
            <Button look="quiet" onClick={() => setDraft(null)}>
              Undo
            </Button>
          )}
        </footer>
      ) : (
        <p class="soft">Only a lead or an admin can change flows.</p>
      )}
    </form>
  )
}

interface FlowProps {
  flow: Flow
  may: boolean
  set(flow: Flow): void
  remove(): void
}

function FlowCard({ flow, may, set, remove }: FlowProps) {
  const step = (place: number, next: FlowStep) => set({ ...flow, steps: flow.steps.map((one, other) => (other === place ? next : one)) })
  return (
    <Card title={flow.name || 'New flow'} testid="flow">
      <fieldset class="plain stack" disabled={!may}>
        <label class="form-field">
          <span>Name</span>
          <input class="vc-field" required maxLength={80} value={flow.name} onInput={(event) => set({ ...flow, name: event.currentTarget.value })} />
        </label>
        <ol class="stack">
          {flow.steps.map((one, place) => (
            <li key={place} class="row-form" data-testid="flow-step">
              <label>
                Step {place + 1} is reached by
                <select class="vc-field" value={one.track === undefined ? 'page' : 'track'} onChange={(event) => step(place, { [event.currentTarget.value]: one.page ?? one.track ?? '', ...(one.stall_ms ? { stall_ms: one.stall_ms } : {}) })}>
                  <option value="page">a page</option>
                  <option value="track">an event</option>
                </select>
              </label>
              <label>
                {one.track === undefined ? 'Path' : 'Name of the event'}
                <input class="vc-field" required maxLength={200} placeholder={one.track === undefined ? '/sign-up/*' : 'paid'} value={one.track ?? one.page ?? ''} onInput={(event) => step(place, { ...one, [one.track === undefined ? 'page' : 'track']: event.currentTarget.value })} />
              </label>
              {place < flow.steps.length - 1 && (
                <label>
                  Stalls after (seconds)
                  <input
                    class="vc-field short"
                    type="number"
                    min={1}
                    max={3600}
                    placeholder="usual"
                    value={one.stall_ms ? one.stall_ms / 1000 : ''}
                    onInput={(event) => {
                      const { stall_ms: _, ...rest } = one
                      const seconds = Number(event.currentTarget.value)
                      step(place, seconds ? { ...rest, stall_ms: seconds * 1000 } : rest)
                    }}
                  />
                </label>
              )}
              {flow.steps.length > 2 && (
                <Button look="quiet" onClick={() => set({ ...flow, steps: flow.steps.filter((_, other) => other !== place) })} aria-label={`Remove step ${place + 1}`}>
                  Remove
                </Button>
              )}
            </li>
          ))}
        </ol>
        {may && (
          <footer class="form-foot">
            <Button onClick={() => set({ ...flow, steps: [...flow.steps, { page: '' }] })}>Add a step</Button>
            <Button look="quiet" onClick={remove}>
              Remove the flow
            </Button>
          </footer>
        )}
      </fieldset>
    </Card>
  )
}
