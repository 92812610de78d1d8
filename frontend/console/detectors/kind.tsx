// One kind of friction: what it looks for, whether it is on, its thresholds.
import { kindWords, words } from '../words'
import { type Draft, unitOf, wrongWith } from './changes'
import type { Kind, Threshold } from './types'

interface Props {
  kind: Kind
  draft: Draft
  set(name: string, value: string | boolean): void
}

export function KindCard({ kind, draft, set }: Props) {
  const name = `${kind.kind}.off`
  const off = typeof draft[name] === 'boolean' ? draft[name] : kind.off
  const differs = off !== kind.off || kind.thresholds.some((one) => one.name in draft)
  const tuned = kind.off || kind.thresholds.some((one) => one.value !== one.default)
  return (
    <article class={`card detector${off ? ' detector-off' : ''}`} data-kind={kind.kind}>
      <header>
        <div>
          <h2>
            {kindWords(kind.kind)} {differs ? <span class="vc-pill vc-pill-warn">changed</span> : tuned && <span class="vc-pill">tuned</span>}
          </h2>
          <p class="soft">{kind.says}</p>
        </div>
        <label class="detector-switch">
          <input type="checkbox" role="switch" checked={!off} onChange={(event) => set(name, !event.currentTarget.checked)} aria-label={`Look for ${kindWords(kind.kind)}`} />
          {off ? 'Off' : 'On'}
        </label>
      </header>
      <div class="detector-thresholds">
        {kind.thresholds.map((one) => (
          <Field key={one.name} threshold={one} typed={draft[one.name]} disabled={off} set={(typed) => set(one.name, typed)} />
        ))}
      </div>
    </article>
  )
}

function Field({ threshold, typed, disabled, set }: { threshold: Threshold; typed: Draft[string] | undefined; disabled: boolean; set(typed: string): void }) {
  const { name, meaning, value, low, high } = threshold
  const unit = unitOf(threshold)
  const shown = typeof typed === 'string' ? typed : String(value / unit)
  const wrong = wrongWith(threshold, shown)
  const hint = wrong ? `Must be ${wrong}` : `Usually ${threshold.default / unit}`
  return (
    <label class="detector-field">
      <span>
        {words(meaning)}
        {unit === 1000 && <span class="soft"> (seconds)</span>}
      </span>
      <input
        class="vc-field"
        type="number"
        step="any"
        min={low / unit}
        max={high / unit}
        inputMode="decimal"
        value={shown}
        disabled={disabled}
        aria-invalid={wrong ? true : undefined}
        data-testid={name}
        onInput={(event) => set(event.currentTarget.value)}
      />
      <span class={wrong ? 'detector-wrong' : 'soft'}>{hint}</span>
    </label>
  )
}
