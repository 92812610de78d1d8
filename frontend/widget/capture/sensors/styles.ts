// Answers that only style sheets give: menus that appear because their control has the focus, and
// rules that a script inserts. Neither changes the document.

import { isOurs, type Host, type View } from './host.ts'
import { tellCalls } from './outward.ts'

const RULES = 5000
const PARTS = 20
/** Milliseconds between two readings of the sheets, at least. */
const FRESH = 10_000
const LATER = 1000
/** A focus this many milliseconds after a press is the press's doing. */
const SOON = 1000
/** Properties that make something appear, as opposed to a ring or a colour. */
const SHOWS = ['display', 'visibility', 'opacity', 'max-height', 'height', 'transform', 'clip-path'] as const
/** A state of one element that decides about another. */
const ELSEWHERE = /:(?:focus(?:-within|-visible)?|hover)\b[^\s>+~]*\s*[\s>+~]\s*[^\s>+~]/

export function watchStyles(host: Host, view: View): void {
  const doc = view.document
  // What was pressed before we came usually has the focus.
  let inner: Element | null = doc.activeElement
  let control: Element | null = null
  let touched = false
  let at = -Infinity
  let read = Infinity
  let selectors: string[] = []
  // Reading sheets takes long on a large page: never on a click.
  const collect = host.guard(() => {
    read = host.now()
    selectors = selectorsOf([...doc.styleSheets])
    if (at < 0 && host.waits()) look()
  })
  const soon = (wait: number) => {
    read = Infinity
    view.setTimeout(host.guard(() => (view.requestIdleCallback ?? setTimeout)(collect)), wait)
  }
  /** The control that was pressed, looked up only when somebody asks. */
  const pressed = () => (control ??= inner && controlOf(inner))
  /** What happens inside the pressed control may be press feedback. */
  const isElsewhere = (element: Element) => !isOurs(element) && !pressed()?.contains(element)
  const shows = (selector: string) =>
    (touched || !selector.includes(':hover')) && [...doc.querySelectorAll(selector)].some((element) =>
      isElsewhere(element) && !element.contains(pressed()) && element.checkVisibility({ visibilityProperty: true }))
  const look = host.guard(() => {
    if (selectors.some(shows)) host.note({ type: 'life', t: host.now(), what: 'toggle', own: true })
  })
  soon(0)
  host.on(view, 'pointerdown', (event: PointerEvent) => {
    at = host.at(event)
    // Not now, while the page is busy answering.
    if (at - read > FRESH) soon(LATER)
    inner = event.composedPath()[0] as Element
    control = null
    touched = event.pointerType === 'touch'
  })
  host.on(doc, 'focusin', (event: Event) => {
    if (selectors.length && host.at(event) - at < SOON) view.requestAnimationFrame(look)
  })
  // A finger hovers by touching, and moves no focus to what cannot have it.
  host.on(view, 'click', () => {
    if (touched && selectors.length) view.requestAnimationFrame(look)
  })
  /** Only a sheet in force in the document changes it, not one for a shadow root like ours. */
  const inForce = (sheet: CSSStyleSheet) => sheet.ownerNode?.getRootNode() === doc || doc.adoptedStyleSheets.includes(sheet)
  const told = (sheet: CSSStyleSheet, [text]: unknown[]) => {
    const t = host.now()
    // Some scripts fill a sheet first and adopt it then: that is known once the handler is done.
    if (host.waits()) queueMicrotask(host.guard(() => {
      const parts = inForce(sheet) ? String(text).match(/[^{}@;]+(?=\{)/g) ?? [] : []
      if (parts.slice(0, PARTS).some((part) => [...doc.querySelectorAll(part)].some(isElsewhere))) {
        host.note({ type: 'life', t, what: 'mutation', own: true })
      }
    }))
    return '' as const
  }
  tellCalls(host, view.CSSStyleSheet?.prototype, 'insertRule replace replaceSync', told)
}

function controlOf(element: Element): Element {
  return element.closest('button,a,input,select,textarea,label,summary,[role],[tabindex]') ?? element
}

function selectorsOf(sheets: CSSStyleSheet[]): string[] {
  const found = new Set<string>()
  let left = RULES
  const walk = (rules: CSSRuleList) => {
    for (const rule of rules) {
      if (left-- <= 0) return
      const { selectorText = '', style, cssRules } = rule as CSSStyleRule
      if (ELSEWHERE.test(selectorText) && SHOWS.some((name) => style.getPropertyValue(name))) {
        for (const part of selectorText.split(/,(?![^(]*\))/)) if (ELSEWHERE.test(part)) found.add(part.trim())
      }
      if (cssRules?.length) walk(cssRules)
    }
  }
  for (const sheet of sheets) {
    try {
      walk(sheet.cssRules)
    } catch {
      // A sheet of another origin keeps its rules to itself.
    }
  }
  return [...found]
}
