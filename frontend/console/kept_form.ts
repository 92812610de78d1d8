// A form whose text stays in this tab until it is saved: a member who looks something up, is signed
// out or is overtaken by a colleague continues writing where they were.
import { useState } from 'preact/hooks'
import { type Form, keepForm, readForm } from './kept'

export type Fields = Record<string, string>

export interface KeptForm<T extends Fields> {
  fields: T
  /** Whether anything differs from what is stored. */
  changed: boolean
  /** Whether another version was stored after the first change; the member chooses one. */
  behind: boolean
  /** The version that was read before the first change. */
  of: string
  /** Whether the form was left unsaved earlier and is shown as it was then. */
  left: boolean
  set(more: Partial<T>): void
  /** Keeps the fields, now based on the version that is stored. */
  rebase(): void
  forget(): void
}

/**
 * Returns what is stored in that version, or what was made of it in this tab. `name` must not
 * change while the form is shown.
 */
export function useKeptForm<T extends Fields>(name: string, stored: T, version: string): KeptForm<T> {
  const [left] = useState(() => readForm<T>(name))
  const [written, write] = useState<Form<T> | null>(left)
  const form = written ?? { fields: stored, of: version }
  const differs = (fields: T) => Object.keys(stored).some((key) => fields[key] !== stored[key])
  const put = (next: Form<T> | null) => {
    const kept = next && differs(next.fields) ? next : null
    write(kept)
    keepForm(name, kept)
  }
  const changed = differs(form.fields)
  return {
    fields: form.fields,
    of: form.of,
    changed,
    behind: changed && form.of !== version,
    left: left !== null && changed,
    set: (more) => put({ ...form, fields: { ...form.fields, ...more } }),
    rebase: () => put({ ...form, of: version }),
    forget: () => put(null),
  }
}
