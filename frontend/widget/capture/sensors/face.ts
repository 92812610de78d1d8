// What a control looks like, to tell an answer from mere press feedback. Ripples, waves, focus
// rings and hover classes come with every click, even a dead one, so they are left out.

const FEEDBACK = /focus|hover|press(?!ed=)|ripple|wave|touch|user-(in)?valid/i
const STYLE = /(transform|scale|opacity|box-shadow|outline|transition|--[\w-]*)\s*:[^;]*;?/gi
const GRAPHIC = /^(svg|img|canvas|input|progress|i)$/
const PARTS = 40

export interface Face {
  control: Element
  /** The parts it had when it was pressed. */
  had: Set<Element>
  /** Null when it is too big to describe, so that every change in it counts. */
  shows: string | null
}

export function rememberFace(control: Element): Face {
  const parts = control.getElementsByTagName('*')
  const face: Face = { control, had: new Set(parts.length > PARTS ? [] : parts), shows: null }
  face.shows = describe(face)
  return face
}

/** Returns whether the control looks different since the last call. */
export function hasChanged(face: Face): boolean {
  const shows = describe(face)
  if (shows !== null && shows === face.shows) return false
  face.shows = shows
  return true
}

function describe({ control, had }: Face): string | null {
  const parts = control.getElementsByTagName('*')
  if (parts.length > PARTS) return null
  const face = [dressOf(control), (control.textContent ?? '').slice(0, 200)]
  for (const part of parts) {
    // An empty element laid over the control for a moment is a ripple, whatever its name.
    if (had.has(part) || part.textContent || GRAPHIC.test(part.localName)) face.push(dressOf(part))
  }
  return face.join('\n')
}

function dressOf(element: Element): string {
  const dress = [element.localName]
  for (const name of element.getAttributeNames()) dress.push(meaningOf(name, element.getAttribute(name)))
  const field = element as HTMLInputElement
  if ('checked' in field) dress.push(String(field.checked))
  return dress.filter(Boolean).join(',')
}

/** Returns an attribute without its press feedback; '' when nothing else is left of it. */
export function meaningOf(name: string, value: string | null, pressed = true): string {
  if (value === null || name === 'tabindex') return ''
  if (name === 'class') {
    // Mostly there is no feedback, so there is nothing to take apart.
    const tokens = value.trim().replace(/\s+/g, ' ')
    return FEEDBACK.test(tokens) ? tokens.split(' ').filter((token) => !FEEDBACK.test(token)).join(' ') : tokens
  }
  if (name === 'style') return pressed ? value.replace(STYLE, '').trim() : value
  return FEEDBACK.test(`${name}=`) && !name.startsWith('aria-') ? '' : `${name}=${value}`
}
