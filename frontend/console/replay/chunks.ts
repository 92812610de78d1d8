// An escalation's recorded events: read chunk by chunk, masked once more, in order of time.
import { Mask } from '../../widget/replay/mask.ts'
import { FULL_SNAPSHOT, META, type ReplayEvent } from '../../widget/replay/rrweb.ts'

export interface Recording {
  events: ReplayEvent[]
  /** Milliseconds to add to an event's time to get the server's time. */
  offset: number
  /** Times of events before which a piece is missing: it never came, or came incomplete. */
  holes: number[]
}

/** Reads every piece. Throws when one cannot be read. */
export async function readRecording(api: string): Promise<Recording> {
  const events: ReplayEvent[] = []
  const holes: number[] = []
  let offset = 0
  for (let after = 0; ; ) {
    const answer = await fetch(`${api}/chunk?after=${after}`)
    if (answer.status === 204) break
    if (!answer.ok) throw new Error(`The server refused (${answer.status}).`)
    const piece = (await answer.json()) as ReplayEvent[]
    const sequence = Number(answer.headers.get('x-replay-sequence'))
    if (after > 0 && sequence > after + 1 && piece[0]) holes.push(piece[0].timestamp)
    events.push(...piece)
    offset = Number(answer.headers.get('x-replay-offset'))
    after = sequence
  }
  return { events: playable(events), offset, holes }
}

/** Returns events from the first full snapshot on, masked; drops what is not in rrweb's form. */
export function playable(events: ReplayEvent[]): ReplayEvent[] {
  const mask = new Mask()
  const ordered = [...events].sort((one, other) => one.timestamp - other.timestamp)
  const masked = ordered.flatMap((event) => {
    try {
      return mask.event(event) ?? []
    } catch {
      return []
    }
  })
  const snapshot = masked.findIndex((event) => event.type === FULL_SNAPSHOT)
  if (snapshot < 0) return []
  return masked.slice(masked[snapshot - 1]?.type === META ? snapshot - 1 : snapshot)
}
