// How good the probabilities were: a reliability curve and four numbers, all from verdicts.
import { Card } from '../escalation/cards'
import { Empty } from '../states'
import { percent } from '../words'
import type { Deciding, Quality, Step } from './types'

export function ProbabilityPage({ found }: { found: Deciding }) {
  const { quality } = found
  return (
    <div class="deciding-columns">
      <Card title="Predicted and true" testid="reliability">
        {quality ? <Reliability curve={quality.curve} /> : <Empty icon="clock" title="No verdict yet on a call that was drawn at random" />}
      </Card>
      <Card title="In numbers" testid="quality">
        {quality ? <Numbers quality={quality} /> : <p class="soft">They come with the first verdicts.</p>}
        <p>
          {found.still_prior >= 0.995 ? (
            'The model is still as it was written: no verdict has changed it yet.'
          ) : (
            <>
              <strong>{percent(found.still_prior)}</strong> of the model is still written; the rest is learnt from verdicts.
            </>
          )}
        </p>
      </Card>
    </div>
  )
}

function Numbers({ quality }: { quality: Quality }) {
  const rows: [string, number, string][] = [
    ['Brier score', quality.brier, '0 is perfect; always predicting the average share gives the uncertainty'],
    ['Log loss', quality.log_loss, '0 is perfect; a confident mistake costs most'],
    ['Calibration error', quality.calibration_error, 'predicted minus observed, less what chance explains'],
    ['Miscalibration', quality.miscalibration, 'the part of the Brier score that better calibration would remove'],
    ['Discrimination', quality.discrimination, 'how well the numbers tell cases apart: more is better'],
    ['Uncertainty', quality.uncertainty, 'what nobody could know from the share alone'],
  ]
  return (
    <dl class="figures">
      {rows.map(([name, value, means]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value.toFixed(3)}</dd>
          <dd class="soft">{means}</dd>
        </div>
      ))}
    </dl>
  )
}

const SIZE = 240
const PAD = 34

/** Draws the CORP curve: the isotonic fit of what came true, ideally along the diagonal. */
function Reliability({ curve }: { curve: Step[] }) {
  const x = (share: number) => PAD + share * SIZE
  const y = (share: number) => PAD / 2 + (1 - share) * SIZE
  const most = Math.max(...curve.map(({ count }) => count))
  const points = curve.flatMap(({ low, high, happened }) => [`${x(low)},${y(happened)}`, `${x(high)},${y(happened)}`]).join(' ')
  const label = curve.map(({ low, high, happened, count }) => `said ${percent(low)} to ${percent(high)}, came true ${percent(happened)} of ${count}`).join('; ')
  return (
    <figure class="reliability">
      <svg viewBox={`0 0 ${SIZE + PAD * 1.5} ${SIZE + PAD * 1.6}`} role="img" aria-label={`Reliability: ${label}`}>
        {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
          <g key={tick}>
            <line class="grid" x1={x(tick)} x2={x(tick)} y1={y(0)} y2={y(1)} />
            <line class="grid" x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} />
            <text x={x(tick)} y={y(0) + 15} text-anchor="middle">
              {tick * 100}
            </text>
            <text x={x(0) - 6} y={y(tick) + 4} text-anchor="end">
              {tick * 100}
            </text>
          </g>
        ))}
        <line class="diagonal" x1={x(0)} x2={x(1)} y1={y(0)} y2={y(1)} />
        <polyline class="curve" points={points} />
        {curve.map(({ low, high, happened, count }) => (
          <circle key={low} class="curve-dot" cx={x((low + high) / 2)} cy={y(happened)} r={2 + 4 * Math.sqrt(count / most)} />
        ))}
        <text x={x(0.5)} y={y(0) + 32} text-anchor="middle">
          said, %
        </text>
        <text x={12} y={y(0.5)} text-anchor="middle" transform={`rotate(-90 12 ${y(0.5)})`}>
          came true, %
        </text>
      </svg>
      <figcaption class="soft">The closer to the diagonal, the better the numbers can be trusted. Larger dots stand for more verdicts.</figcaption>
    </figure>
  )
}
