// Names an element so that the name outlives a deploy: role, test id, hashed accessible name and
// place among landmarks. Generated class names and positions in the tree are left out. What a human
// reads (`name`) holds no text of the page unless the workspace allows it.

import type { EventElement } from '../../../protocol/protocol.ts'
import { ignoredKinds } from '../nature.ts'
import { parentOf } from './parent.ts'

const TEST_IDS = ['data-testid', 'data-test-id', 'data-test', 'data-cy', 'data-qa']
const LANDMARKS: Record<string, string> = {
  main: 'main', nav: 'navigation', header: 'banner', footer: 'contentinfo', aside: 'complementary',
  form: 'form', dialog: 'dialog', section: 'region', table: 'table', fieldset: 'group',
}
const ROLES: Record<string, string> = {
  a: 'link', button: 'button', select: 'listbox', textarea: 'textbox', summary: 'summary', img: 'image',
}
const INPUT_ROLES: Record<string, string> = {
  button: 'button', submit: 'button', reset: 'button', image: 'button', checkbox: 'checkbox',
  radio: 'radio', range: 'slider', number: 'spinbutton', file: 'file', search: 'searchbox',
}
/** Names that a machine made for one rendering: React's `:r1:` and `_r_1_`, numbers, hashes. */
const MADE = /[:«]|\d\d|^[a-z]*\d$|[0-9a-f]{8}|^(_r_|rc[-_]|ag-|mat-|cdk-|el-id|ng-|radix|headlessui|mui|ember|ext-|react-|downshift|mantine|chakra|floating)/i
/**
 * What may say where something stands, as one selector: the browser finds it faster than we could.
 */
const TESTED = TEST_IDS.map((name) => `[${name}]`).join()
const PLACES = `[role],[id],${TESTED},${Object.keys(LANDMARKS).join()}`
const DEPTH = 40
const IGNORES = '[data-vcsm-ignore]'

export function roleOf(element: Element): string {
  const given = element.getAttribute('role')
  if (given) return given.slice(0, 40)
  const tag = element.localName
  if (tag === 'input') return INPUT_ROLES[(element as HTMLInputElement).type] ?? 'textbox'
  return ROLES[tag] ?? tag.slice(0, 40)
}

/** Returns the name a screen reader would say, shortened. It leaves the page only where allowed. */
export function accessibleName(element: Element): string {
  const by = element.getAttribute('aria-labelledby')
  const labelled = by ? element.ownerDocument.getElementById(by.split(' ')[0]!)?.textContent : ''
  const field = element as HTMLInputElement
  const button = element.localName === 'input' && /^(button|submit|reset)$/.test(field.type) ? field.value : ''
  const own = /^(input|select|textarea)$/.test(element.localName) ? field.labels?.[0]?.textContent : element.textContent
  const name = element.getAttribute('aria-label') || labelled || button || own
    || element.getAttribute('title') || element.getAttribute('placeholder') || ''
  return name.slice(0, 300).replace(/\s+/g, ' ').trim().slice(0, 80)
}

function given(element: Element): string {
  for (const attribute of element.matches(TESTED) ? TEST_IDS : []) {
    const value = element.getAttribute(attribute)
    if (value) return value
  }
  const id = element.id
  return typeof id === 'string' && id && !MADE.test(id) ? id : ''
}

/** Returns a field's name. Buttons of one radio group share theirs, so each adds its value. */
function fieldName(element: Element): string {
  const name = element.getAttribute('name') ?? ''
  if (MADE.test(name)) return ''
  return name && (element as HTMLInputElement).type === 'radio' ? `${name}=${element.getAttribute('value')}` : name
}

/** Returns where the element stands: up to three named landmarks around it, outermost last. */
function placeOf(element: Element): string {
  const places: string[] = []
  let depth = 0
  for (let from = parentOf(element); from && depth < DEPTH; depth++) {
    const one: Element | null = from.closest(PLACES)
    if (!one) {
      // Out of a shadow root, or at the end.
      from = (from.getRootNode() as ShadowRoot).host
      continue
    }
    from = parentOf(one)
    const role = one.getAttribute('role') ?? LANDMARKS[one.localName]
    const name = given(one)
    if (!role && !name) continue
    places.push(`${role ?? ''}${name ? `#${name}` : ''}`)
    if (places.length === 3) break
  }
  return places.join('<')
}

/** Returns what tells the element from others with the same text: an "Add" described by its row. */
function aboutOf(element: Element, role: string): string {
  const about = /^(link|button)$/.test(role) ? element.getAttribute('aria-describedby') : null
  return about && !MADE.test(about) ? `@${about}` : ''
}

export function nameElement(element: Element, names: boolean, ignore = ignoreOf(element), label = accessibleName(element)): EventElement {
  const role = roleOf(element)
  const known = given(element) || fieldName(element)
  // Digits change with the data ("Inbox 12"); the words around them do not.
  const said = known ? '' : label.replace(/\d+/g, '#') + aboutOf(element, role)
  const id = `${role}-${hash([role, known, said, placeOf(element)].join('|'))}`.slice(0, 64)
  const shown = names ? label || known : known
  const named: EventElement = { id, name: `${role}${shown ? ` ${shown}` : ''}`.slice(0, 120), role }
  if (ignore) named.ignore = ignore
  return named
}

/** Returns the kinds switched off on the element or around it. */
function ignoreOf(element: Element): string {
  let kinds = ''
  // Continues past open shadow roots. Mostly there is nothing, as `closest` finds out fast.
  for (let root: Element | undefined = element; root; root = (root.getRootNode() as ShadowRoot).host) {
    for (let one = root.closest(IGNORES); one; one = one.parentElement && one.parentElement.closest(IGNORES)) {
      kinds += ` ${ignoredKinds((name) => one!.getAttribute(name))}`
    }
  }
  return kinds && [...new Set(kinds.split(/[\s,]+/))].filter(Boolean).join(' ').slice(0, 120)
}

/** FNV-1a with two seeds: 64 bits are enough to keep the controls of a product apart. */
export function hash(text: string): string {
  let [a, b] = [0x811c9dc5, 0x01000193]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ code, 0x85ebca6b)
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36)
}

/** Returns the element that has this fingerprint now, or null when it is no longer on the page. */
export function findElement(id: string): Element | null {
  const role = id.slice(0, id.lastIndexOf('-'))
  for (const element of document.querySelectorAll('*')) {
    if (roleOf(element) === role && nameElement(element, false, '').id === id) return element
  }
  return null
}
