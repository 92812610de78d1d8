// The articles with what each did in 30 days, and a search that runs while somebody types.
import { useEffect, useState } from 'preact/hooks'
import { follow, go, type RoomAddress } from '../address'
import { useLoaded, useNow } from '../hooks'
import { Empty } from '../states'
import { ago, compact, full } from '../words'
import { searchArticles } from './api'
import { farOf } from './reading'
import type { Found, Reading, Use } from './types'

export const opening = (id: number) => follow({ page: 'room', room: 'articles', rest: `edit/${id}`, query: {} })

interface ListProps {
  articles: Use[]
  readings: Reading[]
  search: boolean
  address: RoomAddress
}

export function ArticleList({ articles, readings, search, address }: ListProps) {
  const asked = address.query.find ?? ''
  return (
    <>
      {search && (
        <label class="article-search">
          <span class="vc-hidden-text">Search as a contact would ask</span>
          <input
            class="vc-field"
            type="search"
            placeholder="Search as a contact would ask"
            value={asked}
            onInput={(event) => go({ ...address, query: { find: event.currentTarget.value } }, 'replace')}
            data-testid="article-search"
          />
        </label>
      )}
      {search && asked.trim() ? <Results asked={asked} /> : <Table articles={articles} readings={readings} all={search} />}
    </>
  )
}

function Results({ asked }: { asked: string }) {
  const found = useLoaded<Found>(`search ${asked}`, () => searchArticles(asked))
  const [last, keep] = useState<Found | null>(null)
  useEffect(() => {
    if (found.value) keep(found.value)
  }, [found.value])
  const shown = found.value ?? last
  if (found.error) return <p class="understanding-problem">{found.error.message}</p>
  if (!shown) return null
  return (
    <div role="status" aria-live="polite">
      <p class="soft">
        {shown.passages.length === 0
          ? 'No article says anything about this.'
          : shown.answers
            ? 'A contact who asks this is answered with the first passage.'
            : 'No passage is certain enough: a contact who asks this is told so and offered a person.'}
      </p>
      <ol class="results">
        {shown.passages.map((passage, place) => (
          <li key={passage.article_id} class={`card result${place === 0 && shown.answers ? ' result-answer' : ''}`} data-testid="passage">
            <p>
              <a {...opening(passage.article_id)}>{passage.title}</a>
              {passage.heading && <span class="soft"> › {passage.heading}</span>}
            </p>
            <p class="result-text">{passage.text}</p>
          </li>
        ))}
      </ol>
    </div>
  )
}

function Table({ articles, readings, all }: { articles: Use[]; readings: Reading[]; all: boolean }) {
  const now = useNow()
  const far = new Map(readings.map((one) => [one.article_id, farOf(one)]))
  if (articles.length === 0)
    return all ? (
      <Empty icon="book" title="No article yet">
        <p>Articles in Markdown answer contacts from the moment they are saved.</p>
      </Empty>
    ) : (
      <Empty icon="check" title="None of the articles">
        <p>Nothing to do here.</p>
      </Empty>
    )
  return (
    <div class="card card-flush">
      <div class="table-box" tabIndex={0} role="region" aria-label="Articles">
        <table class="table" data-testid="article-table">
          <thead>
            <tr>
              <th scope="col">Article</th>
              <th scope="col" class="number">
                Answered
              </th>
              <th scope="col" class="number">
                Nearly
              </th>
              <th scope="col" class="number">
                Passages
              </th>
              <th scope="col" class="number">
                Changed
              </th>
            </tr>
          </thead>
          <tbody>
            {articles.map((one) => (
              <tr key={one.id}>
                <th scope="row" class="understanding-name">
                  <a {...opening(one.id)}>{one.title}</a>
                  {far.has(one.id) && <span class="vc-pill vc-pill-accent">being read, {far.get(one.id)}</span>}
                  {!one.published && <span class="vc-pill">draft</span>}
                  {one.stale && <span class="vc-pill vc-pill-warn">stale</span>}
                  {one.idle && <span class="vc-pill">answers nothing</span>}
                </th>
                <td class="number">{compact(one.answered)}</td>
                <td class="number">{compact(one.nearly)}</td>
                <td class="number">{one.passages}</td>
                <td class="number">
                  <time dateTime={one.changed_at} title={full(one.changed_at)}>
                    {ago(one.changed_at, now)}
                  </time>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
