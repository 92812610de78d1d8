// Translates a recorded event into facts. One table serves all cases: it says what a type means,
// whoever recorded it.

import type { Fact, Life } from '../widget/capture/facts.ts'
import { ENDS, ERRORS, lifeOf, SILENT, STARTS } from './names.ts'
import type { RecordedTarget } from './recorded.ts'
import { type Ignore, isMarked, keysOf, readTarget } from './targets.ts'

export interface RecordedEvent {
  type: string
  t_ms?: number | string | null
  x?: number
  y?: number
  target?: RecordedTarget
  [more: string]: unknown
}

/** What reading a record must remember from one event to the next. */
export interface Reader {
  ignore: Ignore
  /** Addresses that the case excludes from what counts. */
  unheard: string[]
  /** Clicks with a key held count like any other. */
  modified: boolean
  /** The record lists presses, so a click without one had none. */
  presses: boolean
  /** The record lists no clicks, so a release completes one. */
  releasesClick: boolean
  selected: boolean | null
  x: number
  y: number
  held: RecordedTarget | null
  /** Key of what was pressed or clicked last. */
  pressed: string
  moves: { t: number; x: number; y: number }[]
  requests: number
  unknown: Record<string, number>
}

/** Milliseconds between a press and its click where the record lists no press. */
export const PRESS = 100

export function translate(event: RecordedEvent, t: number, reader: Reader): Fact[] {
  const { type } = event
  if (event['is_trusted'] === false || event['isTrusted'] === false) return scripted(event, t)
  const pointer = gesture(event, t, reader)
  if (pointer) return pointer
  if (/^selection_?change$/i.test(type)) return selection(event, t, reader)
  if (/^(keydown|keypress|key)$/i.test(type)) return [{ type: 'key', t }]
  // What the source's own agent sends, or was told to leave out, is no answer to a click.
  if (['internal', 'agent', 'excluded', 'ignored'].some((mark) => event[mark] === true)) return []
  if (STARTS.test(type)) {
    const id = String(event['id'] ?? `r${++reader.requests}`)
    const route = String(event['url'] ?? `?${id}`)
    const quiet = isUnheard(route, reader)
    const start: Fact = { type: 'request', t, id, method: String(event['method'] ?? 'GET'), route, quiet }
    // The record describes a whole request in one event, at the time it began.
    if (typeof event['status'] !== 'number') return [start]
    const took = Number(event['duration_ms'] ?? event['took'] ?? event['duration'] ?? 0)
    return [start, { type: 'response', t: t + (took > 0 ? took : 0), id, status: event['status'] }]
  }
  if (ENDS.test(type)) {
    const id = String(event['id'] ?? `r${reader.requests}`)
    const fails = /error|fail/i.test(type) ? 0 : 200
    return [{ type: 'response', t, id, status: Number(event['status'] ?? fails), stopped: /abort/i.test(type) }]
  }
  if (ERRORS.test(type) || isLoggedError(event)) return [{ type: 'error', t, message: String(event['message'] ?? '') }]
  const what = lifeOf(type)
  if (what) return life(event, t, what, reader)
  if (!SILENT.test(type)) reader.unknown[type] = (reader.unknown[type] ?? 0) + 1
  return []
}

/** Console messages count only where they report an error. */
function isLoggedError({ type, level, method }: RecordedEvent): boolean {
  return /^console(_?(log|message|event))?$/i.test(type) && /^error$/i.test(String(level ?? method ?? ''))
}

/**
 * Reads a click made by a script. It counts as life only on a link or file field, because that is
 * how pages download and open pickers.
 */
function scripted({ type, target }: RecordedEvent, t: number): Fact[] {
  if (type !== 'click' || !target) return []
  if (target.tag === 'a') return [{ type: 'life', t, what: 'download', own: true }]
  if (target.tag === 'input' && target.attrs?.['type'] === 'file') return [{ type: 'life', t, what: 'picker', own: true }]
  return []
}

/** Whether the record excludes the address. */
function isUnheard(route: string, { unheard }: Reader): boolean {
  return unheard.some((part) => route.startsWith(part))
}

function life(event: RecordedEvent, t: number, what: Life, reader: Reader): Fact[] {
  const where = String(event['where'] ?? event['region'] ?? '')
  // The sensors leave out excluded or marked places before the ledger hears of them.
  if (event['noise'] === true || /exclud|ignored|marked as noise/i.test(where)) return []
  if ((event.target && isMarked(event.target)) || isUnheard(String(event['url'] ?? ''), reader)) return []
  // Pressing a control focuses it.
  if (what === 'focus' && event.target && readTarget(event.target, reader.ignore).key === reader.pressed) return []
  const near = event.target ? keysOf(event.target) : []
  const region = where || near[0] || ''
  return [{ type: 'life', t, what, ...(near.length ? { near } : {}), ...(region ? { region: `${what} ${region}` } : {}) }]
}

function selection(event: RecordedEvent, t: number, reader: Reader): Fact[] {
  const holds = (range: unknown) => (Array.isArray(range) ? range[0] !== range[1] : null)
  const before = holds(event['before']) ?? reader.selected
  const after = holds(event['after'])
  reader.selected = after
  // A caret that only moves selects nothing; where the record does not say, it was a selection.
  if (before === false && after === false) return []
  return [{ type: 'life', t, what: 'selection' }]
}

function gesture(event: RecordedEvent, t: number, reader: Reader): Fact[] | null {
  const type = event.type.toLowerCase()
  if (event.x !== undefined) reader.x = event.x
  if (event.y !== undefined) reader.y = event.y
  if (type === 'mousemove' || type === 'pointermove' || type === 'touchmove') {
    reader.x += Number(event['dx'] ?? 0)
    reader.y += Number(event['dy'] ?? 0)
    if (type !== 'touchmove') reader.moves.push({ t, x: reader.x, y: reader.y })
    return []
  }
  if (/^(pointerdown|mousedown|touchstart)$/.test(type)) return down(event, t, reader)
  if (/^(pointerup|mouseup|touchend)$/.test(type)) return up(event, t, reader)
  if (/^(pointercancel|touchcancel)$/.test(type)) {
    reader.held = null
    return [{ type: 'cancel', t }]
  }
  return type === 'click' || type === 'tap' ? click(event, t, reader) : null
}

function down(event: RecordedEvent, t: number, reader: Reader): Fact[] {
  // Pointer and mouse events report the same press twice.
  if (event.type === 'mousedown' && reader.held) return []
  // A second finger makes it a pinch; other buttons open the browser's menus.
  const second = event['is_primary'] === false || event['isPrimary'] === false
  if (second || Number(event['touches'] ?? 1) !== 1 || Number(event['button'] ?? 0) !== 0) {
    reader.held = null
    return [{ type: 'cancel', t }]
  }
  const stack = Array.isArray(event['stack']) ? (event['stack'] as string[]) : undefined
  reader.held = { ...event.target, ...(stack ? { stack } : {}) }
  const touch = event.type === 'touchstart' || event['pointer_type'] === 'touch'
  const target = readTarget(reader.held, reader.ignore)
  reader.pressed = target.key
  return [{
    type: 'press', t, target, x: reader.x, y: reader.y,
    by: touch ? 'touch' : 'mouse',
  }]
}

function up(event: RecordedEvent, t: number, reader: Reader): Fact[] {
  const held = reader.held
  const touch = event.type === 'touchend'
  reader.held = null
  const lift: Fact = { type: 'lift', t, x: reader.x, y: reader.y }
  if (!held || touch || !reader.releasesClick) return [lift]
  const target = readTarget(held, reader.ignore)
  // Released over another control: browsers make no click of that.
  if (event.target?.ref && readTarget(event.target, reader.ignore).key !== target.key) return [lift, { type: 'cancel', t }]
  return [lift, { type: 'click', t, target, x: reader.x, y: reader.y }]
}

/** Whether a key was held: records give a list, a word, or the flags that DOM events carry. */
function isModified(event: RecordedEvent): boolean {
  const modifiers = event['modifiers']
  const held = Array.isArray(modifiers) ? modifiers.length > 0 : Boolean(modifiers)
  return held || Object.entries(event).some(([name, value]) => value === true && /^(meta|ctrl|control|shift|alt)_?(key)?$/i.test(name))
}

function click(event: RecordedEvent, t: number, reader: Reader): Fact[] {
  if (Number(event['button'] ?? 0) !== 0) return [{ type: 'cancel', t }]
  const target = readTarget(event.target, reader.ignore)
  reader.pressed = target.key
  const odd = !reader.modified && isModified(event)
  const facts: Fact[] = [{ type: 'click', t, target, x: reader.x, y: reader.y, odd }]
  if (!reader.presses) facts.unshift({ type: 'press', t: t - PRESS, target, x: reader.x, y: reader.y })
  const during = event['user_activity'] as Record<string, boolean> | undefined
  for (const what of ['selection', 'scroll', 'input'] as const) {
    if (during?.[what]) facts.push({ type: 'life', t, what })
  }
  if (event['page_activity'] === true) facts.push({ type: 'life', t, what: 'mutation' })
  if (event['error_during_click'] === true) facts.push({ type: 'error', t, message: '' })
  return facts
}
