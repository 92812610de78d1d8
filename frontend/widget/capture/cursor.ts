// Sums up fast pointer movement that keeps changing direction. The rule has the shape of Splunk's
// thrashed-cursor detector: a window of two seconds, samples 16 ms apart, sharp turns counted.

import type { CursorEvent } from '../../protocol/protocol.ts'
import type { CursorRules } from './rules.ts'

const SAMPLE = 16
const JUMP = 5000 // px/s: no hand moves that fast; a window was switched or a driver slept
const TREMOR = 5
const MANY = 128
const SHARP = Math.cos(Math.PI / 4)

interface Step {
  t: number
  x: number
  y: number
  length: number
  turned: boolean
}

export class Cursor {
  #steps: Step[] = []
  #angle: [number, number] | null = null
  #quietUntil = -Infinity
  #rules: CursorRules

  constructor(rules: CursorRules) {
    this.#rules = rules
  }

  /** Returns the event that this movement completes, without its page, or null. */
  move(t: number, x: number, y: number): CursorEvent | null {
    const last = this.#steps[this.#steps.length - 1]
    if (last && t - last.t < SAMPLE && t >= last.t) return null
    if (!last || t < last.t) return this.#begin(t, x, y)
    const [dx, dy] = [x - last.x, y - last.y]
    const length = Math.hypot(dx, dy)
    if (length / ((t - last.t) / 1000) > JUMP) return this.#begin(t, x, y)
    let turned = false
    if (length > TREMOR) {
      const to: [number, number] = [dx / length, dy / length]
      if (this.#angle) turned = to[0] * this.#angle[0] + to[1] * this.#angle[1] <= SHARP
      this.#angle = to
    }
    this.#steps.push({ t, x, y, length, turned })
    while (this.#steps.length > MANY || t - this.#steps[0]!.t > this.#rules.cursorSpan) this.#steps.shift()
    return this.#judge(t, x, y)
  }

  #begin(t: number, x: number, y: number): null {
    this.#steps = [{ t, x, y, length: 0, turned: false }]
    this.#angle = null
    return null
  }

  #judge(t: number, x: number, y: number): CursorEvent | null {
    const { cursorPath, cursorSpan, cursorSpeed, cursorTurns } = this.#rules
    const span = t - this.#steps[0]!.t
    let path = 0
    let turns = 0
    let [left, right, top, bottom] = [x, x, y, y]
    for (const step of this.#steps) {
      path += step.length
      turns += step.turned ? 1 : 0
      left = Math.min(left, step.x)
      right = Math.max(right, step.x)
      top = Math.min(top, step.y)
      bottom = Math.max(bottom, step.y)
    }
    // A flick across the screen is fast too, but over soon.
    if (span < cursorSpan / 4 || path < cursorPath || turns < cursorTurns) return null
    if (path / (span / 1000) < cursorSpeed) return null
    // Sent once per window, when it is beyond doubt or complete: the server scores what it is sent.
    if (t < this.#quietUntil || (turns < cursorTurns * 2 && span < cursorSpan * 0.9)) return null
    this.#quietUntil = t + cursorSpan
    this.#begin(t, x, y)
    return { type: 'cursor', at: Math.round(t), span, path, turns, box: Math.max(right - left, bottom - top) }
  }
}
