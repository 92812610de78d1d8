// What a click on an element promises, read from its path outwards. Pure: the path is given as
// traits, so that recorded elements are read by the same rules as live ones.

import type { Nature } from './facts.ts'

export interface Traits {
  /** In lower case. */
  tag: string
  attribute(name: string): string | null
  disabled: boolean
  /** Styled or wired to be clicked although its tag does not say so. */
  pointer: boolean
}

interface Reading {
  nature: Nature
  /** Index in the path of the element that is the control. */
  index: number
  disabled?: boolean
  toggle?: boolean
}

const SURFACES = /^(canvas|video|audio|embed|object|iframe|frame)$/
const NOT_TEXT = /^(button|submit|reset|image|hidden)$/
const SELF_ANSWERED = /^(checkbox|radio|range|color)$/
const ROLES = /^(button|link|menuitem\w*|option|tab|treeitem|switch|checkbox|radio|gridcell|combobox|slider|spinbutton)$/
const TOGGLES = /^(switch|(menuitem)?(checkbox|radio))$/
const STEPPER_WORDS = /\b(next|prev|previous|increase|increment|decrease|decrement)\b/i
const STEPPER_SIGNS = /^[+\-−–—<>‹›«»←→↑↓▲▼◀▶◂▸❮❯＋]+$/

/**
 * Returns whether a label belongs to a control made to be pressed repeatedly: signs must be the
 * whole label, words may be part of it.
 */
export function isStepperText(text: string): boolean {
  const label = text.trim()
  return label.length <= 60 && (STEPPER_SIGNS.test(label) || STEPPER_WORDS.test(label))
}

/** Returns kinds that `data-vcsm-ignore` turns off: '' without it, 'all' when it has no value. */
export function ignoredKinds(attribute: (name: string) => string | null): string {
  const value = attribute('data-vcsm-ignore')
  return value === null ? '' : value.trim() || 'all'
}

/** Reads a path, innermost element first, and no further out than needed. */
export function natureOf<T>(path: T[], read: (one: T) => Traits): Reading {
  let tag = ''
  for (let index = 0; index < path.length; index++) {
    const traits = read(path[index]!)
    tag ||= traits.tag
    const nature = own(traits)
    if (!nature) continue
    const { attribute } = traits
    // What is drawn inside a link or button promises what the link or button does.
    const toggle = TOGGLES.test(attribute('role') ?? '') || attribute('aria-pressed') !== null
    return { nature, index, disabled: nature === 'control' && traits.disabled, toggle }
  }
  return { nature: /^(html|#text|#document|)$/.test(tag) ? 'nothing' : 'plain', index: 0 }
}

function own(traits: Traits): Nature | null {
  const { tag, attribute } = traits
  if (tag === 'a' || tag === 'area') return link(attribute)
  if (tag === 'input') return input((attribute('type') ?? 'text').toLowerCase(), traits)
  if (tag === 'textarea') return 'text'
  if (/^(select|option|summary)$/.test(tag)) return traits.disabled ? 'control' : 'itself'
  if (SURFACES.test(tag)) return 'surface'
  const editable = attribute('contenteditable')
  if (editable !== null && editable !== 'false') return 'text'
  const role = attribute('role')
  if (role === 'textbox' || role === 'searchbox') return 'text'
  if (tag === 'button' || (role && ROLES.test(role)) || traits.pointer) return 'control'
  return null
}

function link(attribute: Traits['attribute']): Nature {
  const href = attribute('href')
  const target = attribute('target')
  if (attribute('download') !== null || (target && target !== '_self')) return 'outside'
  // A link to nowhere is a button in disguise, and may be broken like one.
  return href && href !== '#' && !/^javascript:/i.test(href) ? 'outside' : 'control'
}

function input(type: string, { disabled }: Traits): Nature {
  if (type === 'file') return 'outside'
  if (disabled) return 'control'
  if (SELF_ANSWERED.test(type)) return 'itself'
  return NOT_TEXT.test(type) ? 'control' : 'text'
}
