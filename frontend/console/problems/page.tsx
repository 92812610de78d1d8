// Problems: one row per cause, costliest first; and what else the product team reads.
import './problems.css'
import { call } from '../api'
import { useLoaded } from '../hooks'
import { Amount } from '../money'
import { Tabs } from '../room'
import type { RoomProps } from '../rooms'
import { Empty, Failed, Loading } from '../states'
import { shortClock } from '../words'
import { Silent } from './blind'
import { PlacesView } from './places'
import { OwnersView } from './owners'
import { ProblemTable } from './table'
import type { Problems } from './types'
import { Whole } from './whole'

const TABS: [string, string][] = [
  ['', 'Open'],
  ['verified', 'Verified'],
  ['owners', 'By owner'],
  ['places', 'Pages, flows, searches'],
]

export default function ProblemsPage({ address }: RoomProps) {
  const opened = /^[0-9a-f-]{36}$/.test(address.rest) ? address.rest : null
  return (
    <section class="friction problems" data-testid="problems">
      <header class="page-head">
        <div>
          <h1>Problems</h1>
          <p class="soft">The same friction hitting many is one problem. At most one in ten of them is expected to be a false alarm.</p>
        </div>
        <Tabs room="problems" rest={opened ? '' : address.rest} tabs={TABS} label="Problems" />
      </header>
      {opened ? <Whole id={opened} /> : address.rest === 'places' ? <PlacesView address={address} /> : address.rest === 'owners' ? <OwnersView address={address} /> : address.rest === '' || address.rest === 'verified' ? <List view={address.rest === 'verified' ? 'verified' : 'standing'} /> : <Empty icon="search" title="There is no such page" />}
    </section>
  )
}

function List({ view }: { view: 'standing' | 'verified' }) {
  const found = useLoaded(`problems ${view}`, () => call<Problems>(`/problems?view=${view}`))
  if (found.error) return <Failed error={found.error} retry={found.again} />
  if (!found.value) return <Loading rows={6} label="Reading the problems" />
  const { problems, blind, looked_to, revenue_exposed } = found.value
  return (
    <>
      <Silent blind={blind} />
      {problems.length === 0 && !looked_to ? (
        <Start />
      ) : problems.length === 0 ? (
        <Empty icon="check" title={view === 'verified' ? 'Nothing has been verified yet' : 'No open problems'}>
          {view === 'verified' && <p>Claim a fix on an open problem: it appears here once its rate has proved that it is over.</p>}
          <p>Everything up to {shortClock(looked_to!)} has been looked at.</p>
        </Empty>
      ) : (
        <>
          <p class="soft">
            <Amount of={revenue_exposed} /> a year is exposed, each account counted once.
          </p>
          <ProblemTable problems={problems} />
        </>
      )}
    </>
  )
}

/** The first look is still to come, which is not health: says how to begin. */
function Start() {
  return (
    <Empty icon="search" title="Nothing has been looked at yet">
      <p>Problems are looked for every minute once sessions are recorded.</p>
      <ol class="start">
        <li>
          Put the widget into a page: <a href="/console/settings">the set-up</a> has the line with your key.
        </li>
        <li>
          Or read the history you have, in Segment’s format: <code>manage.py import_events history.jsonl --workspace your-workspace</code>
        </li>
        <li>VCSM first learns what is usual: in the first two weeks it finds fewer problems, and finds them later.</li>
      </ol>
    </Empty>
  )
}
