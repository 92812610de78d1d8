// Where the focus goes when an act removes the element that had it: never to the start of the page.
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { isTyping } from './keys'

export function nothingFocused(): boolean {
  return !document.activeElement || document.activeElement === document.body
}

/**
 * Gives the focus to the heading of what somebody opened, once it is `shown`, unless they are
 * writing or came by its address alone. Does so again whenever the focused element inside
 * disappears, such as the button of an act that can be done only once.
 */
export function useHeadFocus<Box extends HTMLElement>(shown: boolean) {
  const box = useRef<Box>(null)
  const last = useRef<EventTarget | null>(null)
  const toHead = () => box.current?.querySelector('h1')?.focus({ preventScroll: true })
  useLayoutEffect(() => {
    const written = isTyping(document.activeElement) || document.querySelector('dialog[open]')
    if (shown && navigator.userActivation.hasBeenActive && !written) toHead()
  }, [shown])
  useEffect(() => {
    if (!shown || !box.current) return
    const observer = new MutationObserver(() => {
      const gone = last.current instanceof Node && !last.current.isConnected
      if (gone && nothingFocused()) toHead()
    })
    observer.observe(box.current, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [shown])
  return { ref: box, onFocusIn: (event: FocusEvent) => void (last.current = event.target) }
}

/** Makes Escape close a `<details>` that is a menu, and nothing behind it. */
export function closeMenu(event: KeyboardEvent & { currentTarget: HTMLDetailsElement }): void {
  if (event.key !== 'Escape' || !event.currentTarget.open) return
  event.preventDefault()
  event.currentTarget.open = false
  event.currentTarget.querySelector('summary')?.focus()
}
