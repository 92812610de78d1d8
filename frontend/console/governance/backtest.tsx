// Backtest before enabling: takes a change, decides the last weeks again, compares both sides.
import './backtest.css'
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Icon } from '../../shared/icon'
import { useLoaded } from '../hooks'
import { Failed, Loading } from '../states'
import { askWhatIf, readInForce, readList } from './api'
import { Compared } from './compared'
import { LEVEL_WORDS } from './levels'
import { Problem } from './switches'
import type { Comparison, InForce, Level } from './types'

interface Wanted {
  minutes: string
  threshold: string
  without: string[]
  offerHelp: Level | ''
  text: string
  days: string
}

export function BacktestPage() {
  const inForce = useLoaded('what-if', readInForce)
  const list = useLoaded('can', readList)
  if (inForce.error) return <Failed error={inForce.error} retry={inForce.again} />
  if (!inForce.value || !list.value) return <Loading rows={6} label="Reading what is in force" />
  return <Form inForce={inForce.value} text={list.value.text} />
}

function Form({ inForce, text }: { inForce: InForce; text: string }) {
  const [wanted, want] = useState<Wanted>({ minutes: '', threshold: '', without: [], offerHelp: '', text, days: '28' })
  const [found, setFound] = useState<Comparison | null>(null)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const set = (some: Partial<Wanted>) => want({ ...wanted, ...some })
  const run = (event: Event) => {
    event.preventDefault()
    setBusy(true)
    setProblem('')
    askWhatIf(changeOf(wanted, text), Number(wanted.days))
      .then(setFound, (error: Error) => setProblem(error.message))
      .finally(() => setBusy(false))
  }
  return (
    <>
      <form class="card what-if" onSubmit={run}>
        <label>
          Minutes a day
          <input class="vc-field" type="number" min={0} inputMode="numeric" placeholder={inForce.minutes_a_day === null ? 'no budget now' : `now ${inForce.minutes_a_day}`} value={wanted.minutes} data-testid="what-if-minutes" onInput={(event) => set({ minutes: event.currentTarget.value })} />
        </label>
        <label>
          Call from a score of
          <input class="vc-field" type="number" min={0} max={1} step="0.01" placeholder={inForce.send_from === null ? 'no threshold now' : `now ${inForce.send_from}`} value={wanted.threshold} data-testid="what-if-threshold" onInput={(event) => set({ threshold: event.currentTarget.value })} />
        </label>
        <label>
          Offers of help
          <select class="vc-field" value={wanted.offerHelp} onChange={(event) => set({ offerHelp: event.currentTarget.value as Level | '' })}>
            <option value="">As they are</option>
            {(['off', 'shadow', 'suggest', 'approve', 'auto'] as Level[]).map((level) => (
              <option key={level} value={level}>
                {LEVEL_WORDS[level]}
              </option>
            ))}
          </select>
        </label>
        <label>
          Over the last
          <select class="vc-field" value={wanted.days} onChange={(event) => set({ days: event.currentTarget.value })}>
            {['7', '14', '28', '56'].map((days) => (
              <option key={days} value={days}>
                {days} days
              </option>
            ))}
          </select>
        </label>
        <fieldset class="what-if-rules">
          <legend>Without these rules</legend>
          {inForce.rules
            .filter((rule) => !rule.always && !rule.name.startsWith('barred_'))
            .map((rule) => (
              <label key={rule.name} title={rule.words}>
                <input
                  type="checkbox"
                  checked={wanted.without.includes(rule.name)}
                  onChange={() => set({ without: wanted.without.includes(rule.name) ? wanted.without.filter((name) => name !== rule.name) : [...wanted.without, rule.name] })}
                />{' '}
                {rule.name.replaceAll('_', ' ')}
              </label>
            ))}
        </fieldset>
        <details class="what-if-list">
          <summary>With another can/can't list</summary>
          <textarea class="vc-field editor-text" rows={12} spellcheck={false} value={wanted.text} aria-label="The list to try, as TOML" onInput={(event) => set({ text: event.currentTarget.value })} />
        </details>
        <footer class="what-if-foot">
          <Button type="submit" look="primary" disabled={busy} data-testid="what-if-run">
            <Icon name="retry" /> {busy ? 'Deciding again…' : 'Decide the last weeks again'}
          </Button>
          <span class="soft">Trying changes nothing. Whatever is left empty stays as it was at each moment.</span>
        </footer>
      </form>
      {problem && <Problem text={problem} />}
      {found && <Compared found={found} />}
    </>
  )
}

/** Returns the change as the API takes it: only what differs. */
export function changeOf(wanted: Omit<Wanted, 'days'>, text: string): Record<string, unknown> {
  const change: Record<string, unknown> = {}
  if (wanted.minutes !== '') change.minutes_a_day = Number(wanted.minutes)
  if (wanted.threshold !== '') change.send_from = Number(wanted.threshold)
  if (wanted.without.length > 0) change.without = wanted.without
  if (wanted.offerHelp) change.levels = { offer_help: wanted.offerHelp }
  if (wanted.text !== text) change.guardrails = wanted.text
  return change
}
