// The player: a page of its own, in a frame of the console. The recorded page is rebuilt in an
// inner frame that runs no scripts; nothing in it can be clicked, fetched or followed.
import '@rrweb/replay/dist/style.css'
import '../../shared/tokens.css'
import './frame.css'
import { Replayer } from '@rrweb/replay'
import { drawControls } from './controls.ts'
import { readRecording } from './chunks.ts'
import type { ReplaySummary } from './summary.ts'

/** Milliseconds played before the moment that matters. */
const LEAD_MS = 5_000

async function play(escalation: string): Promise<void> {
  const api = `/console/api/escalations/${escalation}/replay`
  const [summary, recording] = await Promise.all([readSummary(api), readRecording(api)])
  const { events, offset, holes } = recording
  const first = events[0]
  const last = events.at(-1)
  if (!first || !last || events.length < 2) return say('This session has sent nothing that can be played.')
  const root = document.createElement('div')
  root.className = 'player-stage'
  root.dataset.testid = 'player-stage'
  document.body.replaceChildren(root)
  const replayer = new Replayer(events as never[], { root, mouseTail: false, showWarning: false, skipInactive: true, loadTimeout: 0 })
  fit(root, replayer)
  const length = last.timestamp - first.timestamp
  const marks = summary.marks
    .map((mark) => ({ ...mark, offset: Date.parse(mark.at) - offset - first.timestamp }))
    .filter((mark) => mark.offset >= 0 && mark.offset <= length)
  const moment = marks[0]?.offset ?? Date.parse(summary.opened_at) - offset - first.timestamp
  drawControls({ replayer, length, marks, holes: holes.map((at) => at - first.timestamp).filter((at) => at >= 0), begin: Math.min(Math.max(moment - LEAD_MS, 0), length) })
}

async function readSummary(api: string): Promise<ReplaySummary> {
  const answer = await fetch(api, { headers: { Accept: 'application/json' } })
  if (!answer.ok) throw new Error(`The server refused (${answer.status}).`)
  return answer.json()
}

/** Scales the recorded page down so that it fits. */
function fit(root: HTMLElement, replayer: Replayer): void {
  const scale = () => {
    const { width, height } = replayer.iframe
    const [wide, high] = [Number(width) || 1280, Number(height) || 800]
    const factor = Math.min(root.clientWidth / wide, root.clientHeight / high, 1)
    replayer.wrapper.style.width = `${wide}px`
    replayer.wrapper.style.height = `${high}px`
    replayer.wrapper.style.transform = `translate(-50%, -50%) scale(${factor})`
  }
  replayer.on('resize', scale)
  new ResizeObserver(scale).observe(root)
}

function say(text: string): void {
  const state = document.createElement('p')
  state.className = 'player-state'
  state.setAttribute('role', 'status')
  state.textContent = text
  document.body.replaceChildren(state)
}

play(document.body.dataset.escalation ?? '').catch((error: Error) => say(`The replay cannot be played: ${error.message}`))
