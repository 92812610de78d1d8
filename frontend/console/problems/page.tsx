// Problems: one row per cause, costliest first; and what else the product team reads.
import './problems.css'
import { call } from '../api'
import { useLoaded } from '../hooks'
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
import { money } from './problem_words'

const TABS: [string, string][] = [
  ['', 'Standing'],
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
      {opened ? <Whole id={opened} /> : address.rest === 'places' ? <PlacesView address={address} /> : address.rest === 'owners' ? <OwnersView address={address} /> : <List view={address.rest === 'verified' ? 'verified' : 'standing'} />}
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
      {problems.length === 0 ? (
        <Empty icon={looked_to ? 'check' : 'search'} title={view === 'verified' ? 'Nothing has been verified yet' : 'No problem stands'}>
          <p>{looked_to ? `Everything up to ${shortClock(looked_to)} has been looked at.` : 'Nothing has been looked at yet: rates come once the widget sends events, or after manage.py import_events.'}</p>
        </Empty>
      ) : (
        <>
          <p class="soft">
            {money(revenue_exposed)} a year is exposed, each account counted once.
          </p>
          <ProblemTable problems={problems} />
        </>
      )}
    </>
  )
}
