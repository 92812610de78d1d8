// Wishes that no intent covers: who asks, how fast it grows, and one click that makes it an intent.
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Icon } from '../../shared/icon'
import { Sparkline } from '../friction/sparkline'
import { useLoaded, useNow } from '../hooks'
import { Amount } from '../money'
import { Empty, Failed, Loading } from '../states'
import { ago, compact, day } from '../words'
import { adopt, lookAgain, putAside, readCluster, readUnmet } from './api'
import type { Cluster } from './types'

/** Number of messages from which nearly every cluster is one wish; smaller ones may still split. */
const SURE_FROM = 8

export function UnmetPage() {
  const unmet = useLoaded('unmet', readUnmet)
  const now = useNow()
  const [busy, setBusy] = useState(false)
  const [settled, showSettled] = useState(false)
  const [problem, setProblem] = useState('')
  if (!unmet.value) return unmet.error ? <Failed error={unmet.error} retry={unmet.again} /> : <Loading rows={6} label="Reading the unmet wishes" />
  const again = () => {
    setBusy(true)
    setProblem('')
    lookAgain()
      .then(unmet.put, (error: Error) => setProblem(error.message))
      .finally(() => setBusy(false))
  }
  const { clusters, looked_at } = unmet.value
  const shown = clusters.filter((one) => (settled ? one.settled_at !== null : one.settled_at === null && one.current))
  return (
    <>
      <div class="filters">
        <span class="soft understanding-rest">
          {looked_at ? `Looked ${ago(looked_at, now)}; looks again every night.` : 'Looks every night.'}
        </span>
        <label class="heard-teach">
          <input type="checkbox" checked={settled} onChange={(event) => showSettled(event.currentTarget.checked)} /> settled ones
        </label>
        <Button disabled={busy} onClick={again}>
          <Icon name="retry" /> {busy ? 'Looking…' : 'Look now'}
        </Button>
      </div>
      {problem && (
        <p class="understanding-problem" role="alert">
          {problem}
        </p>
      )}
      {shown.length === 0 ? (
        <Empty icon="check" title={settled ? 'Nothing settled yet' : 'Nothing unmet stands out'}>
          <p>A wish appears once four messages of the last 30 days ask for the same thing and no intent covers it.</p>
        </Empty>
      ) : (
        <ul class="clusters">
          {shown.map((cluster) => (
            <ClusterCard key={cluster.id} cluster={cluster} changed={unmet.again} />
          ))}
        </ul>
      )}
    </>
  )
}

function ClusterCard({ cluster, changed }: { cluster: Cluster; changed(): void }) {
  const [open, setOpen] = useState(false)
  const [problem, setProblem] = useState('')
  const revenue = Number(cluster.annual_revenue)
  const aside = () => putAside(cluster.id).then(changed, (error: Error) => setProblem(error.message))
  return (
    <li class="card cluster" data-testid="cluster">
      <div class="cluster-what">
        <h2 class="cluster-title" dir="auto">
          “{cluster.title}”
        </h2>
        <p class="cluster-phrases">
          {cluster.size < SURE_FROM && <span class="vc-pill vc-pill-info">emerging</span>}
          {cluster.phrases.map((phrase) => (
            <span key={phrase} class="vc-pill">
              {phrase}
            </span>
          ))}
        </p>
        <p class="soft">
          Since {day(cluster.found_at)}
          {cluster.settled_at && (cluster.intent ? `; made “${cluster.intent}” by ${cluster.settled_by}` : `; put aside by ${cluster.settled_by}`)}
        </p>
      </div>
      <dl class="cluster-figures">
        <Figure label="Messages" value={compact(cluster.size)} />
        <Figure label="Contacts" value={compact(cluster.contacts)} />
        <Figure label="Accounts" value={compact(cluster.accounts)} />
        <Figure label="Revenue a year" value={revenue ? <Amount of={revenue} /> : '–'} />
        <div>
          <dt>30 days</dt>
          <dd>
            <Sparkline values={cluster.trend} colour={1} unit="messages" />
          </dd>
        </div>
      </dl>
      <div class="cluster-acts">
        <Button look={open ? 'plain' : 'primary'} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Close' : cluster.intent ? 'Show messages' : 'Make it an intent'}
        </Button>
        {!cluster.intent && (
          <Button look="quiet" onClick={() => void aside()}>
            {cluster.settled_at ? 'Take up again' : 'Put aside'}
          </Button>
        )}
      </div>
      {problem && (
        <p class="understanding-problem" role="alert">
          {problem}
        </p>
      )}
      {open && <Adopt cluster={cluster} changed={changed} />}
    </li>
  )
}

function Figure({ label, value }: { label: string; value: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd class="cluster-figure">{value}</dd>
    </div>
  )
}

function Adopt({ cluster, changed }: { cluster: Cluster; changed(): void }) {
  const whole = useLoaded(`cluster ${cluster.id}`, () => readCluster(cluster.id))
  const [title, setTitle] = useState('')
  const [left, leave] = useState<Set<string>>(new Set())
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  if (!whole.value) return whole.error ? <Failed error={whole.error} retry={whole.again} /> : <Loading rows={3} label="Reading its messages" />
  const { messages } = whole.value
  const save = (event: Event) => {
    event.preventDefault()
    setBusy(true)
    const examples = messages.filter((text) => !left.has(text))
    adopt(cluster.id, title, examples)
      .then(changed, (error: Error) => setProblem(error.message))
      .finally(() => setBusy(false))
  }
  const toggle = (text: string) => leave((before) => (before.has(text) ? new Set([...before].filter((one) => one !== text)) : new Set([...before, text])))
  return (
    <form class="adopt" onSubmit={save}>
      <ul class="adopt-messages">
        {messages.map((text) => (
          <li key={text}>
            <label>
              {!cluster.intent && <input type="checkbox" checked={!left.has(text)} onChange={() => toggle(text)} />} <span dir="auto">{text}</span>
            </label>
          </li>
        ))}
      </ul>
      {!cluster.intent && (
        <div class="adopt-save">
          <label class="form-field">
            <span>What the contact wants</span>
            <input class="vc-field" value={title} maxLength={200} required placeholder="See a Gantt chart" onInput={(event) => setTitle(event.currentTarget.value)} />
          </label>
          <Button type="submit" look="primary" disabled={busy || !title.trim()}>
            Save with {messages.length - left.size} examples
          </Button>
        </div>
      )}
      {problem && (
        <p class="understanding-problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  )
}
