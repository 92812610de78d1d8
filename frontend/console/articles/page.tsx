// The workspace's articles: what each answers, what none answers, and where they are written.
import { follow, type RoomAddress } from '../address'
import { useLoaded } from '../hooks'
import { Tabs } from '../room'
import type { RoomProps } from '../rooms'
import { Empty, Failed, Loading } from '../states'
import { readArticles } from './api'
import { ArticleEditor } from './editor'
import { GapList } from './gaps'
import { ImportPage } from './import'
import { ArticleList } from './list'
import { useReadings } from './reading'
import '../understanding/understanding.css'
import './articles.css'

const TABS: [string, string][] = [
  ['', 'Articles'],
  ['idle', 'Answer nothing'],
  ['stale', 'Stale'],
  ['gaps', 'Unanswered'],
  ['import', 'Import'],
]

const HEADS: Record<string, string> = {
  '': 'What contacts are answered with: the passage itself, with its source.',
  idle: 'Published for 30 days and never used as an answer.',
  stale: 'Unchanged for half a year and still used in answers.',
  gaps: 'Questions of the last 30 days that no article answers.',
  import: 'Pages of your help centre become articles.',
}

export default function ArticlesPage({ address }: RoomProps) {
  const [place = '', id] = address.rest.split('/')
  if (place === 'new' || (place === 'edit' && id)) return <ArticleEditor key={address.rest} id={place === 'new' ? null : Number(id)} title={address.query.title ?? ''} />
  return (
    <section class="understanding" data-testid="articles">
      <header class="page-head">
        <div>
          <h1>Articles</h1>
          <p class="soft">{HEADS[place]}</p>
        </div>
        <Tabs room="articles" rest={place} label="Articles" tabs={TABS} />
        <a class="vc-button vc-button-primary" {...follow({ page: 'room', room: 'articles', rest: 'new', query: {} })}>
          New article
        </a>
      </header>
      {place === 'import' ? <ImportPage /> : HEADS[place] ? <Shown place={place} address={address} /> : <Empty icon="search" title="There is no such page" />}
    </section>
  )
}

function Shown({ place, address }: { place: string; address: RoomAddress }) {
  const all = useLoaded('articles', readArticles)
  const readings = useReadings((all.value?.reading.length ?? 0) > 0, all.again)
  if (!all.value) return all.error ? <Failed error={all.error} retry={all.again} /> : <Loading rows={8} label="Reading the articles" />
  const { articles, gaps, reembedding } = all.value
  return (
    <>
      {reembedding && (
        <p class="card reading" role="status">
          <span>The encoder was changed: the old vectors answer until every text has been read again.</span>
          <progress value={reembedding.done} max={reembedding.total} aria-label="Texts read by the new encoder" />
          <span class="soft">
            {reembedding.done} of {reembedding.total}
          </span>
        </p>
      )}
      {place === 'gaps' ? (
        <GapList gaps={gaps} />
      ) : (
        <ArticleList articles={articles.filter((one) => place === '' || (place === 'idle' ? one.idle : one.stale))} readings={readings} search={place === ''} address={address} />
      )}
    </>
  )
}
