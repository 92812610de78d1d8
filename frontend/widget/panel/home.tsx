// The panel's first page: where things stand between the contact and us, and a field to ask in.
import { Avatar } from '../../shared/avatar.tsx'
import { Icon } from '../../shared/icon.tsx'
import { Pill, type PillLook } from '../../shared/pill.tsx'
import type { ChecklistStep, HomePerson, OpenMatter, PlanStep, PromiseMade } from '../../protocol/protocol.ts'
import type { Texts } from '../languages/en.ts'
import { unread } from '../view/view.ts'
import { Card } from './card.tsx'
import { dayOf, momentOf } from './dates.ts'
import type { PartProps } from './dialog.tsx'
import { Goal } from './goal.tsx'
import { Greeting } from './log.tsx'

export function Home({ view, deeds, texts }: PartProps) {
  const { home } = view
  const goOn = view.bubbles.length > 0
  return (
    <div class="home" data-vcsm="home" tabIndex={0} role="region" aria-label={texts.panelTitle(view.company)}>
      <Greeting texts={texts} />
      {home?.goal && <Goal goal={home.goal} texts={texts} deeds={deeds} />}
      {goOn && <Conversation view={view} deeds={deeds} texts={texts} />}
      {home?.open?.length ? <Open matters={home.open} texts={texts} /> : null}
      {home?.promises?.length ? <Promises promises={home.promises} texts={texts} onDispute={(subject) => deeds.tell({ type: 'dispute', subject })} /> : null}
      {home?.checklist?.length ? (
        <Steps
          title={texts.checklistTitle}
          texts={texts}
          steps={home.checklist}
          onTick={(id, done) => deeds.tell({ type: 'tick', what: 'item', id, done })}
        />
      ) : null}
      {home?.plan_goal ? (
        <Steps
          title={texts.planTitle}
          goal={home.plan_goal}
          texts={texts}
          steps={home.plan ?? []}
          onTick={(id, done) => deeds.tell({ type: 'tick', what: 'step', id, done })}
        />
      ) : null}
      {home?.person && <Person person={home.person} texts={texts} />}
      {home && (
        <button type="button" class="row row-go" data-vcsm="beliefs" onClick={() => deeds.turn('beliefs')}>
          <Icon name="eye" /> <span class="row-words">{texts.beliefsTitle}</span> <Icon name="forward" />
        </button>
      )}
    </div>
  )
}

function Conversation({ view, deeds, texts }: PartProps) {
  const last = view.bubbles.at(-1)!
  const count = unread(view)
  return (
    <button type="button" class="row row-go" data-vcsm="go-on" onClick={() => deeds.turn('talk')}>
      <Icon name="chat" />
      <span class="row-words">
        <b>{texts.conversation}</b>
        <span class="row-more"><bdi>{last.title ?? (last.text || last.files[0]?.name)}</bdi></span>
      </span>
      {count > 0 && <Pill look="danger">{texts.newMessages(count)}</Pill>}
      <Icon name="forward" />
    </button>
  )
}

function Open({ matters, texts }: { matters: readonly OpenMatter[]; texts: Texts }) {
  const state = ({ taken, name, due_at }: OpenMatter) => {
    if (taken) return texts.openTaken(name)
    return due_at < Date.now() ? texts.openLate(name) : texts.openAsked(name, momentOf(due_at, texts.language))
  }
  return (
    <Card title={texts.openTitle} name="open">
      <ul class="lines">
        {matters.map((one) => (
          <li key={one.opened_at} class="line">
            <Icon name={one.taken ? 'person' : 'clock'} />
            <span class="row-words">{one.about && <bdi class="line-title">{one.about}</bdi>}<bdi>{state(one)}</bdi></span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

interface PromisesProps {
  promises: readonly PromiseMade[]
  texts: Texts
  onDispute: (subject: string) => void
}

const LOOKS: Record<PromiseMade['state'], PillLook> = { open: 'info', late: 'warn', kept: 'good', withdrawn: 'neutral' }

function Promises({ promises, texts, onDispute }: PromisesProps) {
  const more = ({ name, due_at, state }: PromiseMade) => {
    const due = due_at && (state === 'open' || state === 'late') ? texts.due(momentOf(due_at, texts.language)) : ''
    return [name && texts.promiseBy(name), due].filter(Boolean).join(' · ')
  }
  return (
    <Card title={texts.promisesTitle} name="promises">
      <ul class="lines">
        {promises.map((one) => (
          <li key={one.subject} class="line" data-state={one.state}>
            <Icon name={one.state === 'kept' ? 'check' : 'flag'} />
            <span class="row-words">
              <bdi class="line-title">{one.text}</bdi>
              <bdi>{more(one)}</bdi>
              {one.disputed
                ? <span class="noted" role="status">{texts.noted}</span>
                : one.state !== 'open' && <button type="button" class="link" onClick={() => onDispute(one.subject)}>{texts.wrong}</button>}
            </span>
            {one.state !== 'open' && <Pill look={LOOKS[one.state]}>{texts[one.state]}</Pill>}
          </li>
        ))}
      </ul>
    </Card>
  )
}

interface StepsProps {
  title: string
  goal?: string
  steps: readonly (ChecklistStep | PlanStep)[]
  texts: Texts
  onTick: (id: number, done: boolean) => void
}

/** The checklist or the plan. Steps that the contact may tick are boxes; the others are signs. */
function Steps({ title, goal, steps, texts, onTick }: StepsProps) {
  const done = steps.filter((step) => step.done).length
  const name = goal ? 'plan' : 'checklist'
  const count = steps.length > 0 && <span class="card-count">{texts.progress(done, steps.length)}</span>
  return (
    <Card title={title} name={name} aside={count}>
      {goal && <p class="goal"><bdi>{goal}</bdi></p>}
      {steps.length > 0 && <div class="bar" aria-hidden="true"><i style={{ inlineSize: `${(100 * done) / steps.length}%` }} /></div>}
      <ul class="lines">
        {steps.map((step) => (
          <li key={step.id} class="line" data-done={step.done}>
            {step.theirs ? (
              <label class="tick">
                <input type="checkbox" checked={step.done} onChange={(event) => onTick(step.id, event.currentTarget.checked)} />
                <StepWords step={step} texts={texts} />
              </label>
            ) : (
              <>
                <Icon name={step.done ? 'check' : 'circle'} />
                <StepWords step={step} texts={texts} />
                {step.done && <span class="vc-hidden-text">{texts.done}</span>}
              </>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function StepWords({ step, texts }: { step: ChecklistStep | PlanStep; texts: Texts }) {
  const more = 'detail' in step ? step.detail : planNote(step, texts)
  return (
    <span class="row-words">
      <bdi class="line-title">{step.title}</bdi>
      {more && <bdi>{more}</bdi>}
    </span>
  )
}

function planNote(step: PlanStep, texts: Texts): string {
  const whose = step.theirs ? texts.theirs : texts.ours
  return step.due_on && !step.done ? `${whose} · ${texts.due(dayOf(Date.parse(`${step.due_on}T12:00`), texts.language))}` : whose
}

function Person({ person, texts }: { person: HomePerson; texts: Texts }) {
  const when = person.next_at ? texts.backAt(momentOf(person.next_at, texts.language)) : texts.away
  return (
    <Card title={texts.personTitle} name="your-person">
      <div class="line">
        <Avatar name={person.name} of="member" />
        <span class="row-words">
          <bdi class="line-title">{person.name}</bdi>
          <span class={person.present ? 'there' : ''}>{person.present ? texts.present : when}</span>
        </span>
      </div>
    </Card>
  )
}

