// Turns what an event hit into a target: the control on its path, what it promises, its name.

import type { Target } from '../facts.ts'
import { ignoredKinds, isStepperText, natureOf, type Traits } from '../nature.ts'
import { accessibleName, nameElement, parentOf } from './fingerprint.ts'

const DEPTH = 12
const POINTER_DEPTH = 5
const SWIPERS = /carousel|slider|swip|slide|listbox|tabpanel/i

export interface Hit {
  target: Target
  control: Element
}

export class Targets {
  #names: boolean
  #keys = new WeakMap<Element, string>()
  #count = 0
  #last: { control: Element; id: string } | null = null

  constructor(names: boolean) {
    this.#names = names
  }

  read(path: EventTarget[], touch: boolean): Hit | null {
    const elements = path.filter(isElement).slice(0, DEPTH)
    const first = elements[0]
    if (!first) return null
    const label = elements.find((one) => one.localName === 'label') as HTMLLabelElement | undefined
    if (label?.control) elements.unshift(label.control)
    const traits = elements.map((one) => traitsOf(one))
    let reading = natureOf(traits)
    if (reading.nature === 'plain') {
      const pointed = pointedAt(elements)
      if (pointed >= 0) {
        traits[pointed]!.pointer = true
        reading = natureOf(traits)
      }
    }
    const { index, ...nature } = reading
    const control = elements[index]!
    // The tab, slide or page that is shown already: nothing is left to answer.
    if (nature.nature === 'control' && isShown(control)) nature.nature = 'itself'
    const element = nameElement(control, this.#names, ignoreOf(control))
    return {
      control,
      target: {
        key: this.#key(control, element.id), element, ...nature,
        stepper: nature.nature === 'control' && isStepper(control),
        swipes: touch && nature.nature !== 'surface' && swipes(elements),
      },
    }
  }

  /** A control that was rendered anew between two clicks is still the same control. */
  #key(control: Element, id: string): string {
    let key = this.#keys.get(control)
    if (!key) {
      const again = this.#last && this.#last.id === id && !this.#last.control.isConnected
      key = (again && this.#keys.get(this.#last!.control)) || `k${++this.#count}`
      this.#keys.set(control, key)
    }
    this.#last = { control, id }
    return key
  }
}

function isElement(target: EventTarget): target is Element {
  return (target as Node).nodeType === 1
}

function traitsOf(element: Element): Traits {
  return {
    tag: element.localName,
    attribute: (name) => element.getAttribute(name),
    text: '',
    disabled: element.matches(':disabled,[aria-disabled=true]'),
    pointer: typeof (element as HTMLElement).onclick === 'function',
  }
}

/** The outermost element of the path that shows a hand: the style is inherited inwards. */
function pointedAt(elements: Element[]): number {
  let found = -1
  for (let i = 0; i < Math.min(elements.length, POINTER_DEPTH); i++) {
    if (getComputedStyle(elements[i]!).cursor !== 'pointer') break
    found = i
  }
  return found
}

const SHOWN = '[aria-selected=true],[aria-current]:not([aria-current=false]),[role=radio][aria-checked=true]'
const SHOWN_ITEM = 'li[class*=active],li[class*=selected],li[class*=current]'

function isShown(control: Element): boolean {
  return control.matches(SHOWN) || (control.parentElement?.matches(`${SHOWN},${SHOWN_ITEM}`) ?? false)
}

function isStepper(control: Element): boolean {
  if (isStepperText(control.getAttribute('aria-label') ?? '')) return true
  if (isStepperText(accessibleName(control))) return true
  return control.closest('[role=spinbutton],[role=grid],[role=application],[aria-roledescription=carousel]') !== null
}

/** Swiping here asks for something: the element says so, or is built to be moved by a finger. */
function swipes(elements: Element[]): boolean {
  return elements.slice(0, POINTER_DEPTH).some((one) => {
    const said = `${one.getAttribute('role')} ${one.getAttribute('aria-roledescription')} ${one.getAttribute('class')}`
    return SWIPERS.test(said) || /^(pan-|none)/.test(getComputedStyle(one).touchAction)
  })
}

/** Kinds switched off on the element or around it. */
function ignoreOf(element: Element): string {
  const kinds = new Set<string>()
  for (let one: Element | null = element; one; one = parentOf(one)) {
    const here = ignoredKinds((name) => one!.getAttribute(name))
    for (const kind of here.split(/[\s,]+/)) if (kind) kinds.add(kind)
  }
  return [...kinds].join(' ').slice(0, 120)
}
