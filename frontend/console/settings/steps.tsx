// The first steps every contact is shown, in their order.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Card } from '../escalation/cards'
import type { PartProps } from './page'
import type { FirstStep } from './types'

const NEW: FirstStep = { id: null, title: '', detail: '', page: '', done_by_page: '', done_by_track: '' }

export function StepsCard({ setup, change }: PartProps) {
  const [draft, setDraft] = useState<FirstStep[] | null>(null)
  const steps = draft ?? setup.first_steps
  const set = (place: number, more: Partial<FirstStep>) => setDraft(steps.map((one, other) => (other === place ? { ...one, ...more } : one)))
  const up = (place: number) => setDraft(steps.map((one, other) => (other === place ? steps[place - 1]! : other === place - 1 ? steps[place]! : one)))
  return (
    <Card title="First steps" testid="first-steps">
      <p class="soft">A checklist in the panel. A step is done when its page was shown or its event tracked; with neither, the contact ticks it.</p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          change.send('/first-steps', { steps }, () => setDraft(null))
        }}
      >
        {steps.length === 0 && <p>None: the panel shows no checklist.</p>}
        <ol class="stack">
          {steps.map((step, place) => (
            <li key={place} class="row-form step-form" data-testid="first-step">
              <Text label={`Step ${place + 1}`} value={step.title} may={setup.may_lead} required set={(title) => set(place, { title })} />
              <Text label="In more words" value={step.detail} may={setup.may_lead} set={(detail) => set(place, { detail })} />
              <Text label="Where (path)" value={step.page} may={setup.may_lead} set={(page) => set(place, { page })} />
              <Text label="Done by page" value={step.done_by_page} may={setup.may_lead} set={(done_by_page) => set(place, { done_by_page })} />
              <Text label="Done by event" value={step.done_by_track} may={setup.may_lead} set={(done_by_track) => set(place, { done_by_track })} />
              {setup.may_lead && (
                <span class="form-foot">
                  {place > 0 && (
                    <Button look="quiet" aria-label={`Move step ${place + 1} up`} onClick={() => up(place)}>
                      Up
                    </Button>
                  )}
                  <Button look="quiet" aria-label={`Remove step ${place + 1}`} onClick={() => setDraft(steps.filter((_, other) => other !== place))}>
                    Remove
                  </Button>
                </span>
              )}
            </li>
          ))}
        </ol>
        {setup.may_lead && (
          <footer class="form-foot">
            <Button onClick={() => setDraft([...steps, NEW])}>Add a step</Button>
            <Button type="submit" look="primary" disabled={change.busy || draft === null}>
              Save the steps
            </Button>
          </footer>
        )}
      </form>
    </Card>
  )
}

export function Text({ label, value, may, required = false, set }: { label: string; value: string; may: boolean; required?: boolean; set(value: string): void }) {
  return (
    <label>
      {label}
      <input class="vc-field" maxLength={200} required={required} disabled={!may} value={value} onInput={(event) => set(event.currentTarget.value)} />
    </label>
  )
}
