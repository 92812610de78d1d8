// Turns what an event hit into a target: the control on its path, what it promises, its name.

import type { Target } from '../facts.ts'
import { natureOf, type Traits } from '../nature.ts'
import type { Known } from './host.ts'

const DEPTH = 12
const POINTER_DEPTH = 5
const SWIPERS = /carousel|slider|swip|slide|listbox|tabpanel/i

export interface Hit {
  target: Target
  control: Element
}

export class Targets {
  #know: (element: Element) => Known
  #keys = new WeakMap<Element, string>()
  #count = 0
  #last: { control: Element; id: string } | null = null

  constructor(know: (element: Element) => Known) {
    this.#know = know
  }

  read(path: EventTarget[], touch: boolean): Hit | null {
    const elements: Element[] = []
    let label: HTMLLabelElement | undefined
    for (const one of path as Element[]) {
      if (one.nodeType !== 1) continue
      if (!label && one.localName === 'label') label = one as HTMLLabelElement
      if (elements.push(one) === DEPTH) break
    }
    if (!elements[0]) return null
    if (label?.control) elements.unshift(label.control)
    let reading = natureOf(elements, (one) => new Live(one))
    const pointed = reading.nature === 'plain' && elements[pointedAt(elements)]
    if (pointed) reading = natureOf(elements, (one) => new Live(one, one === pointed))
    const { index, ...nature } = reading
    const control = elements[index]!
    // The tab, slide or page is shown already: there is nothing left to answer.
    if (nature.nature === 'control' && isShown(control)) nature.nature = 'itself'
    const known = this.#know(control)
    return {
      control,
      target: {
        key: this.#key(control, known.element.id), element: known.element, ...nature,
        get stepper() {
          return nature.nature === 'control' && known.stepper
        },
        swipes: touch && nature.nature !== 'surface' && swipes(elements),
      },
    }
  }

  /** Returns the control's key, which a control rendered anew between clicks keeps. */
  #key(control: Element, id: string): string {
    let key = this.#keys.get(control)
    if (!key) {
      const last = this.#last
      const again = last && id && last.id === id && !last.control.isConnected
      key = (again && this.#keys.get(last.control)) || `k${++this.#count}`
      this.#keys.set(control, key)
    }
    this.#last = { control, id }
    return key
  }
}

/** Reads each trait only when asked, and only as far out as the control: most are never needed. */
class Live implements Traits {
  tag: string
  attribute: Traits['attribute']
  #element: Element
  #hand: boolean

  /** `hand`: whether the element shows the pointing hand. */
  constructor(element: Element, hand = false) {
    this.#element = element
    this.#hand = hand
    this.tag = element.localName
    this.attribute = (name) => element.getAttribute(name)
  }

  get disabled(): boolean {
    return this.#element.matches(':disabled,[aria-disabled=true]')
  }

  get pointer(): boolean {
    return this.#hand || typeof (this.#element as HTMLElement).onclick === 'function'
  }
}

/** Returns the index of the outermost element with a hand, which is inherited inwards, or -1. */
function pointedAt(elements: Element[]): number {
  const other = elements.slice(0, POINTER_DEPTH).findIndex((one) => getComputedStyle(one).cursor !== 'pointer')
  return (other < 0 ? Math.min(elements.length, POINTER_DEPTH) : other) - 1
}

const SHOWN = '[aria-selected=true],[aria-current]:not([aria-current=false]),[role=radio][aria-checked=true]'
const SHOWN_ITEM = 'li:is([class*=active],[class*=selected],[class*=current])'

function isShown(control: Element): boolean {
  return control.matches(`:is(${SHOWN}),:is(${SHOWN},${SHOWN_ITEM})>*`)
}

/** Whether a swipe here asks for something: the element says so, or is built to be swiped. */
function swipes(elements: Element[]): boolean {
  return elements.slice(0, POINTER_DEPTH).some((one) => {
    const said = ['role', 'aria-roledescription', 'class'].map((name) => one.getAttribute(name))
    return SWIPERS.test(said.join(' ')) || /^(pan-|none)/.test(getComputedStyle(one).touchAction)
  })
}
