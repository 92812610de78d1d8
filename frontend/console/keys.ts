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

/** Returns what can be done on this screen now, the innermost first. */
export function shortcutsNow(): Shortcut[] {
  const found = new Map<string, Shortcut>()
  for (const table of tables) for (const one of table.current) if (!one.quiet && !found.has(one.key)) found.set(one.key, one)
  return [...found.values()]
}

/**
 * Runs the shortcut of a pressed key, but not while somebody types, and not with Ctrl, Alt or Cmd.
 * The table added first wins where two know a key. A capital letter means Shift with that letter.
 */
export function useShortcuts(shortcuts: Shortcut[]): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  // Added before the paint: as soon as the page is visible, its keys work.
  useLayoutEffect(() => {
    tables.add(latest)
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      // An open dialog has its own Escape, and no key may act on anything behind it.
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
