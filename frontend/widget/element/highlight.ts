// Points at an element of the page with a Web Animation: no style of the page is touched, and
// nothing remains when it ends.
const FRAMES: Keyframe[] = [
  { outline: '3px solid transparent', outlineOffset: '10px' },
  { outline: '3px solid #0b6b59', outlineOffset: '4px', offset: 0.2 },
  { outline: '3px solid #0b6b59', outlineOffset: '4px', offset: 0.85 },
  { outline: '3px solid transparent', outlineOffset: '4px' },
]

/** False when there is nothing to point at. */
export function highlight(element: Element | null): boolean {
  if (!element) return false
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  element.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' })
  element.animate(FRAMES, { duration: 4_000 })
  return true
}

/** Where that element and the focused field are: what a card must not cover. */
export function occupied(element: Element | null): DOMRect[] {
  const focused = document.activeElement
  const busy = focused && focused !== document.body && focused.shadowRoot === null ? focused : null
  return [element, busy].flatMap((one) => (one ? [one.getBoundingClientRect()] : []))
}
