// One article being written in Markdown, with the versions it had; two writers cannot overwrite each other.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { CallFailed } from '../api'
import { follow, go } from '../address'
import { useLoaded, useNow } from '../hooks'
import { Failed, Loading } from '../states'
import { ago, full } from '../words'
import { readArticle, saveArticle } from './api'
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

interface EditorProps {
  id: number | null
  article: Article
  put(article: Article): void
  again(): void
}

function Editor({ id, article, put, again }: EditorProps) {
  const [title, setTitle] = useState(article.title)
  const [body, setBody] = useState(article.body)
  const [url, setUrl] = useState(article.url)
  const [problem, setProblem] = useState<Error | null>(null)
  const [busy, setBusy] = useState(false)
  const newest = article.versions[0]?.number ?? null
  const save = (published: boolean) => {
    setBusy(true)
    setProblem(null)
    saveArticle(id, { title, body, url, published, edited: newest })
      .then((saved) => (id === null ? go({ page: 'room', room: 'articles', rest: `edit/${saved.id}`, query: {} }, 'replace') : put(saved)), setProblem)
      .finally(() => setBusy(false))
  }
  const changed = title !== article.title || body !== article.body || url !== article.url
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
        <label class="form-field">
          <span>Title</span>
          <input class="vc-field" value={title} maxLength={200} required onInput={(event) => setTitle(event.currentTarget.value)} />
        </label>
        <label class="form-field">
          <span>Text, in Markdown</span>
          <textarea class="vc-field article-body" rows={20} value={body} onInput={(event) => setBody(event.currentTarget.value)} />
          <small class="soft">A heading starts a passage. Contacts are shown one passage, so let each stand by itself.</small>
        </label>
        <label class="form-field">
          <span>Address in your help centre</span>
          <input class="vc-field" inputMode="url" value={url} maxLength={500} placeholder="https://help.example.com/…" onInput={(event) => setUrl(event.currentTarget.value)} />
        </label>
        {problem && (
          <p class="understanding-problem" role="alert">
            {problem.message}{' '}
            {problem instanceof CallFailed && problem.code === 'changed_meanwhile' && (
              <Button onClick={again}>Read it again</Button>
            )}
          </p>
        )}
        <footer class="form-foot">
          <Button type="submit" look="primary" disabled={busy || !title.trim() || (!changed && article.published && id !== null)}>
            {article.published || id === null ? 'Save and publish' : 'Publish'}
          </Button>
          <Button disabled={busy || !title.trim()} onClick={() => save(false)}>
            {article.published && id !== null ? 'Take back' : 'Save as draft'}
          </Button>
          {changed && id !== null && <span class="soft">Not saved yet</span>}
        </footer>
      </form>
      <Versions
        article={article}
        load={(version) => {
          setTitle(version.title)
          setBody(version.body)
        }}
      />
    </div>
  )
}

function Versions({ article, load }: { article: Article; load(version: { title: string; body: string }): void }) {
  const now = useNow()
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
              </time>
            </span>
            {place > 0 && (
              <Button look="quiet" onClick={() => load(version)}>
                Load
              </Button>
            )}
          </li>
        ))}
      </ol>
    </aside>
  )
}
