// One table of keys: the handler and the command palette read the same list.
import { useLayoutEffect, useRef } from 'preact/hooks'

export interface Shortcut {
  key: string
  what: string
  run(): void
  /** Not offered in the palette: moving about the list is for the keyboard alone. */
  quiet?: boolean
}

const tables = new Set<{ current: Shortcut[] }>()

/** What can be done on this screen just now, the innermost first. */
export function shortcutsNow(): Shortcut[] {
  const found = new Map<string, Shortcut>()
  for (const table of tables) for (const one of table.current) if (!one.quiet && !found.has(one.key)) found.set(one.key, one)
  return [...found.values()]
}

/**
 * Runs the shortcut of a pressed key; never while somebody types, never with Ctrl, Alt or Cmd. Where two
 * tables know a key, the one that came first has it. A capital letter is Shift and that letter.
 */
export function useShortcuts(shortcuts: Shortcut[]): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  // With the layout: whoever sees the page may press its keys.
  useLayoutEffect(() => {
    tables.add(latest)
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      // An open dialog has its own Escape, and nothing behind it may be done from the keyboard.
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return
      if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.closest('a, button, summary')) return
      const found = latest.current.find((shortcut) => shortcut.key === event.key)
      if (!found) return
      event.preventDefault()
      found.run()
    }
    addEventListener('keydown', pressed)
    return () => {
      tables.delete(latest)
      removeEventListener('keydown', pressed)
    }
  }, [])
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}
