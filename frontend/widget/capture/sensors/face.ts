// What a control looks like, to tell an answer from mere press feedback. Ripples, focus rings and
// hover classes come with every click, also a dead one; they are left out.

const FEEDBACK = /focus|hover|press(?!ed=)|ripple|wave|touch/i
const STYLE = /(transform|scale|opacity|box-shadow|outline|transition|--[\w-]*)\s*:[^;]*;?/gi
const PARTS = 40

/** A short text that changes when the control shows something new; null when it is too big to say. */
export function faceOf(control: Element): string | null {
  const parts = control.getElementsByTagName('*')
  if (parts.length > PARTS) return null
  const face = [dressOf(control), (control.textContent ?? '').slice(0, 200)]
  for (const part of parts) {
    const dress = dressOf(part)
    if (dress) face.push(dress)
  }
  return face.join('\n')
}

function dressOf(element: Element): string {
  const tokens = (element.getAttribute('class') ?? '').split(/\s+/)
  // A ripple's own element comes and goes as a whole.
  if (tokens.some((token) => /ripple|wave/i.test(token))) return ''
  const dress = [element.localName, tokens.filter((token) => !FEEDBACK.test(token)).join(' ')]
  for (const { name, value } of element.attributes) {
    if (name === 'class' || name === 'tabindex') continue
    if (name === 'style') dress.push(value.replace(STYLE, '').trim())
    else if (!FEEDBACK.test(`${name}=`) || name.startsWith('aria-')) dress.push(`${name}=${value}`)
  }
  const field = element as HTMLInputElement
  if ('checked' in field) dress.push(String(field.checked))
  return dress.join(',')
}
