// What the changes would have made of the last weeks, beside what happened.
import { useEffect, useRef } from 'preact/hooks'
import { compact, kindWords } from '../words'
import type { Preview, Side } from './types'

const SUMS: [keyof Omit<Side, 'signals'>, string][] = [
  ['struggling_sessions', 'Sessions with friction'],
  ['nudges', 'Offers of help'],
  ['escalations', 'Calls for a person'],
  ['retracted', 'Taken back'],
]

export function PreviewCard({ found, days }: { found: Preview; days: number }) {
  const { now, then } = found
  const card = useRef<HTMLElement>(null)
  useEffect(() => card.current?.scrollIntoView({ block: 'end' }), [found])
  const kinds = [...new Set([...Object.keys(now.signals), ...Object.keys(then.signals)])].sort()
  return (
    <section ref={card} class="card detector-preview" data-testid="detectors-preview">
      <h2>What it would have changed</h2>
      <p class="soft">
        {found.sessions === 0
          ? `No sessions in the last ${days} days to try it on.`
          : `${compact(found.sessions)} sessions with ${compact(found.events)} events of the last ${days} days${found.sessions >= found.sessions_at_most ? ' (the latest of them)' : ''}, judged again. Assumed: ${found.assumed}.`}
      </p>
      {found.sessions > 0 && (
        <table class="table">
          <thead>
            <tr>
              <th scope="col" />
              <th scope="col">was</th>
              <th scope="col">would have been</th>
            </tr>
          </thead>
          <tbody>
            {SUMS.map(([name, words]) => (
              <Row key={name} words={words} was={now[name]} would={then[name]} />
            ))}
            {kinds.map((kind) => (
              <Row key={kind} words={kindWords(kind)} was={now.signals[kind] ?? 0} would={then.signals[kind] ?? 0} />
            ))}
          </tbody>
        </table>
      )}
      {found.places.length > 0 && (
        <details>
          <summary>Where</summary>
          <ul class="detector-places">
            {found.places.map((one) => (
              <li key={`${one.kind} ${one.page} ${one.element}`}>
                {kindWords(one.kind)}: {one.element || 'the page'} on <code>{one.page}</code> <strong>{one.now} → {one.then}</strong>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function Row({ words, was, would }: { words: string; was: number; would: number }) {
  return (
    <tr class={was === would ? '' : 'detector-differs'}>
      <th scope="row">{words}</th>
      <td>{compact(was)}</td>
      <td>{compact(would)}</td>
    </tr>
  )
}
