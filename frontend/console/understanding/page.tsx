// What contacts try to do: the intents, what was heard, what no intent covers, and how sure we are.
import { follow } from '../address'
import { Tabs } from '../room'
import type { RoomProps } from '../rooms'
import { Empty } from '../states'
import { EditorPage } from './editor'
import { HealthPage } from './health'
import { HeardPage } from './heard'
import { ListPage } from './list'
import { UnmetPage } from './unmet'
import './understanding.css'

const TABS: [string, string][] = [
  ['', 'Intents'],
  ['heard', 'Heard'],
  ['unmet', 'Unmet'],
  ['health', 'Health'],
]

const HEADS: Record<string, [string, string]> = {
  '': ['Intents', 'What contacts try to do, each taught by a few examples.'],
  heard: ['Heard', 'What contacts wrote and how it was understood. One click confirms it or sets it right.'],
  unmet: ['Unmet', 'What contacts ask for that no intent covers.'],
  health: ['Health', 'How well the intents are told apart, and what to add.'],
}

export default function UnderstandingPage({ address }: RoomProps) {
  const [place = '', id] = address.rest.split('/')
  if (place === 'new' || (place === 'edit' && id))
    return <EditorPage key={address.rest} id={place === 'new' ? null : Number(id)} title={address.query.title ?? ''} />
  const head = HEADS[place]
  return (
    <section class="understanding" data-testid="understanding">
      <header class="page-head">
        <div>
          <h1>{head?.[0] ?? 'Intents'}</h1>
          <p class="soft">{head?.[1]}</p>
        </div>
        <Tabs room="intents" rest={place} label="Intents" tabs={TABS} />
      </header>
      {place === '' && <ListPage address={address} />}
      {place === 'heard' && <HeardPage address={address} />}
      {place === 'unmet' && <UnmetPage />}
      {place === 'health' && <HealthPage />}
      {!head && <Empty icon="search" title="There is no such page" />}
    </section>
  )
}

/** Props of a link to the page where an intent is edited. */
export const editing = (id: number) => follow({ page: 'room', room: 'intents', rest: `edit/${id}`, query: {} })
