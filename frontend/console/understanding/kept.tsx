// How many messages with a known intent are kept: the promised share, and the share counted.
import { percent } from '../words'
import type { Kept } from './types'

export function KeptCard({ kept }: { kept: Kept }) {
  const broken = kept.actual !== null && kept.high < kept.nominal
  return (
    <dl class="totals" data-testid="kept">
      <div class="total">
        <dt>Kept, promised</dt>
        <dd class="total-value">{percent(kept.nominal)}</dd>
        <dd class="soft">of messages with a known intent</dd>
      </div>
      <div class="total">
        <dt>Kept, counted</dt>
        <dd class={`total-value${broken ? ' kept-broken' : ''}`}>{kept.actual === null ? '–' : percent(kept.actual)}</dd>
        <dd class="soft">{kept.actual === null ? 'confirm some messages below' : `${percent(kept.low)} to ${percent(kept.high)}, from ${kept.confirmed}`}</dd>
      </div>
      <div class="total">
        <dt>Named right</dt>
        <dd class="total-value">{kept.confirmed ? percent(kept.right / kept.confirmed) : '–'}</dd>
        <dd class="soft">{kept.confirmed ? `of ${kept.confirmed} confirmed` : ''}</dd>
      </div>
      <div class="total">
        <dt>Strangers caught</dt>
        <dd class="total-value">{kept.strangers ? percent(kept.caught / kept.strangers) : '–'}</dd>
        <dd class="soft">{kept.strangers ? `of ${kept.strangers} that were none of the intents` : ''}</dd>
      </div>
    </dl>
  )
}
