// What a member has written and not yet sent. It stays in this tab until it is sent, whatever ends
// in between: the session, the membership, the page.
import { useCallback, useState } from 'preact/hooks'

const PREFIX = 'vcsm.kept.'

/** Returns the text kept under that name. The caller's `key` must change with `name`. */
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

/** Stores a text; an empty one is forgotten. */
export function writeKept(name: string, text: string): void {
  if (!text) return sessionStorage.removeItem(PREFIX + name)
  try {
    sessionStorage.setItem(PREFIX + name, text)
  } catch {
    // More than a tab may store: the text is only on the screen then, and can be saved from there.
  }
}

/** A form's fields as they are written, and the version of the stored record they started from. */
export interface Form<T> {
  fields: T
  of: string
}

export function readForm<T>(name: string): Form<T> | null {
  return parsed<Form<T> | null>(readKept(`form.${name}`), null)
}

/** Stores a form; null forgets it. */
export function keepForm(name: string, form: Form<Record<string, string>> | null): void {
  writeKept(`form.${name}`, form ? JSON.stringify(form) : '')
}

/**
 * Messages that were sent and never confirmed, with the id under which the server stores them once.
 */
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

/** Returns everything kept in this tab as text, for a member who cannot continue writing here. */
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
