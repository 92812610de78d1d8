// One article being written in Markdown, with its versions; writers cannot overwrite each other.
import { useRef, useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Pill } from '../../shared/pill'
import { CallFailed } from '../api'
import { follow, go } from '../address'
import { useLoaded, useNow } from '../hooks'
import { useKeptForm } from '../kept_form'
import { KeptNotice } from '../kept_notice'
import { Failed, Loading } from '../states'
import { ago, full } from '../words'
import { readArticle, readVersion, saveArticle } from './api'
import { ReadingBar, useReadings } from './reading'
import type { Article } from './types'

const LIST = { page: 'room', room: 'articles', rest: '', query: {} } as const

export function ArticleEditor({ id, title }: { id: number | null; title: string }) {
  const fresh: Article = { id: 0, title, body: '', url: '', published: true, changed_at: '', versions: [] }
  const article = useLoaded(`article ${id}`, () => (id === null ? Promise.resolve(fresh) : readArticle(id)))
  return (
    <section class="understanding" data-testid="article-editor">
      <p>
        <a {...follow(LIST)}>Articles</a>
      </p>
      {id !== null && article.value && <BeingRead id={id} article={article.value} again={article.again} />}
      {article.value ? (
        <Editor key={article.value.versions[0]?.number ?? 0} id={id} article={article.value} put={article.put} again={article.again} />
      ) : article.error ? (
        <Failed error={article.error} retry={article.again} />
      ) : (
        <Loading rows={8} label="Reading the article" />
      )}
    </section>
  )
}

function BeingRead({ id, article, again }: { id: number; article: Article; again(): void }) {
  const waits = article.versions[0]?.read_at === null
  const reading = useReadings(waits, again).find(({ article_id }) => article_id === id)
  if (!waits || !reading) return null
  return <ReadingBar reading={reading} before={answering(article)?.number ?? null} />
}

/** Returns the newest version that has been read completely, which is the one that answers. */
const answering = (article: Article) => article.versions.find(({ read_at }) => read_at !== null)

interface EditorProps {
  id: number | null
  article: Article
  put(article: Article): void
  again(): void
}

function Editor({ id, article, put, again }: EditorProps) {
  const newest = article.versions[0]
  const stored = String(newest?.number ?? '')
  const form = useKeptForm(`article.${id ?? `new.${article.title}`}`, { title: article.title, body: article.body, url: article.url }, stored)
  const { title, body, url } = form.fields
  const [problem, setProblem] = useState<Error | null>(null)
  const [busy, setBusy] = useState(false)
  const save = (published: boolean) => {
    setBusy(true)
    setProblem(null)
    const saved = (fresh: Article) => {
      form.forget()
      if (id === null) go({ page: 'room', room: 'articles', rest: `edit/${fresh.id}`, query: {} }, 'replace')
      else put(fresh)
    }
    const refused = (error: Error) => {
      setProblem(error)
      // What they saved is read; what is written here stays, and the writer is asked about it.
      if (error instanceof CallFailed && error.code === 'changed_meanwhile') again()
    }
    saveArticle(id, { title, body, url, published, edited: form.of ? Number(form.of) : null })
      .then(saved, refused)
      .finally(() => setBusy(false))
  }
  const latest = useRef(form) // what is typed while a version is loading stays
  latest.current = form
  const load = (number: number) => {
    setProblem(null)
    readVersion(article.id, number).then(({ title, body }) => latest.current.set({ title, body }), setProblem)
  }
  const { changed } = form
  return (
    <div class="article-halves">
      <form
        class="card form"
        onSubmit={(event) => {
          event.preventDefault()
          save(true)
        }}
      >
        <h1>{id === null ? 'New article' : article.title}</h1>
        <KeptNotice form={form} theirs={`Version ${stored}${newest?.by ? `, by ${newest.by},` : ''}`} />
        <label class="form-field">
          <span>Title</span>
          <input class="vc-field" value={title} maxLength={200} required onInput={(event) => form.set({ title: event.currentTarget.value })} />
        </label>
        <label class="form-field">
          <span>Text, in Markdown</span>
          <textarea class="vc-field article-body" rows={20} value={body} onInput={(event) => form.set({ body: event.currentTarget.value })} />
          <small class="soft">Each heading starts a passage. Contacts see one passage at a time, so write each to be understood on its own.</small>
        </label>
        <label class="form-field">
          <span>Address in your help centre</span>
          <input class="vc-field" inputMode="url" value={url} maxLength={500} placeholder="https://help.example.com/…" onInput={(event) => form.set({ url: event.currentTarget.value })} />
        </label>
        {problem && (
          <p class="understanding-problem" role="alert">
            {problem.message}
          </p>
        )}
        <footer class="form-foot">
          <Button type="submit" look="primary" disabled={busy || !title.trim() || form.behind || (!changed && article.published && id !== null)}>
            {article.published || id === null ? 'Save and publish' : 'Publish'}
          </Button>
          <Button disabled={busy || !title.trim() || form.behind} onClick={() => save(false)}>
            {article.published && id !== null ? 'Take back' : 'Save as draft'}
          </Button>
          {changed && id !== null && <span class="soft">Not saved yet</span>}
        </footer>
      </form>
      <Versions article={article} load={load} />
    </div>
  )
}

function Versions({ article, load }: { article: Article; load(number: number): void }) {
  const now = useNow()
  const answers = article.published ? answering(article) : undefined
  if (article.versions.length === 0) return null
  return (
    <aside class="card" aria-labelledby="versions-title">
      <header class="card-head">
        <h2 id="versions-title">Versions</h2>
      </header>
      <ol class="versions">
        {article.versions.map((version, place) => (
          <li key={version.number} data-testid="version">
            <span>
              <strong>{version.number}</strong> {version.by || 'Imported'}{' '}
              <time class="soft" dateTime={version.at} title={full(version.at)}>
                {ago(version.at, now)}
              </time>{' '}
              {version === answers && <Pill look="good">answers</Pill>}
            </span>
            {place > 0 && (
              <Button look="quiet" onClick={() => load(version.number)}>
                Load
              </Button>
            )}
          </li>
        ))}
      </ol>
    </aside>
  )
}
