// The kill switches, the use cases as they stand, and what waits for a member.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Icon } from '../../shared/icon'
import { Pill } from '../../shared/pill'
import { useNow } from '../hooks'
import { Failed, Loading } from '../states'
import { ago } from '../words'
import { approveAll, lift, stop } from './api'
import { AskWhy } from './ask_why'
import { LEVEL_LOOKS, LEVEL_MEANS, LEVEL_WORDS, TIER_LOOKS } from './levels'
import { Proposals } from './proposals'
import type { Overview, Stop, UseCase } from './types'
import { type Governed, useOverview } from './use_overview'

interface Asked {
  what: string
  title: string
  text: string
  lifting: boolean
}

export function SwitchesPage() {
  const governed = useOverview()
  const [asked, ask] = useState<Asked | null>(null)
  const found = governed.overview.value
  if (!found) return governed.overview.error ? <Failed error={governed.overview.error} retry={governed.overview.again} /> : <Loading rows={8} label="Reading the guardrails" />
  return (
    <>
      {governed.problem && <Problem text={governed.problem} />}
      <Everything overview={found} ask={ask} />
      <SetUp governed={governed} overview={found} />
      <Proposals />
      <ul class="use-cases">
        {found.use_cases.map((one) => (
          <UseCaseCard key={one.key} one={one} all={found} ask={ask} />
        ))}
      </ul>
      {asked && (
        <AskWhy
          title={asked.title}
          text={asked.text}
          confirm={asked.lifting ? 'Let it go on' : 'Stop now'}
          look={asked.lifting ? 'primary' : 'danger'}
          close={() => ask(null)}
          done={(why) => governed.attempt(() => (asked.lifting ? lift : stop)(asked.what, why))}
        />
      )}
    </>
  )
}

export function Problem({ text }: { text: string }) {
  return (
    <p class="banner banner-danger" role="alert">
      <Icon name="warning" /> {text}
    </p>
  )
}

function StopLine({ stop }: { stop: Stop }) {
  const now = useNow()
  return (
    <span>
      Stopped by <strong>{stop.by?.name ?? 'a former member'}</strong> {ago(stop.at, now)}
      {stop.why && `: ${stop.why}`}
    </span>
  )
}

function Everything({ overview, ask }: { overview: Overview; ask(asked: Asked): void }) {
  const stopped = overview.stopped
  return (
    <div class={`everything${stopped ? ' everything-stopped' : ''}`} data-testid="everything">
      <span class="everything-icon">
        <Icon name={stopped ? 'close' : 'shield'} />
      </span>
      <div class="everything-words">
        <h2>{stopped ? 'Everything is stopped' : 'The assistant is working'}</h2>
        <p class="soft">
          {stopped ? <StopLine stop={stopped} /> : 'One switch stops everything it does of its own accord. Anyone who asks for a person still reaches one.'}
        </p>
      </div>
      {stopped ? (
        <Button
          look="primary"
          disabled={!overview.may_change}
          data-testid="lift-everything"
          onClick={() => ask({ what: 'workspace', title: 'Let everything go on?', text: 'What was approved before is in force again.', lifting: true })}
        >
          Let it go on
        </Button>
      ) : (
        <Button
          look="danger"
          data-testid="stop-everything"
          onClick={() => ask({ what: 'workspace', title: 'Stop everything?', text: 'Takes effect as soon as it is saved: no nudge, no answer, no unasked call. Contacts who write reach a person instead.', lifting: false })}
        >
          Stop everything
        </Button>
      )}
    </div>
  )
}

function SetUp({ governed, overview }: { governed: Governed; overview: Overview }) {
  const undecided = overview.use_cases.filter((one) => !one.changed)
  if (undecided.length === 0) return null
  return (
    <div class="banner" data-testid="set-up">
      <Icon name="shield" />
      <p>
        <strong>
          {undecided.length} of {overview.use_cases.length} use cases are waiting for a decision.
        </strong>{' '}
        Until somebody approves them, nothing happens under them. Approving all starts each at the level its risk allows; every one can be set by itself under Autonomy.
      </p>
      <Button look="primary" disabled={!overview.may_change || governed.busy} onClick={() => governed.run(approveAll)} data-testid="approve-all">
        Approve all
      </Button>
    </div>
  )
}

function UseCaseCard({ one, all, ask }: { one: UseCase; all: Overview; ask(asked: Asked): void }) {
  const what = `use_case:${one.key}`
  const dead = one.stop ?? all.stopped ?? all.assistant_stopped
  return (
    <li class="card use-case" data-testid={`use-case-${one.key}`}>
      <header class="use-case-head">
        <h2>{one.title}</h2>
        {dead ? <Pill look="danger">Stopped</Pill> : <Pill look={LEVEL_LOOKS[one.level]}>{LEVEL_WORDS[one.level]}</Pill>}
      </header>
      <p class="soft">{one.words}</p>
      {one.stop ? (
        <p class="use-case-stop">
          <StopLine stop={one.stop} />
        </p>
      ) : (
        <p>{one.changed ? LEVEL_MEANS[one.level] : 'Nobody has decided about it: nothing happens.'}</p>
      )}
      <dl class="use-case-facts">
        <div>
          <dt>Done, 7 days</dt>
          <dd>{one.counted.done}</dd>
        </div>
        <div>
          <dt>Held back</dt>
          <dd>{one.counted.held}</dd>
        </div>
        <div>
          <dt>Taken back</dt>
          <dd>{one.counted.taken_back}</dd>
        </div>
      </dl>
      <footer class="use-case-foot">
        <Pill look={TIER_LOOKS[one.tier] ?? 'neutral'}>Risk: {one.tier}</Pill>
        {one.stop ? (
          <Button disabled={!all.may_change} onClick={() => ask({ what, title: `Let it go on?`, text: one.title, lifting: true })} data-testid={`lift-${one.key}`}>
            Let it go on
          </Button>
        ) : (
          <Button onClick={() => ask({ what, title: 'Stop this?', text: one.title, lifting: false })} data-testid={`stop-${one.key}`}>
            Stop
          </Button>
        )}
      </footer>
    </li>
  )
}
