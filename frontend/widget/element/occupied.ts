/** Returns where that element and the focused field are, which a card must not cover. */
export function occupied(element: Element | null): DOMRect[] {
  const focused = document.activeElement
  const busy = focused && focused !== document.body && focused.shadowRoot === null ? focused : null
  return [element, busy].flatMap((one) => (one ? [one.getBoundingClientRect()] : []))
}

/**
 * Whether the contact is writing into the page: then nothing may move or appear until they pause.
 */
export function isTyping(): boolean {
  const focused = document.activeElement
  if (!(focused instanceof HTMLElement)) return false
  return focused.isContentEditable || focused.matches('input:not([type=button],[type=submit],[type=checkbox],[type=radio]), textarea')
}
