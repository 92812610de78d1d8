// The detectors' thresholds and switches: tried on the workspace's past before they are in force.
import './detectors.css'
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Icon } from '../../shared/icon'
import { call } from '../api'
import { useLoaded } from '../hooks'
import { Failed, Loading } from '../states'
import { type Changes, changesOf, type Draft, signOf } from './changes'
import { KindCard } from './kind'
import { PreviewCard } from './preview'
import type { Preview, Settings } from './types'

const DAYS = 14
const readSettings = () => call<Settings>('/friction/settings')

export default function DetectorsPage() {
  const settings = useLoaded('detectors', readSettings)
  return (
    <section class="friction detectors" data-testid="detectors">
      <header class="page-head">
        <div>
          <h1>Detectors</h1>
          <p class="soft">When something counts as friction. What you change is tried on your own last {DAYS} days first.</p>
        </div>
      </header>
      {settings.value ? (
        <Form settings={settings.value} put={settings.put} />
      ) : settings.error ? (
        <Failed error={settings.error} retry={settings.again} />
      ) : (
        <Loading rows={8} label="Reading the settings" />
      )}
    </section>
  )
}

function Form({ settings, put }: { settings: Settings; put(settings: Settings): void }) {
  const [draft, setDraft] = useState<Draft>({})
  const [tried, setTried] = useState<{ sign: string; found: Preview } | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const changes = changesOf(settings.kinds, draft)
  const count = Object.keys(changes ?? {}).length
  const run = (work: Promise<void>) => {
    setBusy(true)
    setProblem('')
    void work.catch((error: Error) => setProblem(error.message)).finally(() => setBusy(false))
  }
  const onTry = (wanted: Changes) =>
    run(call<Preview>('/friction/settings/preview', { changes: wanted, days: DAYS }).then((found) => setTried({ sign: signOf(wanted), found })))
  const onSave = (wanted: Changes) =>
    run(call<Settings>('/friction/settings', { changes: wanted }).then((saved) => {
      put(saved)
      setDraft({})
      setTried(null)
    }))
  const isTried = tried !== null && tried.sign === signOf(changes)
  return (
    <>
      <div class="detector-list">
        {settings.kinds.map((kind) => (
          <KindCard key={kind.kind} kind={kind} draft={draft} set={(name, value) => setDraft({ ...draft, [name]: value })} />
        ))}
      </div>
      {isTried && count > 0 && <PreviewCard found={tried.found} days={DAYS} />}
      <footer class="detector-bar" aria-live="polite">
        <span>{changes === null ? 'One of the values is out of range.' : count === 0 ? 'Nothing is changed.' : count === 1 ? 'One change.' : `${count} changes.`}</span>
        {problem && (
          <span class="detector-problem" role="alert">
            <Icon name="warning" /> {problem}
          </span>
        )}
        {count > 0 && (
          <Button look="quiet" onClick={() => setDraft({})}>
            Undo all
          </Button>
        )}
        <Button look={isTried ? 'plain' : 'primary'} disabled={busy || !count} onClick={() => changes && onTry(changes)} data-testid="detectors-try">
          Try on the last {DAYS} days
        </Button>
        {settings.may_change ? (
          <Button look={isTried ? 'primary' : 'plain'} disabled={busy || !count || !isTried} title={isTried ? undefined : 'Try it first'} onClick={() => changes && onSave(changes)} data-testid="detectors-save">
            Put in force
          </Button>
        ) : (
          <span class="soft">A lead or an admin can put changes in force.</span>
        )}
      </footer>
    </>
  )
}
