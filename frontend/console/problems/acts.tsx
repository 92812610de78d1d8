// What a member does with a problem: takes it on, claims the fix, gives it to a team, merges it
// into its cause or undoes that.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { call } from '../api'
import { useLoaded } from '../hooks'
import { Modal } from '../modal'
import { Failed, Loading } from '../states'
import type { Problem, Problems, WholeProblem } from './types'

interface ActsProps {
  problem: WholeProblem
  done(fresh: WholeProblem): void
  refused(why: string): void
}

type Asked = { act: 'acknowledge' | 'claim' | 'split' } | { act: 'assign'; team: number } | { act: 'merge'; into: string }

const STANDING = ['open', 'acknowledged', 'claimed']

export function Acts({ problem, done, refused }: ActsProps) {
  const [asking, ask] = useState<'assign' | 'merge' | null>(null)
  const act = (asked: Asked) => {
    refused('')
    ask(null)
    call<WholeProblem>(`/problems/${problem.id}`, asked).then(done, (error: Error) => refused(error.message))
  }
  if (problem.merged_into)
    return (
      <Button look="quiet" onClick={() => act({ act: 'split' })} data-testid="split-problem">
        Set apart again
      </Button>
    )
  if (!STANDING.includes(problem.state)) return null
  return (
    <>
      {problem.state === 'open' && (
        <Button look="primary" onClick={() => act({ act: 'acknowledge' })} data-testid="acknowledge">
          Acknowledge
        </Button>
      )}
      {problem.state !== 'claimed' && (
        <Button onClick={() => act({ act: 'claim' })} data-testid="claim">
          Claim a fix
        </Button>
      )}
      <Button look="quiet" onClick={() => ask('assign')} data-testid="give">
        Give to …
      </Button>
      <Button look="quiet" onClick={() => ask('merge')} data-testid="merge-problem">
        Merge …
      </Button>
      {asking === 'assign' && <Give team={problem.team} give={(team) => act({ act: 'assign', team })} close={() => ask(null)} />}
      {asking === 'merge' && <Merge problem={problem} merge={(into) => act({ act: 'merge', into })} close={() => ask(null)} />}
    </>
  )
}

/** Offers the teams that own pages; the chosen one gets its own time to acknowledge it. */
function Give({ team, give, close }: { team: string; give(team: number): void; close(): void }) {
  return (
    <Choice title="Give it to a team" verb="Give" close={close} chosen={(id) => give(Number(id))} none="No team owns pages yet. Leads and admins give pages to teams under Set-up, Pages." soft="Their time to acknowledge it starts again.">
      {({ teams }) => teams.filter(({ name, pages }) => name !== team && pages.length > 0).map(({ id, name, pages }) => ({ id: String(id), title: name, detail: pages.join(', ') }))}
    </Choice>
  )
}

function Merge({ problem, merge, close }: { problem: Problem; merge(into: string): void; close(): void }) {
  return (
    <Choice
      title="Which problem is it part of?"
      verb="Merge"
      close={close}
      chosen={merge}
      none="There is no other open problem."
      soft={`“${problem.title}” leaves the list: its places, escalations and history go to the other one. On its page it can be set apart again.`}
    >
      {({ problems }) => problems.filter(({ id }) => id !== problem.id).map(({ id, title, cost }) => ({ id, title, detail: `${cost.accounts} ${cost.accounts === 1 ? 'account' : 'accounts'}` }))}
    </Choice>
  )
}

interface ChoiceProps {
  title: string
  soft: string
  none: string
  verb: string
  chosen(id: string): void
  close(): void
  children(found: Problems): { id: string; title: string; detail: string }[]
}

function Choice({ title, soft, none, verb, chosen, close, children }: ChoiceProps) {
  const found = useLoaded('problems standing', () => call<Problems>('/problems?view=standing'))
  const [picked, pick] = useState('')
  const options = found.value && children(found.value)
  const submit = (event: Event) => {
    event.preventDefault()
    if (picked) chosen(picked)
  }
  return (
    <Modal class="dialog" aria-labelledby="choice-title" data-testid="choice" close={close}>
      <form onSubmit={submit}>
        <h2 id="choice-title">{title}</h2>
        {!options ? found.error ? <Failed error={found.error} retry={found.again} /> : <Loading rows={3} label="Reading what there is" /> : options.length === 0 ? <p class="soft">{none}</p> : (
          <>
            <p class="soft">
              <bdi>{soft}</bdi>
            </p>
            <fieldset class="question question-tall">
              <legend class="vc-hidden-text">{title}</legend>
              {options.map(({ id, title, detail }) => (
                <label key={id} class={`answer${picked === id ? ' answer-given' : ''}`}>
                  <input type="radio" name="choice" value={id} checked={picked === id} onChange={() => pick(id)} />
                  <span>
                    <bdi>{title}</bdi> <span class="soft">{detail}</span>
                  </span>
                </label>
              ))}
            </fieldset>
          </>
        )}
        <footer class="dialog-foot">
          <Button look="quiet" onClick={close}>
            Cancel
          </Button>
          <Button look="primary" type="submit" disabled={!picked} data-testid="choice-save">
            {verb}
          </Button>
        </footer>
      </form>
    </Modal>
  )
}
