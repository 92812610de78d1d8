// Who acts unasked, under which use cases and how far alone; one click stops any of them.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Icon } from '../../shared/icon'
import { Pill } from '../../shared/pill'
import { useNow } from '../hooks'
import { Failed, Loading } from '../states'
import { ago } from '../words'
import { lift, registerAgent, stop } from './api'
import { AskWhy } from './ask_why'
import { LEVEL_LOOKS, LEVEL_MEANS, LEVEL_WORDS } from './levels'
import { Problem } from './switches'
import type { Agent, Overview, Stop, UseCase } from './types'
import { type Governed, useOverview } from './use_overview'

const ASSISTANT = 'assistant'

export function AgentsPage() {
  const governed = useOverview()
  const [lifting, askLift] = useState<{ what: string; title: string } | null>(null)
  const found = governed.overview.value
  if (!found) return governed.overview.error ? <Failed error={governed.overview.error} retry={governed.overview.again} /> : <Loading rows={6} label="Reading who acts" />
  const all: Agent[] = [{ key: ASSISTANT, name: 'The assistant', use_cases: found.use_cases.map(({ key }) => key), at: '' }, ...found.agents]
  return (
    <>
      {governed.problem && <Problem text={governed.problem} />}
      {found.stopped && (
        <p class="banner banner-danger" role="status">
          <Icon name="warning" /> <span>Everything is stopped: no agent does anything.</span>
        </p>
      )}
      <Acting agents={all} found={found} governed={governed} askLift={askLift} />
      <p class="soft">A use case may act as far as it was approved for and has earned, whichever agent uses it. Agents other than the assistant do nothing until something of yours acts for them through the product.</p>
      {found.may_change && <Register found={found} governed={governed} />}
      {lifting && (
        <AskWhy
          title="Let it go on?"
          text={lifting.title}
          confirm="Let it go on"
          look="primary"
          close={() => askLift(null)}
          done={(why) => governed.attempt(() => lift(lifting.what, why))}
        />
      )}
    </>
  )
}

interface ActingProps {
  agents: Agent[]
  found: Overview
  governed: Governed
  askLift(asked: { what: string; title: string }): void
}

function Acting({ agents, found, governed, askLift }: ActingProps) {
  const stopOf = (what: string) => found.stops.find((one) => one.what === what)
  const Switch = ({ what, title, words = 'Stop' }: { what: string; title: string; words?: string }) =>
    stopOf(what) ? (
      <Button disabled={!found.may_change || governed.busy} aria-label={`Let it go on: ${title}`} onClick={() => askLift({ what, title })} data-testid={`lift-${what}`}>
        Let it go on
      </Button>
    ) : (
      <Button look="danger" disabled={governed.busy} aria-label={`${words}: ${title}`} onClick={() => governed.run(() => stop(what, ''))} data-testid={`stop-${what}`}>
        {words}
      </Button>
    )
  return (
    <div class="card card-flush">
      <div class="table-box" tabIndex={0} role="region" aria-label="Who acts under what">
        <table class="table agents" data-testid="agents">
          <thead>
            <tr>
              <th scope="col">Use case</th>
              {agents.map((one) => (
                <th scope="col" key={one.key}>
                  {one.name}
                </th>
              ))}
              <th scope="col" class="number">
                Done, 7 days
              </th>
              <th scope="col">
                <span class="vc-hidden-text">Switch</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {found.use_cases.map((one) => (
              <tr key={one.key}>
                <th scope="row">{one.title}</th>
                {agents.map((agent) => (
                  <td key={agent.key}>
                    <Cell one={one} agent={agent} dead={found.stopped ?? stopOf(`use_case:${one.key}`) ?? stopOf(`agent:${agent.key}`)} />
                  </td>
                ))}
                <td class="number">{one.counted.done}</td>
                <td>
                  <Switch what={`use_case:${one.key}`} title={one.title} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">All of it</th>
              {agents.map((agent) => (
                <td key={agent.key}>
                  <div class="agent-foot">
                    <Switch what={`agent:${agent.key}`} title={agent.name} words="Stop this agent" />
                    {agent.key !== ASSISTANT && <Since agent={agent} found={found} governed={governed} />}
                  </div>
                </td>
              ))}
              <td />
              <td>
                <Switch what="workspace" title="all agents, all use cases" words="Stop everything" />
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </div>
  )
}

function Cell({ one, agent, dead }: { one: UseCase; agent: Agent; dead: Stop | undefined }) {
  if (!agent.use_cases.includes(one.key)) return <span class="soft">not registered</span>
  if (dead) return <Pill look="danger">Stopped</Pill>
  return (
    <span title={LEVEL_MEANS[one.level]}>
      <Pill look={LEVEL_LOOKS[one.level]}>{LEVEL_WORDS[one.level]}</Pill>
    </span>
  )
}

function Since({ agent, found, governed }: { agent: Agent; found: Overview; governed: Governed }) {
  const now = useNow()
  return (
    <>
      <span class="soft">registered {ago(agent.at, now)}</span>
      {found.may_change && (
        <Button look="quiet" disabled={governed.busy} onClick={() => governed.run(() => registerAgent({ ...agent, retire: true }))}>
          Retire
        </Button>
      )}
    </>
  )
}

function Register({ found, governed }: { found: Overview; governed: Governed }) {
  const [name, setName] = useState('')
  const [chosen, choose] = useState<string[]>([])
  const key = name.trim().toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60)
  const register = (event: Event) => {
    event.preventDefault()
    governed.run(() => registerAgent({ key, name: name.trim(), use_cases: chosen, retire: false }))
    setName('')
    choose([])
  }
  return (
    <details class="card editor">
      <summary>Register an agent</summary>
      <form class="ask-why" onSubmit={register}>
        <label>
          Name
          <input class="vc-field" value={name} maxLength={120} required onInput={(event) => setName(event.currentTarget.value)} data-testid="agent-name" />
        </label>
        <fieldset class="what-if-rules">
          <legend>It may act under</legend>
          {found.use_cases.map((one) => (
            <label key={one.key}>
              <input type="checkbox" checked={chosen.includes(one.key)} onChange={(event) => choose(event.currentTarget.checked ? [...chosen, one.key] : chosen.filter((other) => other !== one.key))} /> {one.title}
            </label>
          ))}
        </fieldset>
        <footer class="dialog-foot">
          <Button type="submit" look="primary" disabled={!key || chosen.length === 0 || governed.busy} data-testid="agent-save">
            Register
          </Button>
        </footer>
      </form>
    </details>
  )
}
