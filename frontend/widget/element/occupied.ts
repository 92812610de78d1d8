/** Where that element and the focused field are: what a card must not cover. */
export function occupied(element: Element | null): DOMRect[] {
  const focused = document.activeElement
  const busy = focused && focused !== document.body && focused.shadowRoot === null ? focused : null
  return [element, busy].flatMap((one) => (one ? [one.getBoundingClientRect()] : []))
}

/** The contact is writing into the page: nothing may move or appear before they pause. */
export function isTyping(): boolean {
  const focused = document.activeElement
  if (!(focused instanceof HTMLElement)) return false
  return focused.isContentEditable || focused.matches('input:not([type=button],[type=submit],[type=checkbox],[type=radio]), textarea')
}
