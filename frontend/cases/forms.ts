// Brings a recorded event into one form, whether the record uses the cases' own fields, those of
// DOM events, or words.

import type { RecordedEvent } from './facts.ts'
import { record, targetOf } from './recorded.ts'

const TYPES = ['type', 'event', 'event_type', 'eventType']
const TIMES = ['t_ms', 't', 'time_ms', 'time', 'at_ms', 'at', 'ms', 'timestamp_ms', 'timestamp', 'timeStamp', 'ts', 'offset_ms']
const TRUSTED = ['is_trusted', 'isTrusted', 'trusted']
const SCRIPTED = ['synthetic', 'scripted', 'programmatic']
const BUTTONS = ['left', 'middle', 'right']

/** Returns the value under the first of these names that the record uses. */
function first(given: Record<string, unknown>, names: string[]): unknown {
  const name = names.find((one) => given[one] !== undefined)
  return name === undefined ? undefined : given[name]
}

/** Returns a coordinate: given beside the event, in a point of its own, or at the finger. */
function place(given: Record<string, unknown>, axis: 'x' | 'y'): number | undefined {
  const large = axis.toUpperCase()
  const names = [axis, `client${large}`, `client_${axis}`, `page${large}`, `page_${axis}`]
  const fingers = [given['changedTouches'] ?? given['changed_touches'] ?? given['touches']].flat()
  const points = [given, ...['point', 'position', 'coordinates'].map((name) => given[name]), fingers[0]]
  return points.map((one) => first(record(one), names)).find((one): one is number => typeof one === 'number')
}

/** Returns the button's number as in the DOM; records also give words. */
function buttonOf(given: unknown): unknown {
  if (typeof given !== 'string') return given
  const known = BUTTONS.indexOf(given.toLowerCase().replace('primary', 'left').replace('secondary', 'right'))
  return known < 0 ? given : known
}

/** Returns the event in that form. Throws a TypeError when it has no type. */
export function eventOf(given: RecordedEvent): RecordedEvent {
  const type = first(given, TYPES)
  if (typeof type !== 'string') throw new TypeError('an event without a type')
  const [x, y] = [place(given, 'x'), place(given, 'y')]
  const trusted = first(given, TRUSTED) !== false && !SCRIPTED.some((name) => given[name] === true)
  const { touches, button } = given
  return {
    ...given, type,
    target: targetOf(given.target),
    t_ms: first(given, TIMES) as RecordedEvent['t_ms'],
    ...(x === undefined ? {} : { x }),
    ...(y === undefined ? {} : { y }),
    ...(trusted ? {} : { is_trusted: false }),
    ...(Array.isArray(touches) ? { touches: touches.length } : {}),
    ...(button === undefined ? {} : { button: buttonOf(button) }),
  }
}
