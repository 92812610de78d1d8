// Play, pause, seek, speed, and the moments of friction to jump to.
import type { Replayer } from '@rrweb/replay'
import { kindWords } from '../words.ts'
import type { Mark } from './summary.ts'

export interface ControlsOptions {
  replayer: Replayer
  /** Length of the recording in milliseconds. */
  length: number
  marks: (Mark & { offset: number })[]
  /** Where a piece of the recording is missing, in milliseconds. */
  holes: number[]
  /** Where playing begins, in milliseconds. */
  begin: number
}

const SPEEDS = [1, 2, 4]
const STEP_MS = 100
/** Milliseconds played before a moment, so that what led to it is seen. */
const LEAD_MS = 3_000

export function drawControls({ replayer, length, marks, holes, begin }: ControlsOptions): void {
  const toggle = button('Pause', 'player-toggle')
  const speed = button('1×', 'player-speed')
  const seek = document.createElement('input')
  Object.assign(seek, { type: 'range', min: '0', max: String(Math.max(length, 1)), step: String(STEP_MS) })
  seek.dataset.testid = 'player-seek'
  seek.setAttribute('aria-label', 'Position')
  const clock = document.createElement('output')
  let playing = false
  let skipping = false
  const go = (offset: number, run: boolean) => {
    playing = run
    if (run) replayer.play(offset)
    else replayer.pause(offset)
    show(offset)
  }
  const show = (offset: number) => {
    seek.value = String(offset)
    clock.textContent = `${minutes(offset)} / ${minutes(length)}${skipping ? ', nothing happens: faster' : ''}`
    seek.setAttribute('aria-valuetext', clock.textContent)
    toggle.textContent = playing ? 'Pause' : 'Play'
  }
  replayer.on('skip-start', () => (skipping = true))
  replayer.on('skip-end', () => (skipping = false))
  replayer.on('finish', () => {
    playing = false
    show(length)
  })
  toggle.onclick = () => {
    const at = Number(seek.value)
    go(!playing && at >= length - STEP_MS ? 0 : at, !playing)
  }
  seek.oninput = () => go(Number(seek.value), playing)
  speed.onclick = () => {
    const next = SPEEDS[(SPEEDS.indexOf(replayer.config.speed) + 1) % SPEEDS.length] ?? 1
    replayer.setConfig({ speed: next })
    speed.textContent = `${next}×`
  }
  setInterval(() => playing && show(Math.min(Math.max(replayer.getCurrentTime(), 0), length)), STEP_MS)
  const bar = document.createElement('div')
  bar.className = 'player-bar'
  bar.append(toggle, seek, clock, speed)
  document.body.append(bar, ...missing(holes), ...jumps(marks, (offset) => go(Math.max(offset - LEAD_MS, 0), true)))
  document.body.dataset.ready = 'true'
  go(begin, true)
}

/** Says where pieces are missing: until the next full snapshot the picture lacks what they held. */
function missing(holes: number[]): HTMLElement[] {
  if (!holes.length) return []
  const note = document.createElement('p')
  note.className = 'player-holes'
  note.setAttribute('role', 'note')
  note.dataset.testid = 'player-holes'
  note.textContent = `A piece of the recording is missing before ${holes.map(minutes).join(', ')}. What is shown from there on may be incomplete until the contact opens another page.`
  return [note]
}

function jumps(marks: ControlsOptions['marks'], jump: (offset: number) => void): HTMLElement[] {
  if (!marks.length) return []
  const list = document.createElement('ul')
  list.className = 'player-marks'
  for (const mark of [...marks].sort((one, other) => one.offset - other.offset)) {
    const to = button(`${minutes(mark.offset)} ${kindWords(mark.kind)}${mark.element_name ? ` on ${mark.element_name}` : ''}`, 'player-mark')
    to.onclick = () => jump(mark.offset)
    const item = document.createElement('li')
    item.append(to)
    list.append(item)
  }
  return [list]
}

function button(text: string, testid: string): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.textContent = text
  made.dataset.testid = testid
  return made
}

function minutes(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
