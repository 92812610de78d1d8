// What an account's plan usually looks like; on the account's page it is agreed with one click.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Card } from '../escalation/cards'
import type { PartProps } from './page'
import { Text } from './steps'
import type { Template } from './types'

const NEW: Template = { name: '', goal: '', steps: [{ title: '', whose: 'ours', after_days: 7 }] }

export function TemplatesCard({ setup, change }: PartProps) {
  const [draft, setDraft] = useState<Template[] | null>(null)
  const templates = draft ?? setup.templates
  const set = (place: number, more: Partial<Template>) => setDraft(templates.map((one, other) => (other === place ? { ...one, ...more } : one)))
  return (
    <Card title="Plan templates" testid="templates">
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          change.send('/templates', { templates }, () => setDraft(null))
        }}
      >
        {templates.length === 0 && <p>None yet.</p>}
        {templates.map((template, place) => (
          <fieldset key={place} class="plain stack template" disabled={!setup.may_lead} data-testid="template">
            <legend>{template.name || 'New template'}</legend>
            <div class="row-form">
              <Text label="Name" value={template.name} may={setup.may_lead} required set={(name) => set(place, { name })} />
              <Text label="Goal, as the contact reads it" value={template.goal} may={setup.may_lead} required set={(goal) => set(place, { goal })} />
              {setup.may_lead && (
                <Button look="quiet" onClick={() => setDraft(templates.filter((_, other) => other !== place))}>
                  Remove the template
                </Button>
              )}
            </div>
            <StepRows template={template} may={setup.may_lead} set={(steps) => set(place, { steps })} />
          </fieldset>
        ))}
        {setup.may_lead && (
          <footer class="form-foot">
            <Button onClick={() => setDraft([...templates, structuredClone(NEW)])}>Add a template</Button>
            <Button type="submit" look="primary" disabled={change.busy || draft === null}>
              Save the templates
            </Button>
          </footer>
        )}
      </form>
    </Card>
  )
}

function StepRows({ template: { steps }, may, set }: { template: Template; may: boolean; set(steps: Template['steps']): void }) {
  const put = (place: number, more: Partial<Template['steps'][number]>) => set(steps.map((one, other) => (other === place ? { ...one, ...more } : one)))
  return (
    <>
      <ol class="stack">
        {steps.map((step, place) => (
          <li key={place} class="row-form">
            <Text label={`Step ${place + 1}`} value={step.title} may={may} required set={(title) => put(place, { title })} />
            <label>
              Whose
              <select class="vc-field" value={step.whose} onChange={(event) => put(place, { whose: event.currentTarget.value })}>
                <option value="ours">ours</option>
                <option value="theirs">theirs</option>
              </select>
            </label>
            <label>
              Due after days
              <input class="vc-field short" type="number" min={0} max={3650} placeholder="no date" value={step.after_days ?? ''} onInput={(event) => put(place, { after_days: event.currentTarget.value === '' ? null : Number(event.currentTarget.value) })} />
            </label>
            {may && steps.length > 1 && (
              <Button look="quiet" aria-label={`Remove step ${place + 1}`} onClick={() => set(steps.filter((_, other) => other !== place))}>
                Remove
              </Button>
            )}
          </li>
        ))}
      </ol>
      {may && (
        <div>
          <Button look="quiet" onClick={() => set([...steps, { title: '', whose: 'theirs', after_days: null }])}>
            Add a step
          </Button>
        </div>
      )}
    </>
  )
}
