// Which rows of a long list are drawn: those in sight and some around them.
import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** Of one row in pixels, as in queue.css: a row's text is cut, never its height grown. */
export const ROW_HEIGHT = 124
const AROUND = 6
/** So near to the end the next piece is asked for. */
const NEAR_END = 40

export interface Span {
  from: number
  to: number
}

/** Pure: rows `from` to `to` (not included) of `count`. */
export function spanOf(scrolled: number, height: number, count: number): Span {
  const from = Math.max(0, Math.min(count, Math.floor(scrolled / ROW_HEIGHT) - AROUND))
  const to = Math.max(from, Math.min(count, Math.ceil((scrolled + height) / ROW_HEIGHT) + AROUND))
  return { from, to }
}

export function useWindow(box: RefObject<HTMLElement | null>, count: number, nearEnd: () => void): Span {
  // Until it is measured, more than fits on a screen is too much for a first paint.
  const [span, setSpan] = useState<Span>(() => spanOf(0, 900, count))
  useEffect(() => {
    const element = box.current
    if (!element) return
    const look = () => {
      const next = spanOf(element.scrollTop, element.clientHeight, count)
      setSpan((before) => (before.from === next.from && before.to === next.to ? before : next))
      if (next.to >= count - NEAR_END) nearEnd()
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    const resized = new ResizeObserver(look)
    resized.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      resized.disconnect()
    }
  }, [box, count, nearEnd])
  return { from: Math.min(span.from, count), to: Math.min(Math.max(span.to, span.from), count) }
}

/** Scrolls as little as it takes to have the row at `index` wholly in sight. */
export function showRow(element: HTMLElement | null, index: number): void {
  if (!element || index < 0) return
  const top = index * ROW_HEIGHT
  if (top < element.scrollTop) element.scrollTop = top
  else if (top + ROW_HEIGHT > element.scrollTop + element.clientHeight) element.scrollTop = top + ROW_HEIGHT - element.clientHeight
}
