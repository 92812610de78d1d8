// Reads the target of a recorded event as the sensors would read the element itself.

import { ignoredKinds, isStepperText, natureOf, type Traits } from '../widget/capture/nature.ts'
import type { Target } from '../widget/capture/facts.ts'
import type { RecordedTarget } from './recorded.ts'

export interface Ignore {
  selectors: string[]
  /** Labels on which repeated clicks are not rage. Words match inside them, signs as a whole. */
  texts: string[]
  kinds: string
}

/** The elements that a disabled fieldset disables. */
const FIELDS = /^(button|input|select|textarea)$/

const NONE: RecordedTarget = { ref: '?', tag: 'unspecified' }

interface Labelled extends Traits {
  /** The element's own short label. */
  text: string
}

function traitsOf(recorded: RecordedTarget): Labelled {
  const attrs = recorded.attrs ?? {}
  const tag = (recorded.tag ?? 'unspecified').toLowerCase()
  // The source used any element where a control is meant, or did not say which: take a button.
  const stands = recorded.stand_in === true || tag === 'unspecified' || tag === 'element'
  return {
    tag: stands && !('href' in attrs) ? 'button' : tag,
    attribute: (name) => attrs[name] ?? null,
    text: recorded.text || String(attrs['aria-label'] ?? ''),
    disabled: 'disabled' in attrs || attrs['aria-disabled'] === 'true' || recorded['disabled'] === true,
    pointer: recorded['pointer'] === true || recorded['cursor'] === 'pointer'
      || recorded['handler'] === true || recorded['has_handler'] === true || 'onclick' in attrs,
  }
}

/** Returns the path from the target outwards, as `composedPath` gives it. */
function pathOf(recorded: RecordedTarget): RecordedTarget[] {
  const path = [recorded, ...(recorded.ancestors ?? [])]
  const control = recorded.label_for ?? path.find((one) => one.label_for)?.label_for
  return control ? [control, ...path] : path
}

function keyOf(recorded: RecordedTarget, fallback: string): string {
  return recorded.ref ?? (recorded.attrs?.['id'] ? `#${recorded.attrs['id']}` : fallback)
}

/** Matches a selector: tag, .class, #id, [attribute], [attribute=value], or a list of these. */
function matches(recorded: RecordedTarget, selector: string): boolean {
  const attrs = recorded.attrs ?? {}
  return selector.split(',').some((part) => {
    const bits = part.trim().match(/^[\w*-]+|[.#][\w-]+|\[[^\]]+\]/g) ?? []
    return bits.length > 0 && bits.every((bit) => {
      if (bit[0] === '.') return (attrs['class'] ?? '').split(/\s+/).includes(bit.slice(1))
      if (bit[0] === '#') return attrs['id'] === bit.slice(1)
      if (bit[0] !== '[') return bit === '*' || recorded.tag === bit
      const [name = '', value] = bit.slice(1, -1).split('=')
      return name in attrs && (value === undefined || attrs[name] === value.replace(/^["']|["']$/g, ''))
    })
  })
}

/** Returns the source's own marks for "not here", read as our `data-vcsm-ignore`. */
function sourceMarks({ attrs = {} }: RecordedTarget): string {
  const kinds: string[] = []
  for (const [name, value] of Object.entries(attrs)) {
    const marks = name === 'class' ? value.split(/\s+/) : [`${name} ${value}`]
    for (const mark of marks) {
      if (!/(^|[-_ ])(no|ignore|exclude|block)[-_ ]/.test(mark)) continue
      const named = ['rage', 'dead', 'error'].filter((kind) => mark.includes(kind))
      if (named.length) kinds.push(...named.map((kind) => (kind === 'error' ? 'error_click' : kind)))
      else if (/capture|frustration|tracking|click/.test(mark)) kinds.push('all')
    }
  }
  return kinds.join(' ')
}

/**
 * Whether the tab or page is shown already, as the sensors see it: then nothing is left to answer.
 */
function isShown({ attrs = {} }: RecordedTarget): boolean {
  const current = attrs['aria-current'] ?? 'false'
  return attrs['aria-selected'] === 'true' || current !== 'false' || (attrs['role'] === 'radio' && attrs['aria-checked'] === 'true')
}

function isShownItem({ tag, attrs = {} }: RecordedTarget): boolean {
  return tag === 'li' && /active|selected|current/.test(attrs['class'] ?? '')
}

export function readTarget(recorded: RecordedTarget | undefined, ignore: Ignore): Target {
  const path = pathOf(recorded ?? NONE)
  const traits = path.map(traitsOf)
  const fieldset = traits.findIndex((one) => one.tag === 'fieldset' && one.disabled)
  for (const one of traits.slice(0, Math.max(fieldset, 0))) if (FIELDS.test(one.tag)) one.disabled = true
  const { index, ...nature } = natureOf(traits, (one) => one)
  const outer = path[index + 1]
  const shown = isShown(path[index]!) || (outer !== undefined && (isShown(outer) || isShownItem(outer)))
  if (nature.nature === 'control' && shown) nature.nature = 'itself'
  const key = keyOf(path[index]!, keyOf(path[0]!, '?'))
  // A finger also presses what the target covers.
  const under = (recorded?.stack ?? []).map((tag) => ({ ...traits[0]!, tag, text: '' }))
  if (under.some((one) => natureOf([one], (it) => it).nature === 'surface')) nature.nature = 'surface'
  const off = path.some((one) => ignore.selectors.some((selector) => matches(one, selector)))
  // Text inside a control is its label where the record gives it no other.
  const inner = traits.slice(0, index + 1).reverse().find((one) => one.text.trim() !== '')?.text ?? ''
  const labels = [inner, path[index]!.attrs?.['aria-label'] ?? ''].map((one) => one.trim().toLowerCase())
  const spoken = ignore.texts.some((text) =>
    labels.some((label) => (/\w/.test(text) ? label.includes(text.toLowerCase()) : label === text)))
  const own = path.map((one) => `${ignoredKinds((name) => one.attrs?.[name] ?? null)} ${sourceMarks(one)}`).join(' ')
  return {
    key,
    element: { id: key, role: path[index]!.tag ?? '', ignore: [...new Set(`${off ? ignore.kinds : ''} ${spoken ? 'rage' : ''} ${own}`.split(' '))].join(' ').trim() },
    ...nature,
    stepper: nature.nature === 'control' && labels.some(isStepperText),
    swipes: nature.nature !== 'surface' && nature.nature !== 'nothing',
  }
}

/** Returns the keys that a click on the element or around it may have, innermost first. */
export function keysOf(recorded: RecordedTarget): string[] {
  return [recorded, ...(recorded.ancestors ?? [])].map((one) => keyOf(one, '')).filter(Boolean)
}

/** Whether a place is marked, by us or by the source, as one whose changes mean nothing. */
export function isMarked(recorded: RecordedTarget): boolean {
  return [recorded, ...(recorded.ancestors ?? [])].some(({ attrs = {} }) =>
    Object.keys(attrs).some((name) => /^data-.*(noise|exclud\w*-activity|ignore-mutation)/.test(name)))
}
