// How well an account is doing: a number, its trend, and its parts with what each rests on.
import { Pill, type PillLook } from '../../shared/pill'
import { day, percent, words } from '../words'
import type { AccountPage, Health, Trend } from './types'

const LOOKS: Record<Health['word'], PillLook> = { good: 'good', fair: 'warn', poor: 'danger', unknown: 'neutral' }
const ARROWS: Record<Trend, string> = { rising: '↗', steady: '→', falling: '↘', unknown: '' }

export function HealthMark({ health, trend }: { health: Health; trend: Trend }) {
  return (
    <span class="health-mark">
      <Pill look={LOOKS[health.word]}>{health.score === null ? 'not known' : `${health.score} ${health.word}`}</Pill>
      {trend !== 'unknown' && (
        <span class={`trend trend-${trend}`}>
          <span aria-hidden="true">{ARROWS[trend]}</span> {trend}
        </span>
      )}
    </span>
  )
}

export function HealthParts({ page: { health, history } }: { page: AccountPage }) {
  return (
    <>
      <History history={history} />
      <ul class="parts">
        {health.parts.map((part) => (
          <li key={part.name} class="part" data-testid="health-part">
            <span class="part-name">{words(part.name)}</span>
            <span class="part-value">{part.value === null ? 'not known' : percent(part.value)}</span>
            <svg class="part-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
              <rect class="bar-rest" width="100" height="4" />
              {part.value !== null && <rect class="bar-fill" width={part.value * 100} height="4" />}
            </svg>
            <span class="soft part-says">
              {part.says} <span class="part-weight">Weighs {percent(part.weight)}.</span>
            </span>
          </li>
        ))}
      </ul>
      <p class="soft">What is not known is left out of the score; it never counts as healthy.</p>
    </>
  )
}

const WIDTH = 240
const HEIGHT = 56

function History({ history }: { history: AccountPage['history'] }) {
  const known = history.flatMap(({ score }, place) => (score === null ? [] : [{ score, place }]))
  if (known.length < 2) return <p class="soft">Too little is known yet to show a trend.</p>
  const x = (place: number) => 6 + (place * (WIDTH - 12)) / (history.length - 1)
  const y = (score: number) => HEIGHT - 6 - (score * (HEIGHT - 12)) / 100
  const said = history.map(({ at, score }) => `${day(at)}: ${score ?? 'not known'}`).join(', ')
  return (
    <figure class="history">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`Health over eight weeks. ${said}`}>
        <line class="history-line" x1="0" x2={WIDTH} y1={y(40)} y2={y(40)} />
        <line class="history-line" x1="0" x2={WIDTH} y1={y(70)} y2={y(70)} />
        <polyline class="history-course" points={known.map(({ place, score }) => `${x(place)},${y(score)}`).join(' ')} />
        {known.map(({ place, score }) => (
          <circle key={place} class="history-dot" cx={x(place)} cy={y(score)} r="3.5" />
        ))}
      </svg>
      <figcaption class="soft">
        {day(history[0]!.at)} to {day(history.at(-1)!.at)}; lines at 40 (fair) and 70 (good)
      </figcaption>
    </figure>
  )
}
