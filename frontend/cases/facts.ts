// Translates a recorded event into facts. One table for all cases: what a type means, never whose.

import type { Fact, Life } from '../widget/capture/facts.ts'
import { type Ignore, type RecordedTarget, readTarget } from './targets.ts'

export interface RecordedEvent {
  type: string
  t_ms?: number | null
  x?: number
  y?: number
  target?: RecordedTarget
  [more: string]: unknown
}

/** What reading a record has to remember from one event to the next. */
export interface Reader {
  ignore: Ignore
  /** The record lists presses, so that a click without one had none. */
  presses: boolean
  /** The record lists no clicks, so that a release completes one. */
  releasesClick: boolean
  selected: boolean | null
  x: number
  y: number
  held: RecordedTarget | null
  moves: { t: number; x: number; y: number }[]
  requests: number
  unknown: Record<string, number>
}

/** A press takes a moment: how long before its click one is taken for pressed, where none is told. */
export const PRESS = 80

const LIVES: Record<string, Life> = {
  mutation: 'mutation', dom_mutation: 'mutation', change_any: 'mutation', attribute: 'mutation',
  style_change: 'mutation', class_change: 'mutation', text_change: 'mutation', node_added: 'mutation',
  style_rule: 'mutation', stylesheet_rule: 'mutation', style_declaration: 'mutation',
  adopted_stylesheet: 'mutation', childlist: 'mutation', characterdata: 'mutation',
  canvas: 'canvas', canvas_mutation: 'canvas', canvas_draw: 'canvas',
  value_property_set: 'value', value_set: 'value', toggle: 'toggle', beforetoggle: 'toggle',
  dialog: 'dialog', dialog_open: 'dialog', showmodal: 'dialog', popover: 'dialog', alert: 'dialog',
  animation: 'animation', animationstart: 'animation', transitionstart: 'animation', transitionrun: 'animation',
  transition: 'animation', scroll: 'scroll', scrollend: 'scroll', input: 'input', change: 'input',
  beforeinput: 'input', submit: 'input', reset: 'input', select: 'selection', selection: 'selection',
  focus: 'focus', focusin: 'focus', focus_move: 'focus', navigation: 'navigation', navigate: 'navigation',
  navigation_event: 'navigation', navigatesuccess: 'navigation', currententrychange: 'navigation',
  pushstate: 'navigation', replacestate: 'navigation', popstate: 'navigation', hashchange: 'navigation',
  history: 'navigation', history_push: 'navigation', history_change: 'navigation',
  url_change: 'navigation', route_change: 'navigation', view_ended: 'navigation', view_end: 'navigation',
  view_created: 'navigation', view_started: 'navigation', pageview: 'navigation', page_view: 'navigation',
  beforeunload: 'navigation', unload: 'navigation', pagehide: 'navigation', page_exit: 'navigation',
  page_may_exit: 'navigation', location_change: 'navigation', window_open: 'open', open_window: 'open',
  new_tab: 'open', popup: 'open', window_blur: 'away', window_focus: 'away', visibilitychange: 'away',
  visibility_change: 'away', visibility: 'away', tab_hidden: 'away', fullscreenchange: 'away', resize: 'away',
  media_play: 'media', media_pause: 'media', media_seek: 'media', media_interaction: 'media', play: 'media',
  pause: 'media', audio_play: 'media', volumechange: 'media', print: 'print', beforeprint: 'print',
  window_print: 'print', copy: 'clipboard', cut: 'clipboard', paste: 'clipboard',
  clipboard_write: 'clipboard', clipboard: 'clipboard', download: 'download', file_download: 'download',
  file_picker: 'picker', filechooser: 'picker', file_picker_open: 'picker', picker: 'picker',
  show_picker: 'picker', resource: 'resource', resource_entry: 'resource', page_activity: 'resource',
}

/** Life whose recorded names differ in how they are written. */
function lifeOf(type: string): Life | undefined {
  return LIVES[type.toLowerCase().replace(/[\s-]/g, '_')] ?? LIVES[type.toLowerCase().replace(/[\s_-]/g, '')]
}

const STARTS = /^(network_start|activity|(fetch|xhr|request|network|ajax)(_?start(ed)?)?|network_request|xhr_send)$/i
const ENDS = /^((fetch|xhr|request|network|ajax)_?(end|ended|done|complete|completed|response|error|fail|failed|abort|aborted)|response|network_complete)$/i
const ERRORS = /^(error|js_error|console_error|console\.error|exception|uncaught_exception|uncaught_error|unhandledrejection|unhandled_rejection|rejection|notice_error|noticeerror|runtime_error)$/i
/** Known, and no sign of the page's life: what the contact or the machine does meanwhile. */
const SILENT = /^(dblclick|contextmenu|auxclick|mouse(enter|leave|over|out)|pointer(enter|leave|over|out)|gotpointercapture|lostpointercapture|wheel|storage|keyup|blur|focusout|drag\w*|drop|timer|tick|wait|beacon|send_?beacon|longtask|performance\w*|custom|message)$/i

export function translate(event: RecordedEvent, t: number, reader: Reader): Fact[] {
  const { type } = event
  if (event['is_trusted'] === false || event['isTrusted'] === false) return []
  const pointer = gesture(event, t, reader)
  if (pointer) return pointer
  if (/^selection_?change$/i.test(type)) return selection(event, t, reader)
  if (/^(keydown|keypress|key)$/i.test(type)) return [{ type: 'key', t }]
  // What the source's own agent sends, or was told to leave out, is nobody's answer.
  if (['internal', 'agent', 'excluded', 'ignored'].some((mark) => event[mark] === true)) return []
  if (STARTS.test(type)) {
    const id = String(event['id'] ?? `r${++reader.requests}`)
    return [{ type: 'request', t, id, method: String(event['method'] ?? 'GET'), route: String(event['url'] ?? `?${id}`) }]
  }
  if (ENDS.test(type)) {
    const id = String(event['id'] ?? `r${reader.requests}`)
    const fails = /error|fail/i.test(type) ? 0 : 200
    return [{ type: 'response', t, id, status: Number(event['status'] ?? fails), stopped: /abort/i.test(type) }]
  }
  if (ERRORS.test(type)) return [{ type: 'error', t, message: String(event['message'] ?? '') }]
  const what = lifeOf(type)
  if (what) return life(event, t, what)
  if (!SILENT.test(type)) reader.unknown[type] = (reader.unknown[type] ?? 0) + 1
  return []
}

function life(event: RecordedEvent, t: number, what: Life): Fact[] {
  const where = String(event['where'] ?? event['region'] ?? '')
  // An excluded or marked place is left out by the sensors before the ledger hears of it.
  if (event['noise'] === true || /exclud|ignored|marked as noise/i.test(where)) return []
  const region = where || event.target?.ref || ''
  return [{ type: 'life', t, what, ...(region ? { region: `${what} ${region}` } : {}) }]
}

function selection(event: RecordedEvent, t: number, reader: Reader): Fact[] {
  const holds = (range: unknown) => (Array.isArray(range) ? range[0] !== range[1] : null)
  const before = holds(event['before']) ?? reader.selected
  const after = holds(event['after'])
  reader.selected = after
  // A caret that only moves selects nothing; what is not told is taken for a selection.
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
  // Pointer and mouse events tell of one press twice.
  if (event.type === 'mousedown' && reader.held) return []
  if (Number(event['touches'] ?? 1) !== 1) {
    reader.held = null
    return [{ type: 'cancel', t }]
  }
  const stack = Array.isArray(event['stack']) ? (event['stack'] as string[]) : undefined
  reader.held = { ...event.target, ...(stack ? { stack } : {}) }
  const touch = event.type === 'touchstart' || event['pointer_type'] === 'touch'
  return [{
    type: 'press', t, target: readTarget(reader.held, reader.ignore), x: reader.x, y: reader.y,
    by: touch ? 'touch' : 'mouse',
  }]
}

function up(event: RecordedEvent, t: number, reader: Reader): Fact[] {
  const held = reader.held
  const touch = event.type === 'touchend'
  reader.held = null
  const lift: Fact = { type: 'lift', t, x: reader.x, y: reader.y }
  if (!held || touch || !reader.releasesClick) return [lift]
  return [lift, { type: 'click', t, target: readTarget(held, reader.ignore), x: reader.x, y: reader.y }]
}

function click(event: RecordedEvent, t: number, reader: Reader): Fact[] {
  const target = readTarget(event.target, reader.ignore)
  const modifiers = event['modifiers']
  const odd = Number(event['button'] ?? 0) !== 0 || (Array.isArray(modifiers) && modifiers.length > 0)
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
