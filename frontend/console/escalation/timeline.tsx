// Everything around the contact in one list, newest first; older pieces on demand.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import type { Loaded } from '../hooks'
import { Failed, Loading } from '../states'
import type { Line, Timeline } from '../types'
import { clock, day, full, kindWords, percent, reasonWords, words } from '../words'
import { folded } from './story'
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
  const moments = folded(timeline.value.lines.filter((line) => fits(line, filter)))
  if (moments.length === 0) return <p class="soft">Nothing here yet.</p>
  return (
    <ol class="timeline">
      {moments.map(({ line, times }, index) => (
        <TimelineItem key={`${line.rank} ${line.key}`} line={line} times={times} firstOfDay={index > 0 && day(line.at) !== day(moments[index - 1]!.line.at)} />
      ))}
    </ol>
  )
}

function TimelineItem({ line, times, firstOfDay }: { line: Line; times: number; firstOfDay: boolean }) {
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
          <bdi>{title(line)}</bdi>
          {times > 1 && <span class="soft"> × {times}</span>}
        </span>
        <span class="moment-more">{more(line)}</span>
      </span>
    </li>
  )
}

const ACTIONS: Record<string, string> = { continue: 'Watched on', offer: 'Offered help', escalate: 'Called a person' }

function title(line: Line): string {
  const { action, reason, signal, place } = line.facts
  if (line.kind === 'signal') return `${kindWords(String(signal))} on ${place}`
  if (line.kind !== 'decision') return line.title
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
      return `${line.detail}${facts['outcome'] === 'none' ? '' : `, ${percent(Number(facts['probability']))}`}`
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
