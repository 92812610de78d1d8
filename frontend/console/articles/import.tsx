// Web pages become articles: addresses or a sitemap, read by a worker that reports its progress, or
// a folder of files, read by this page.
import { useEffect, useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { follow } from '../address'
import { useLoaded, useNow } from '../hooks'
import { Failed, Loading } from '../states'
import { ago } from '../words'
import { askImport, readImport } from './api'
import { counted, FolderImport, PickFile } from './folder'
import { readAddresses } from './read_addresses'
import type { Import } from './types'

const POLL = 1_500

export function ImportPage() {
  const latest = useLoaded('import', readImport)
  const running = latest.value ? latest.value.finished_at === null : false
  useEffect(() => {
    if (!running) return
    const timer = setInterval(latest.again, POLL)
    return () => clearInterval(timer)
  }, [running, latest.again])
  if (latest.value === undefined) return latest.error ? <Failed error={latest.error} retry={latest.again} /> : <Loading rows={4} label="Reading the latest import" />
  return (
    <>
      <Ask running={running} put={latest.put} />
      {latest.value && <Progress one={latest.value} />}
      <FolderImport />
    </>
  )
}

function Ask({ running, put }: { running: boolean; put(made: Import): void }) {
  const [addresses, setAddresses] = useState('')
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const ask = (event: Event) => {
    event.preventDefault()
    setBusy(true)
    setProblem('')
    askImport(addresses)
      .then(put, (error: Error) => setProblem(error.message))
      .finally(() => setBusy(false))
  }
  return (
    <form class="card form" onSubmit={ask}>
      <label class="form-field">
        <span>Addresses of pages or of a sitemap, one per line</span>
        <textarea class="vc-field" rows={6} value={addresses} placeholder={'https://help.example.com/sitemap.xml\nhttps://help.example.com/export'} spellcheck={false} onInput={(event) => setAddresses(event.currentTarget.value)} data-testid="import-addresses" />
        <small class="soft">HTML and Markdown are read; from a page, only its main content, without menus. Importing again updates what has changed there and keeps what was edited here.</small>
      </label>
      {problem && (
        <p class="understanding-problem" role="alert">
          {problem}
        </p>
      )}
      <footer class="form-foot">
        <Button type="submit" look="primary" disabled={busy || running || !addresses.trim()} data-testid="import-start">
          {running ? 'Reading…' : 'Import'}
        </Button>
        <PickFile
          label="Addresses from a file …"
          accept=".xml,.gz,.txt"
          testid="import-file"
          picked={([file]) => file && readAddresses(file).then((found) => setAddresses(found), (error: Error) => setProblem(error.message))}
        />
      </footer>
    </form>
  )
}

function Progress({ one }: { one: Import }) {
  const now = useNow()
  const { outcome } = one
  return (
    <section class="card import-progress" data-testid="import-progress" aria-labelledby="import-title">
      <h2 id="import-title">{one.finished_at ? `Imported ${ago(one.finished_at, now)}` : 'Importing'}</h2>
      {one.problem ? (
        <p class="understanding-problem">{one.problem}</p>
      ) : (
        <>
          {!one.finished_at && <progress value={one.done} max={Math.max(1, outcome.total ?? 1)} aria-label="Pages read" />}
          <p role="status">
            {outcome.total === undefined ? 'Looking for pages to read.' : `${one.done} of ${outcome.total} pages read${counted(outcome)}.`}
          </p>
        </>
      )}
      {outcome.notes && outcome.notes.length > 0 && (
        <ul class="import-notes">
          {outcome.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {one.finished_at && !one.problem && (
        <p>
          <a {...follow({ page: 'room', room: 'articles', rest: '', query: {} })}>See the articles</a>
        </p>
      )}
    </section>
  )
}
