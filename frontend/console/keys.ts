// One table of keys: the handler and the help overlay read the same list.
import { useEffect, useRef } from 'preact/hooks'

export interface Shortcut {
  key: string
  what: string
  run(): void
}

/** Runs the shortcut of a pressed key; never while somebody types, never with Ctrl, Alt or Cmd. */
export function useShortcuts(shortcuts: Shortcut[]): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      // An open dialog has its own Escape, and nothing behind it may be done from the keyboard.
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return
      if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.closest('a, button')) return
      const found = latest.current.find((shortcut) => shortcut.key === event.key)
      if (!found) return
      event.preventDefault()
      found.run()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
