// The friction map of pages, stalling flows, searches without results, intents, a release.
import type { ComponentChildren } from 'preact'
import { follow, type RoomAddress } from '../address'
import { call, viewCsvAddress } from '../api'
import { useLoaded } from '../hooks'
import { Failed, Loading } from '../states'
import { Icon } from '../../shared/icon'
import type { Period } from '../types'
import { compact, full, kindWords, percent, PERIOD_WORDS } from '../words'
import { Silent } from './blind'
import { Overlay } from './overlay'
import type { NewName, PageLine, Places, Row } from './types'

const PERIODS = ['24h', '7d', '30d']

export function PlacesView({ address }: { address: RoomAddress }) {
  const period = PERIODS.includes(address.query['period'] ?? '') ? address.query['period']! : '7d'
  const release = address.query['release'] ?? ''
  const asked = new URLSearchParams({ period, ...(release ? { release } : {}) })
  const found = useLoaded(`places ${asked}`, () => call<Places>(`/friction/places?${asked}`))
  return (
    <>
      <nav class="choices" aria-label="Period">
        {PERIODS.map((one) => (
          <a key={one} {...follow({ ...address, query: { ...address.query, period: one } })} class="choice" aria-current={one === period ? 'page' : undefined}>
            {PERIOD_WORDS[one as Period]}
          </a>
        ))}
      </nav>
      {found.value ? <Shown places={found.value} release={release} csv={(view) => viewCsvAddress(view, { period: period as Period, release })} /> : found.error ? <Failed error={found.error} retry={found.again} /> : <Loading rows={8} label="Reading the map" />}
    </>
  )
}

type CsvOf = (view: string) => string

function Shown({ places, release, csv }: { places: Places; release: string; csv: CsvOf }) {
  return (
    <>
      <Silent blind={places.blind} />
      <FrictionMap pages={places.pages} csv={csv('pages')} />
      <Overlay pages={places.pages} />
      <div class="problem-columns">
        <Rows title="Flows: where contacts stall" rows={places.flows} csv={csv('flows')} none="No flow stalled. Which flows there are is set under Set-up, Flows." of="that saw the page" />
        <Rows title="Searches that found nothing" rows={places.searches} csv={csv('searches')} none="Every search found something, or none is reported." of="that saw the page" />
        <Rows title="What they were trying to do" rows={places.intents} csv={csv('intents')} none="Nobody’s intent is known in this period." of="that wanted it met friction" />
        <section class="card">
          <Titled title="Unmet wishes" csv={csv('unmet')} />
          <ul class="plain">
            {places.unmet.map((one) => (
              <li key={one.title}>
                <strong>{one.title}</strong> <span class="soft">{one.size} messages of {one.contacts} contacts</span>
                <br />
                {one.phrases.map((phrase) => `“${phrase}”`).join(' ')}
              </li>
            ))}
            {places.unmet.length === 0 && <li class="soft">None found.</li>}
          </ul>
        </section>
        {release && (
          <section class="card">
            <Titled title={`Before and after ${release}`} csv={csv('changes')} />
            <ul class="plain">
              {places.changes.slice(0, 20).map((one) => (
                <li key={one.kind + one.page + one.name}>
                  {kindWords(one.kind)} <bdi>{one.name}</bdi> <code>{one.page}</code>: {percent(one.before)} to {percent(one.after)} {one.clear ? <strong>clear</strong> : <span class="soft">may be chance</span>}
                </li>
              ))}
              {places.changes.length === 0 && <li class="soft">This release has not been seen.</li>}
            </ul>
          </section>
        )}
        {places.names.length > 0 && <NewNames names={places.names} csv={csv('names')} />}
      </div>
    </>
  )
}

function Titled({ title, csv }: { title: string; csv: string }) {
  return (
    <header class="card-head">
      <h3>{title}</h3>
      <a class="vc-button vc-button-plain" href={csv} download aria-label={`${title} as CSV`}>
        <Icon name="download" /> CSV
      </a>
    </header>
  )
}

/** Lists what a release or a member renamed; its history continues under the new name. */
function NewNames({ names, csv }: { names: NewName[]; csv: string }) {
  return (
    <section class="card" data-testid="new-names">
      <Titled title="Names that changed" csv={csv} />
      <ul class="plain">
        {names.slice(0, 20).map((one) => (
          <li key={one.what + one.page + one.old}>
            {one.what === 'element' ? <>An element of <code>{one.page}</code></> : one.what === 'plan' ? 'The plan' : 'The page'} <code>{one.old}</code> is <code>{one.new}</code> now{' '}
            <time class="soft" dateTime={one.at}>
              {full(one.at)}
            </time>
          </li>
        ))}
      </ul>
      <p class="soft">Used the same way, in the same place: their history, and any problem there, goes on under the new name.</p>
    </section>
  )
}

/** Draws an area per page: its size shows who saw it, its shade the share that met friction. */
function FrictionMap({ pages, csv }: { pages: PageLine[]; csv: string }) {
  if (pages.length === 0) return <p class="soft">No page has been seen in this period.</p>
  const most = Math.max(...pages.map(({ share }) => share), 0.01)
  return (
    <>
      <Titled title="Pages" csv={csv} />
      <ul class="map" aria-label="Friction map of pages">
        {pages.slice(0, 40).map((one) => (
          <li key={one.page} class="map-page" style={{ flexGrow: Math.sqrt(one.seen), '--heat': `${Math.round((100 * one.share) / most)}%` }} title={`${one.hit} of ${one.seen} sessions`}>
            <code>{one.page || '/'}</code>
            <strong>{percent(one.share)}</strong>
            <span>
              {percent(one.share_low)} to {percent(one.share_high)} of {compact(one.seen)}
            </span>
          </li>
        ))}
      </ul>
      <p class="soft">Of the sessions that saw a page, the part that met any friction there, with its 95 % interval. Wider is seen more.</p>
    </>
  )
}

function Rows({ title, rows, csv, none, of }: { title: string; rows: Row[]; csv: string; none: string; of: ComponentChildren }) {
  return (
    <section class="card">
      <Titled title={title} csv={csv} />
      <ul class="plain">
        {rows.slice(0, 20).map((one) => (
          <li key={one.page + one.what}>
            <strong>
              <bdi>{one.what}</bdi>
            </strong>{' '}
            <code>{one.page}</code>{' '}
            <span class="soft">
              {one.sessions} of {one.seen} sessions {of}
            </span>
          </li>
        ))}
        {rows.length === 0 && <li class="soft">{none}</li>}
      </ul>
    </section>
  )
}
