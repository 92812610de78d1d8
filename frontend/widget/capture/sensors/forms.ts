// Work in forms: visits to fields, with edits, deletions and pauses. Never a value, never a length.

import type { InputEvent as Visit } from '../../../protocol/protocol.ts'
import { hash } from './fingerprint.ts'
import { isOurs, type Host } from './host.ts'

const DAY = 86_400_000

interface Open {
  field: Element
  from: number
  last: number
  edits: number
  deletions: number
  hesitation: number
}

export function watchForms(host: Host, doc: Document): void {
  let open: Open | null = null
  const say = (event: Event, element: Element, how: Visit['how'], more: Partial<Visit> = {}) => {
    // What is written to us is not work in the page's forms.
    if (event.composedPath().some(isOurs)) return
    host.emit({
      type: 'input', at: Math.round(host.at(event)), page: host.page(), element: host.know(element).element,
      form: formOf(element, host), how, ...more,
    })
  }
  host.on(doc, 'focusin', (event: FocusEvent) => {
    const field = event.composedPath()[0] as Element
    if (!isField(field)) return
    const t = host.at(event)
    open = { field, from: t, last: t, edits: 0, deletions: 0, hesitation: 0 }
    say(event, field, 'focus')
  })
  host.on(doc, 'input', (event: InputEvent) => {
    if (!open) return
    const t = host.at(event)
    open.edits++
    if (event.inputType?.startsWith('delete')) open.deletions++
    open.hesitation = Math.max(open.hesitation, t - open.last)
    open.last = t
  })
  host.on(doc, 'focusout', (event: FocusEvent) => {
    if (!open || event.composedPath()[0] !== open.field) return
    const { field, from, last, edits, deletions, hesitation } = open
    const t = host.at(event)
    open = null
    say(event, field, 'leave', {
      edits, deletions, dwell: within(t - from), hesitation: within(Math.max(hesitation, t - last)),
      filled: isFilled(field as HTMLInputElement),
    })
  })
  host.on(doc, 'invalid submit reset', (event: Event) =>
    say(event, event.target as Element, event.type as Visit['how']))
}

function within(ms: number): number {
  return Math.min(Math.max(Math.round(ms), 0), DAY)
}

function isField(element: Element): boolean {
  // `isContentEditable` costs a style calculation, so it is asked only where it may be true.
  if ((element.closest('[contenteditable]') as HTMLElement | null)?.isContentEditable) return true
  const type = (element as HTMLInputElement).type
  return /^(textarea|select)$/.test(element.localName)
    || (element.localName === 'input' && !/^(button|submit|reset|image|hidden)$/.test(type))
}

function isFilled(field: HTMLInputElement): boolean {
  return /^(checkbox|radio)$/.test(field.type) ? field.checked : Boolean(field.value ?? field.textContent)
}

function formOf(element: Element, host: Host): string {
  const form = element.closest('form')
  return form ? host.know(form).element.id : hash(host.page())
}
