// Which attributes of an element may leave the page: those that shape its look, none that carry
// what it says. It lists what is allowed, not what is forbidden: a new attribute stays inside.
import type { Dict, Json } from './rrweb.ts'

const LOOKS = new Set(
  ('class type role dir lang width height colspan rowspan span rows cols size hidden open disabled readonly multiple ' +
    'media align valign border cellpadding cellspacing bgcolor color start reversed wrap inert popover ' +
    'viewBox viewbox preserveAspectRatio xmlns d points transform x y x1 y1 x2 y2 cx cy r rx ry dx dy offset ' +
    'fill fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-dasharray stroke-opacity ' +
    'opacity clip-rule clip-path stop-color stop-opacity gradientUnits gradientTransform text-anchor ' +
    'dominant-baseline font-size font-weight').split(' '),
)
/** Attributes that style sheets select by, and the words they may hold. */
const STATES = /^(aria-(expanded|selected|hidden|pressed|current|disabled|checked|busy|sort|orientation)|data-(theme|bs-theme|color-scheme|mode|state|open|active|selected|disabled|orientation|side|align|variant|size))$/
const STATE = /^[a-z-]{0,16}$/
/** rrweb's own: the size of what is blocked, and how far something is scrolled. */
const MEASURES = /^rr_(width|height|scrollLeft|scrollTop|open_mode)$/
const MEASURE = /^[\w.-]{0,24}$/
const IDENTIFIER = /^[\w-]{1,80}$/
/** `url(…)` except `url(#…)`, which points into the same document. */
const ADDRESS = /url\(\s*(?!["']?#)("[^"]*"|'[^']*'|[^)]*)\)/gi
const IMPORT = /@import\s+("[^"]*"|'[^']*')/gi
const QUOTED = /"[^"]*"|'[^']*'/g

export const HIDDEN_VALUE = '*****'

/**
 * Replaces every visible character by a star; spaces and line ends stay, so lines break as before.
 */
export function maskText(text: string): string {
  return text.replace(/\S/g, '*')
}

/**
 * Returns a style sheet without addresses: they may name a person's picture, and would be fetched.
 */
export function maskSheet(css: string): string {
  return css.replace(ADDRESS, 'none').replace(IMPORT, '')
}

/** Returns one element's `style` without text, because the page writes it for this contact. */
export function maskStyle(css: string): string {
  return maskSheet(css).replace(QUOTED, '""')
}

export function maskAttributes(attributes: Json | undefined, tag: string): Dict {
  const kept: Dict = {}
  for (const [name, value] of Object.entries((attributes ?? {}) as Dict)) {
    const masked = maskAttribute(name, value ?? null, tag)
    if (masked !== undefined) kept[name] = masked
  }
  return kept
}

/** Returns undefined for what must stay inside. `tag` is '' where rrweb gives only the number. */
function maskAttribute(name: string, value: Json, tag: string): Json | undefined {
  if (name === 'style') return typeof value === 'string' ? maskStyle(value) : maskDeclarations(value)
  if (typeof value === 'object' && value !== null) return undefined
  const text = String(value ?? '')
  if (name === '_cssText') return maskSheet(text)
  if (name === 'href' || name === 'xlink:href') return maskLink(text, tag)
  if (value === null) return LOOKS.has(name) || STATES.test(name) || name === 'id' ? null : undefined
  if (name === 'value') return text && HIDDEN_VALUE
  if (name === 'placeholder' || name === 'label') return maskText(text)
  if (name === 'id') return IDENTIFIER.test(text) ? text.replace(/\d{4,}/g, '0000') : undefined
  if (STATES.test(name)) return STATE.test(text) ? text : undefined
  if (MEASURES.test(name)) return MEASURE.test(text) ? value : undefined
  if (LOOKS.has(name)) return typeof value === 'string' ? maskSheet(value) : value
  return undefined
}

/** Links look like links and lead nowhere; a drawing may use a part of its own document. */
function maskLink(address: string, tag: string): string | undefined {
  if (tag === 'link' || tag === 'base') return undefined
  return tag === 'use' && IDENTIFIER.test(address.slice(1)) && address.startsWith('#') ? address : '#'
}

/** Masks rrweb's changed declarations: `{ property: value | [value, priority] | false }`. */
function maskDeclarations(value: Json): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const kept: Dict = {}
  for (const [property, given] of Object.entries(value)) {
    if (given === false) kept[property] = false
    else if (typeof given === 'string') kept[property] = maskStyle(given)
    else if (Array.isArray(given)) kept[property] = given.map((part) => maskStyle(String(part ?? '')))
  }
  return kept
}
