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
  if (!text) return sessionStorage.removeItem(PREFIX + name)
  try {
    sessionStorage.setItem(PREFIX + name, text)
  } catch {
    // More than a tab may keep: it is only on the screen then, and can be saved from there.
  }
}

/** A form's fields as they are written, and of which version of what is stored. */
export interface Form<T> {
  fields: T
  of: string
}

export function readForm<T>(name: string): Form<T> | null {
  return parsed<Form<T> | null>(readKept(`form.${name}`), null)
}

/** Null is forgotten. */
export function keepForm(name: string, form: Form<Record<string, string>> | null): void {
  writeKept(`form.${name}`, form ? JSON.stringify(form) : '')
}

/** Messages that were sent and never confirmed, by the id that stores them once. */
export interface Unsent {
  clientId: string
  text: string
}

export function readUnsent(escalation: string): Unsent[] {
  return parsed<Unsent[]>(readKept(`unsent.${escalation}`), [])
}

export function writeUnsent(escalation: string, unsent: Unsent[]): void {
  writeKept(`unsent.${escalation}`, unsent.length > 0 ? JSON.stringify(unsent.map(({ clientId, text }) => ({ clientId, text }))) : '')
}

/** Everything kept in this tab, as it was written: for whoever cannot go on writing here. */
export function keptTexts(): string[] {
  const names = Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length))
  return names.sort().flatMap(textsOf)
}

function textsOf(name: string): string[] {
  if (name.startsWith('unsent.')) return readUnsent(name.slice('unsent.'.length)).map(({ text }) => text)
  if (!name.startsWith('form.')) return [readKept(name)]
  const form = readForm<Record<string, string>>(name.slice('form.'.length))
  return form ? [Object.values(form.fields).filter(Boolean).join('\n\n')] : []
}

function parsed<T>(text: string, otherwise: T): T {
  try {
    return text ? JSON.parse(text) : otherwise
  } catch {
    return otherwise
  }
}
