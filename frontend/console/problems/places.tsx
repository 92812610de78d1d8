// The friction map of pages, flows that stall, searches without results, unmet wishes, a release.
import type { ComponentChildren } from 'preact'
import { follow, type RoomAddress } from '../address'
import { call } from '../api'
import { useLoaded } from '../hooks'
import { Failed, Loading } from '../states'
import { compact, kindWords, percent } from '../words'
import { Silent } from './blind'
import { Overlay } from './overlay'
import type { PageLine, Places, Row } from './types'

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
            {one}
          </a>
        ))}
      </nav>
      {found.value ? <Shown places={found.value} release={release} /> : found.error ? <Failed error={found.error} retry={found.again} /> : <Loading rows={8} label="Reading the map" />}
    </>
  )
}

function Shown({ places, release }: { places: Places; release: string }) {
  return (
    <>
      <Silent blind={places.blind} />
      <FrictionMap pages={places.pages} />
      <Overlay pages={places.pages} />
      <div class="problem-columns">
        <Rows title="Flows: where contacts stall" rows={places.flows} none="No flow stalled. Flows are defined in the detectors’ settings." of="that saw the page" />
        <Rows title="Searches that found nothing" rows={places.searches} none="Every search found something, or none is reported." of="that saw the page" />
        <section class="card">
          <h3>Unmet wishes</h3>
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
            <h3>Before and after {release}</h3>
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
      </div>
    </>
  )
}

/** Area is how many saw a page, shade is the part that met friction there. */
function FrictionMap({ pages }: { pages: PageLine[] }) {
  if (pages.length === 0) return <p class="soft">No page has been seen in this period.</p>
  const most = Math.max(...pages.map(({ share }) => share), 0.01)
  return (
    <>
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

function Rows({ title, rows, none, of }: { title: string; rows: Row[]; none: string; of: ComponentChildren }) {
  return (
    <section class="card">
      <h3>{title}</h3>
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
