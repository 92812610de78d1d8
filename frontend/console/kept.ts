// What a member has written and nobody has yet. It stays in this tab until it is sent, whatever
// ends in between: the session, the membership, the page.
import { useCallback, useState } from 'preact/hooks'

const PREFIX = 'vcsm.kept.'

/** A text being written under that name, as it was left. The caller's `key` must change with `name`. */
export function useKept(name: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => readKept(name))
  const keep = useCallback(
    (next: string) => {
      setText(next)
      writeKept(name, next)
    },
    [name],
  )
  return [text, keep]
}

export function readKept(name: string): string {
  return sessionStorage.getItem(PREFIX + name) ?? ''
}

/** An empty text is forgotten. */
export function writeKept(name: string, text: string): void {
  if (text) sessionStorage.setItem(PREFIX + name, text)
  else sessionStorage.removeItem(PREFIX + name)
}

/** Messages that were sent and never confirmed, by the id that stores them once. */
export interface Unsent {
  clientId: string
  text: string
}

export function readUnsent(escalation: string): Unsent[] {
  try {
    return JSON.parse(readKept(`unsent.${escalation}`) || '[]')
  } catch {
    return []
  }
}

export function writeUnsent(escalation: string, unsent: Unsent[]): void {
  writeKept(`unsent.${escalation}`, unsent.length > 0 ? JSON.stringify(unsent.map(({ clientId, text }) => ({ clientId, text }))) : '')
}

/** Everything kept in this tab, as it was written: for whoever cannot go on writing here. */
export function keptTexts(): string[] {
  const names = Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length))
  return names.sort().flatMap((name) => (name.startsWith('unsent.') ? readUnsent(name.slice('unsent.'.length)).map((one) => one.text) : [readKept(name)]))
}
