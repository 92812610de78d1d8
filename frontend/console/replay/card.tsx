// The session as the contact saw it: how much of it is stored, and the player on request.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Card } from '../escalation/cards'
import { useLoaded } from '../hooks'
import { full } from '../words'
import { readReplay } from './api'
import type { ReplaySummary } from './summary'
import './card.css'

/** Shows nothing where the workspace does not record and nothing is stored. */
export function ReplayCard({ id }: { id: string }) {
  const summary = useLoaded(`replay ${id}`, () => readReplay(id))
  const [watched, watch] = useState('')
  const { value } = summary
  if (!value || (!value.recording && !value.span)) return null
  return (
    <Card
      title="Replay"
      testid="replay"
      more={value.span && watched !== id && <Button onClick={() => watch(id)} data-testid="replay-play">Play</Button>}
    >
      <Span value={value} again={summary.again} />
      {watched === id && <iframe class="replay-frame" data-testid="replay-frame" title="Session replay" src={`/console/replay/${id}`} />}
    </Card>
  )
}

function Span({ value: { span }, again }: { value: ReplaySummary; again(): void }) {
  if (!span) {
    return (
      <p class="soft">
        Nothing has come from the contact's browser. <Button onClick={again} data-testid="replay-again">Look again</Button>
      </p>
    )
  }
  const seconds = Math.round((Date.parse(span.ended_at) - Date.parse(span.started_at)) / 1000)
  return (
    <p class="soft" title={`${full(span.started_at)} to ${full(span.ended_at)}`}>
      {seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`} of the session. All text, values and pictures were masked in
      the contact's browser.
    </p>
  )
}
