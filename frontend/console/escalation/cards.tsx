// What the contact wants, what was seen, what was tried.
import type { ComponentChildren } from 'preact'
import { Pill, type PillLook } from '../../shared/pill'
import type { Detail, Intent, Nudge } from '../types'
import { ago, full, kindWords, percent, words } from '../words'

interface CardProps {
  title: string
  more?: ComponentChildren
  testid?: string
  children: ComponentChildren
}

export function Card({ title, more, testid, children }: CardProps) {
  return (
    <section class="card" data-testid={testid}>
      <header class="card-head">
        <h2>{title}</h2>
        {more}
      </header>
      {children}
    </section>
  )
}

export function Intention({ detail }: { detail: Detail }) {
  // A known goal says more than the latest sentence, which may be only a wish for a person.
  const known = detail.intents.find((intent) => intent.outcome !== 'none') ?? detail.intents[0]
  const others = [...new Set(detail.intents.map((intent) => intent.text))].filter((text) => text && text !== known?.text)
  if (!known)
    return (
      <Card title="What it is about" testid="intent">
        <p class="soft">Not known: they asked nothing, and nothing else shows it.</p>
      </Card>
    )
  return (
    <Card title="What it is about" testid="intent" more={<Pill>{words(known.source)}</Pill>}>
      {known.text && (
        <blockquote class="quote">
          <bdi>{known.text}</bdi>
        </blockquote>
      )}
      <Chances intent={known} />
      {others.length > 0 && (
        <p class="also">
          Also said:{' '}
          {others.map((text, index) => (
            <span key={text}>
              {index > 0 && ', '}“<bdi>{text}</bdi>”
            </span>
          ))}
        </p>
      )}
    </Card>
  )
}

/** A lower probability is not shown as an alternative. */
const LEAST_CHANCE = 0.01

function Chances({ intent }: { intent: Intent }) {
  const others = intent.alternatives.filter((other) => other.title !== intent.title && (other.probability ?? 0) >= LEAST_CHANCE)
  return (
    <>
      <ul class="chances">
        {intent.title && <Chance title={intent.title} probability={intent.probability} first />}
        {others.slice(0, 3).map((other) => (
          <Chance key={other.title} title={other.title ?? ''} probability={other.probability ?? null} />
        ))}
      </ul>
      {intent.outcome === 'none' && <p class="soft">None of the known intents fits; these come closest.</p>}
      {intent.outcome === 'unsure' && <p class="soft">Not sure which of these.</p>}
    </>
  )
}

function Chance({ title, probability, first = false }: { title: string; probability: number | null; first?: boolean }) {
  const share = probability ?? 0
  return (
    <li class={first ? 'chance chance-first' : 'chance'}>
      <span class="chance-title">{title}</span>
      <span class="chance-number">{probability === null ? '' : percent(share)}</span>
      <svg class="chance-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect class="bar-rest" width="100" height="4" />
        <rect class="bar-fill" width={share * 100} height="4" />
      </svg>
    </li>
  )
}

export function Evidence({ detail, now }: { detail: Detail; now: number }) {
  const standing = detail.signals.filter((signal) => !signal.retracted)
  const retracted = detail.signals.length - standing.length
  const { score, parts } = detail.struggle
  const shares = new Map(parts.map((part) => [part.key, part.contribution]))
  const share = (key: string) => Math.round((shares.get(key) ?? 0) * 100)
  return (
    <Card title="What was seen" testid="signals" more={<Pill>struggle {Math.round(score * 100)}</Pill>}>
      {standing.length === 0 && <p class="soft">No friction in this session.</p>}
      <ul class="facts">
        {standing.map((signal) => (
          <li key={signal.id} id={`signal-${signal.id}`} class="fact">
            <span class={`dot ${signal.severity >= 0.6 ? 'dot-bad' : 'dot-warn'}`} />
            <span class="fact-main">
              <strong>{kindWords(signal.kind)}</strong> on <bdi>{signal.element_name || signal.page || 'the page'}</bdi>
              {signal.count > 1 && <span class="soft"> × {signal.count}</span>}
              {share(signal.key) > 0 && (
                <span class="soft" title="What this adds to the struggle of 0 to 100">
                  {' '}
                  +{share(signal.key)}
                </span>
              )}
            </span>
            <time class="soft" dateTime={signal.last_at} title={full(signal.last_at)}>
              {ago(signal.last_at, now)}
            </time>
          </li>
        ))}
      </ul>
      {retracted > 0 && <p class="soft">{retracted} taken back: what came later spoke against it.</p>}
    </Card>
  )
}

const NUDGE_LOOKS: Record<Nudge['state'], PillLook> = { offered: 'neutral', shown: 'warn', accepted: 'good', dismissed: 'danger' }

export function Tried({ detail, now }: { detail: Detail; now: number }) {
  return (
    <Card title="What was tried" testid="tried">
      {detail.nudges.length === 0 && <p class="soft">No help was offered before this.</p>}
      <ul class="facts">
        {detail.nudges.map((nudge) => (
          <li key={nudge.id} class="fact fact-tall">
            <span class="fact-main">
              <strong>
                <bdi>{nudge.title}</bdi>
              </strong>
              {nudge.source && <span class="soft"> from “{nudge.source.title}”</span>}
              <span class="fact-more">{nudge.text}</span>
            </span>
            <span class="fact-side">
              <Pill look={NUDGE_LOOKS[nudge.state]}>{words(nudge.state)}</Pill>
              <time class="soft" dateTime={nudge.offered_at} title={full(nudge.offered_at)}>
                {ago(nudge.offered_at, now)}
              </time>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
