// The audit log: filtered by the address, read in pieces, checked on demand.
import './audit.css'
import { useEffect, useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Icon } from '../../shared/icon'
import { Pill } from '../../shared/pill'
import { go, type RoomAddress } from '../address'
import { useLoaded } from '../hooks'
import { Empty, Failed, Loading } from '../states'
import { clock, day, full } from '../words'
import { checkAudit, readAudit } from './api'
import { actorName } from './levels'
import type { Chain, Entries } from './types'

/** How many characters of a value are shown. */
const LONGEST = 48
const FILTERS = ['kind', 'actor', 'subject'] as const

export function AuditPage({ address }: { address: RoomAddress }) {
  const asked = new URLSearchParams(FILTERS.flatMap((name) => (address.query[name] ? [[name, address.query[name]]] : [])))
  const entries = useLoaded(`audit ${asked}`, () => readAudit(asked))
  const [more, setMore] = useState<Entries['lines']>([])
  const [older, setOlder] = useState<number | null>(null)
  useEffect(() => {
    setMore([])
    setOlder(entries.value?.older ?? null)
  }, [entries.value])
  const filter = (name: string, value: string) => go({ ...address, query: { ...address.query, [name]: value } }, 'replace')
  const readMore = () => {
    if (older === null) return
    const next = new URLSearchParams(asked)
    next.set('before', String(older))
    readAudit(next).then(
      (piece) => {
        setMore([...more, ...piece.lines])
        setOlder(piece.older)
      },
      () => entries.again(),
    )
  }
  const lines = [...(entries.value?.lines ?? []), ...more]
  return (
    <>
      <Check />
      <div class="filters">
        <label>
          <span class="vc-hidden-text">Kind</span>
          <select class="vc-field" value={address.query.kind ?? ''} data-testid="audit-kind" onChange={(event) => filter('kind', event.currentTarget.value)}>
            <option value="">Every kind</option>
            {(entries.value?.kinds ?? []).map((kind) => (
              <option key={kind} value={kind}>
                {kind.replaceAll('_', ' ')}
              </option>
            ))}
          </select>
        </label>
        <label class="filters-place">
          <span class="vc-hidden-text">Who</span>
          <input class="vc-field" type="search" placeholder="Who" value={address.query.actor ?? ''} onInput={(event) => filter('actor', event.currentTarget.value)} />
        </label>
        <label class="filters-place">
          <span class="vc-hidden-text">What it is about</span>
          <input class="vc-field" type="search" placeholder="What it is about" value={address.query.subject ?? ''} onInput={(event) => filter('subject', event.currentTarget.value)} />
        </label>
      </div>
      {entries.value ? (
        lines.length > 0 ? (
          <div class="card card-flush">
            <Lines lines={lines} />
          </div>
        ) : (
          <Empty icon="search" title="No entry fits this filter" />
        )
      ) : entries.error ? (
        <Failed error={entries.error} retry={entries.again} />
      ) : (
        <Loading rows={8} label="Reading the audit" />
      )}
      {older !== null && (
        <Button onClick={readMore} data-testid="audit-older">
          Older entries
        </Button>
      )}
    </>
  )
}

function Check() {
  const [chain, setChain] = useState<Chain | null>(null)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const run = () => {
    setBusy(true)
    checkAudit()
      .then(setChain, (error: Error) => setProblem(error.message))
      .finally(() => setBusy(false))
  }
  const broken = chain !== null && chain.findings.length > 0
  return (
    <div class={`banner${broken ? ' banner-danger' : chain ? ' banner-good' : ''}`} data-testid="audit-check" role="status">
      <Icon name={broken ? 'warning' : 'shield'} />
      <div>
        {chain === null && <p>{problem || 'Every entry carries the hash of the one before it. Reading the chain again shows whether anything was changed, removed or inserted.'}</p>}
        {chain && !broken && (
          <p>
            <strong>All {chain.entries} entries are as they were written.</strong> The last hash is <code class="hash">{chain.hash}</code>. Kept elsewhere, it also shows whether the end was cut off.
          </p>
        )}
        {broken && chain.findings.slice(0, 10).map((finding) => <p key={finding}>{finding}</p>)}
      </div>
      <Button disabled={busy} onClick={run} data-testid="audit-verify">
        {busy ? 'Reading…' : 'Check the chain'}
      </Button>
    </div>
  )
}

function Lines({ lines }: { lines: Entries['lines'] }) {
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label="Audit entries">
      <table class="table audit-table" data-testid="audit-table">
        <thead>
          <tr>
            <th scope="col" class="number">
              Place
            </th>
            <th scope="col">When</th>
            <th scope="col">Kind</th>
            <th scope="col">Who</th>
            <th scope="col">About</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id} data-testid="audit-line">
              <td class="number" title={line.hash}>
                {line.place ?? '–'}
              </td>
              <td class="audit-when">
                <time dateTime={line.at} title={full(line.at)}>
                  {day(line.at)} {clock(line.at)}
                </time>
              </td>
              <td>
                <Pill>{line.kind.replaceAll('_', ' ')}</Pill>
              </td>
              <td>
                <bdi>{actorName(line.actor)}</bdi>
              </td>
              <td class="audit-subject">
                <Subject subject={line.subject} />
              </td>
              <td class="audit-body">
                <Body body={line.body} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Shows an entry's fields; a long value is cut, and complete in the title. */
function Body({ body }: { body: string }) {
  const pairs = Object.entries(JSON.parse(body) as Record<string, unknown>).filter(([, value]) => value !== null && value !== '')
  return (
    <dl class="audit-pairs">
      {pairs.map(([name, value]) => {
        const words = typeof value === 'string' ? value : JSON.stringify(value)
        return (
          <div key={name} title={words}>
            <dt>{name.replaceAll('_', ' ')}</dt>
            <dd>
              <bdi>{words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words}</bdi>
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

function Subject({ subject }: { subject: string }) {
  const [kind = '', id = ''] = subject.split(':')
  if (kind === 'escalation') return <a href={`/console/escalations/${id}`}>{subject}</a>
  return <bdi>{subject}</bdi>
}
