// Everything around the contact in one list, newest first; older pieces on demand.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import type { Loaded } from '../hooks'
import { Failed, Loading } from '../states'
import type { Line, Timeline } from '../types'
import { clock, day, full, percent, reasonWords, words } from '../words'
import { Card } from './cards'

const FILTERS = { all: 'Everything', story: 'Without clicks', decision: 'Decisions' } as const
type Filter = keyof typeof FILTERS

export function TimelineCard({ timeline, older }: { timeline: Loaded<Timeline>; older(): void }) {
  const [filter, setFilter] = useState<Filter>('all')
  const choices = (
    <span class="choices" role="group" aria-label="Show">
      {(Object.keys(FILTERS) as Filter[]).map((name) => (
        <button key={name} type="button" class="choice" aria-pressed={filter === name} onClick={() => setFilter(name)}>
          {FILTERS[name]}
        </button>
      ))}
    </span>
  )
  return (
    <Card title="Timeline" testid="timeline" more={choices}>
      <Lines timeline={timeline} filter={filter} />
      {timeline.value?.older && (
        <Button look="quiet" onClick={older}>
          Older
        </Button>
      )}
    </Card>
  )
}

function Lines({ timeline, filter }: { timeline: Loaded<Timeline>; filter: Filter }) {
  if (!timeline.value) return timeline.error ? <Failed error={timeline.error} retry={timeline.again} /> : <Loading rows={4} label="Reading the timeline" />
  const lines = timeline.value.lines.filter((line) => fits(line, filter))
  if (lines.length === 0) return <p class="soft">Nothing here yet.</p>
  return (
    <ol class="timeline">
      {lines.map((line, index) => (
        <TimelineItem key={`${line.rank} ${line.key}`} line={line} firstOfDay={index > 0 && day(line.at) !== day(lines[index - 1]!.at)} />
      ))}
    </ol>
  )
}

function TimelineItem({ line, firstOfDay }: { line: Line; firstOfDay: boolean }) {
  return (
    <li class={`moment moment-${line.kind} tone-${line.tone}`} data-kind={line.kind}>
      {firstOfDay && <span class="moment-day">{day(line.at)}</span>}
      <time class="moment-time" dateTime={line.at} title={full(line.at)}>
        {clock(line.at)}
      </time>
      <span class="moment-mark" />
      <span class="moment-body">
        <span class="moment-title">
          {line.kind === 'message' && <strong>{line.detail || words(String(line.facts['author']))}: </strong>}
          <bdi>{line.kind === 'decision' ? decisionTitle(line) : line.title}</bdi>
        </span>
        <span class="moment-more">{more(line)}</span>
      </span>
    </li>
  )
}

const ACTIONS: Record<string, string> = { continue: 'Watched on', offer: 'Offered help', escalate: 'Called a person' }

function decisionTitle(line: Line): string {
  const { action, reason } = line.facts
  return `${ACTIONS[String(action)] ?? line.title}: ${reasonWords(String(reason)).toLowerCase()}`
}

function more(line: Line): string {
  const { facts } = line
  switch (line.kind) {
    case 'decision':
      return `rule ${facts['rule']}, score ${Math.round(Number(facts['score']) * 100)}`
    case 'signal':
      return [line.detail, line.page, Number(facts['count']) > 1 ? `${facts['count']} times` : ''].filter(Boolean).join(' · ')
    case 'intent':
      return `${line.detail}${facts['probability'] == null ? '' : `, ${percent(Number(facts['probability']))}`}`
    case 'nudge':
      return words(String(facts['state']))
    case 'message':
      return ''
    default:
      return [line.detail, line.page].filter(Boolean).join(' · ')
  }
}

function fits(line: Line, filter: Filter): boolean {
  if (filter === 'decision') return line.kind === 'decision' || line.kind === 'verdict'
  return filter === 'all' || line.kind !== 'event'
}
