// A form whose words stay in this tab until they are saved: whoever looks something up in between, is
// signed out, or comes second to a colleague, goes on writing where they were.
import { useState } from 'preact/hooks'
import { type Form, keepForm, readForm } from './kept'

export type Fields = Record<string, string>

export interface KeptForm<T extends Fields> {
  fields: T
  /** Something differs from what is stored. */
  changed: boolean
  /** Another version was stored since the first word was changed: theirs or mine, says the member. */
  behind: boolean
  /** The version that was read before the first word was changed. */
  of: string
  /** It was left, and is as it was then. */
  left: boolean
  set(more: Partial<T>): void
  /** What was written stays, over the version that is stored now. */
  rebase(): void
  forget(): void
}

/** What is stored, of that version, or what was made of it in this tab. `name` must not change while it is shown. */
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
