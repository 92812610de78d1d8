// The report's lines: what stops whom, most contacts hit first; every column sorts.
import { useState } from 'preact/hooks'
import { Amount } from '../money'
import type { FrictionLine } from '../types'
import { ago, full, kindWords, percent } from '../words'
import { Sparkline } from './sparkline'

type Column = 'contacts' | 'accounts' | 'revenue' | 'sessions' | 'signals' | 'share' | 'severity' | 'last_at'

const COLUMNS: [Column, string][] = [
  ['contacts', 'Contacts'],
  ['accounts', 'Accounts'],
  ['revenue', 'Revenue a year'],
  ['sessions', 'Sessions'],
  ['signals', 'Signals'],
  ['share', 'Of those who saw it'],
  ['severity', 'Severity'],
  ['last_at', 'Last seen'],
]

interface TableProps {
  lines: FrictionLine[]
  colours: Map<string, number>
  now: number
}

export function FrictionTable({ lines, colours, now }: TableProps) {
  const [by, sortBy] = useState<Column>('contacts')
  const sorted = by === 'contacts' ? lines : [...lines].sort((a, b) => order(b[by]) - order(a[by]))
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label="Friction by kind, page and element">
      <table class="table" data-testid="friction-table">
        <thead>
          <tr>
            <th scope="col">Friction</th>
            {COLUMNS.map(([column, label]) => (
              <th key={column} scope="col" class="number" aria-sort={by === column ? 'descending' : undefined}>
                <button type="button" class="sort" onClick={() => sortBy(column)}>
                  {label}
                </button>
              </th>
            ))}
            <th scope="col">Trend</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((line) => (
            <TableLine key={`${line.kind} ${line.page} ${line.element}`} line={line} colour={colours.get(line.kind) ?? 0} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function TableLine({ line, colour, now }: { line: FrictionLine; colour: number; now: number }) {
  return (
    <tr data-testid="friction-line">
      <th scope="row" class="what">
        <span class="what-kind">
          <span class={`swatch kind-${colour}`} />
          {kindWords(line.kind)}
        </span>
        <span class="what-element">
          <bdi>{line.element_name || line.element || 'The page itself'}</bdi>
        </span>
        <code class="what-page">
          <bdi>{line.page || '/'}</bdi>
        </code>
      </th>
      <td class="number number-lead">{line.contacts}</td>
      <td class="number">{line.accounts}</td>
      <td class="number"><Amount of={line.revenue} /></td>
      <td class="number">{line.sessions}</td>
      <td class="number">{line.signals}</td>
      <td class="number" title={`${percent(line.share_low)} to ${percent(line.share_high)}, of the ${line.seen} sessions that saw the page`}>
        {percent(line.share)}
      </td>
      <td class="number">
        <span class={`severity severity-${line.severity >= 0.66 ? 'high' : line.severity >= 0.33 ? 'middle' : 'low'}`}>{line.severity.toFixed(2)}</span>
      </td>
      <td class="number">
        <time dateTime={line.last_at} title={full(line.last_at)}>
          {ago(line.last_at, now)}
        </time>
      </td>
      <td>
        <Sparkline values={line.trend} colour={colour} />
      </td>
    </tr>
  )
}

function order(value: string | number): number {
  return typeof value === 'number' ? value : Date.parse(value)
}
