// The product team's report: where customers get stuck, whom it costs, and since when.
import type { ComponentChildren } from 'preact'
import { csvAddress, readReport, reportQuery, viewCsvAddress } from '../api'
import { follow, type FrictionAddress, go, PERIODS } from '../address'
import { useEvery, useLoaded, useNow } from '../hooks'
import { Amount } from '../money'
import { Icon } from '../../shared/icon'
import { Empty, Failed, Loading } from '../states'
import type { Report } from '../types'
import { compact, kindWords, percent, PERIOD_WORDS, shortClock } from '../words'
import { FrictionChart } from './chart'
import { WeeklyDigest } from './digest'
import { FrictionTable } from './table'

/** How many colours the style sheet has. */
const COLOURS = 12
/** Milliseconds between reads: sessions are counted once a minute; an empty report waits less. */
const COUNTED_EVERY = 60_000
const WAITING = 5_000

export default function FrictionPage({ address }: { address: FrictionAddress }) {
  const report = useLoaded(`friction ${reportQuery(address)}`, () => readReport(address))
  useEvery(report.again, report.value?.totals.lines ? COUNTED_EVERY : WAITING)
  return (
    <section class="friction" data-testid="friction-report">
      <header class="page-head">
        <div>
          <h1>Friction</h1>
          <p class="soft">Where customers get stuck, and whom it hits.</p>
        </div>
        <nav class="choices" aria-label="Period">
          {PERIODS.map((period) => (
            <a key={period} {...follow({ ...address, period })} class="choice" aria-current={address.period === period ? 'page' : undefined}>
              {PERIOD_WORDS[period]}
            </a>
          ))}
        </nav>
        <a class="vc-button vc-button-plain" href={csvAddress(address)} download data-testid="friction-csv">
          <Icon name="download" /> CSV
        </a>
        <a class="vc-button vc-button-plain" href={csvAddress(address).replace('/friction.csv?', '/friction.pdf?')} download data-testid="friction-pdf">
          <Icon name="download" /> PDF
        </a>
        <WeeklyDigest />
      </header>
      {report.value ? (
        <Shown report={report.value} address={address} />
      ) : report.error ? (
        <Failed error={report.error} retry={report.again} />
      ) : (
        <Loading rows={8} label="Reading the report" />
      )}
    </section>
  )
}

function Shown({ report, address }: { report: Report; address: FrictionAddress }) {
  const now = useNow()
  // The place in the list of kinds is the colour, the same in chart, table and filter.
  const colours = new Map(report.kinds.map(({ kind }, index) => [kind, index % COLOURS]))
  if (report.totals.lines === 0 && !address.segment && !address.release) return <NoFriction report={report} />
  const asked = address.place.toLowerCase()
  const lines = report.lines.filter(
    (line) => (!address.kind || line.kind === address.kind) && `${line.page} ${line.element_name} ${line.element}`.toLowerCase().includes(asked),
  )
  return (
    <>
      <Totals report={report} />
      <div class="card chart-card">
        <FrictionChart report={report} colours={colours} kind={address.kind} />
        <a class="vc-button vc-button-quiet chart-csv" href={viewCsvAddress('trend', address)} download aria-label="The chart as CSV">
          <Icon name="download" /> CSV of this chart
        </a>
      </div>
      <div class="filters">
        <label>
          <span class="vc-hidden-text">Kind</span>
          <select class="vc-field" value={address.kind} onChange={(event) => go({ ...address, kind: event.currentTarget.value }, 'replace')}>
            <option value="">Every kind</option>
            {report.kinds.map(({ kind }) => (
              <option key={kind} value={kind}>
                {kindWords(kind)}
              </option>
            ))}
          </select>
        </label>
        <label class="filters-place">
          <span class="vc-hidden-text">Page or element</span>
          <input class="vc-field" type="search" placeholder="Page or element" value={address.place} onInput={(event) => go({ ...address, place: event.currentTarget.value }, 'replace')} />
        </label>
        <Within label="Segment" names={report.segments} chosen={address.segment ?? ''} choose={(segment) => go({ ...address, segment }, 'replace')} />
        <Within label="Release" names={report.releases} chosen={address.release ?? ''} choose={(release) => go({ ...address, release }, 'replace')} />
        <span class="soft">
          {lines.length} of {report.totals.lines} lines
          {report.counted_to && `, counted to ${shortClock(report.counted_to)}`}
          {report.totals.crowded_out > 0 && `; ${compact(report.totals.crowded_out)} sessions met elements too many to tell apart`}
        </span>
      </div>
      <div class="card card-flush">
        {lines.length > 0 ? <FrictionTable lines={lines} colours={colours} now={now} /> : <Empty icon="search" title="Nothing matches this filter" />}
      </div>
    </>
  )
}

function Within({ label, names, chosen, choose }: { label: string; names: string[]; chosen: string; choose(name: string): void }) {
  const known = names.filter(Boolean)
  if (known.length === 0 && !chosen) return null
  return (
    <label>
      <span class="vc-hidden-text">{label}</span>
      <select class="vc-field" value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">Every {label.toLowerCase()}</option>
        {known.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

function Totals({ report }: { report: Report }) {
  const { totals } = report
  const share = totals.sessions_seen ? totals.sessions / totals.sessions_seen : 0
  const figures: [string, string, ComponentChildren][] = [
    ['Contacts hit', compact(totals.contacts), ''],
    ['Accounts hit', compact(totals.accounts), totals.revenue > 0 && <><Amount of={totals.revenue} /> a year</>],
    ['Sessions hit', compact(totals.sessions), `${percent(Math.min(1, share))} of ${compact(totals.sessions_seen)}`],
    ['Signals', compact(totals.signals), `on ${compact(totals.lines)} places`],
  ]
  return (
    <dl class="totals">
      {figures.map(([label, value, more]) => (
        <div key={label} class="total">
          <dt>{label}</dt>
          <dd class="total-value">{value}</dd>
          <dd class="soft">{more}</dd>
        </div>
      ))}
    </dl>
  )
}

function NoFriction({ report }: { report: Report }) {
  // What nobody has looked at yet is not health.
  if (report.totals.sessions_seen > 0 && !report.counted_to)
    return (
      <Empty icon="clock" title="Not counted yet">
        <p>{compact(report.totals.sessions_seen)} sessions came by. They are counted once a minute, and shown here then.</p>
      </Empty>
    )
  if (report.totals.sessions_seen > 0)
    return (
      <Empty icon="check" title="No friction in this period">
        <p>{compact(report.totals.sessions_seen)} sessions came by and none of them struggled.</p>
      </Empty>
    )
  return (
    <Empty icon="search" title="Nothing has been seen in this period">
      <p>No sessions were recorded, so this says nothing about how your product is doing. Is the widget in your pages?</p>
      <p>
        <a {...follow({ page: 'room', room: 'settings', rest: '', query: {} })}>The set-up</a> has the tag with your key, and shows the first event as it comes in. A history in Segment’s format can be read before that:
      </p>
      <pre class="snippet">manage.py import_events history.jsonl --workspace your-workspace</pre>
    </Empty>
  )
}
