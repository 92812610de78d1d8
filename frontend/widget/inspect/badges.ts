// Where the words of each box go: on screen, and not over another box's words. Pure.
export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

export interface Size {
  width: number
  height: number
}

export interface Spot {
  left: number
  top: number
  /** Whether there was room only for the share, not for all the words. */
  brief: boolean
}

/**
 * Returns a free spot for a box's words: above it, below it or inside it, at its left or right
 * edge. Tries all the words first, then the share alone; null when nothing is free.
 */
export function placeBadge(box: Box, full: Size, brief: Size, view: Size, taken: Box[]): Spot | null {
  for (const [size, isBrief] of [[full, false], [brief, true]] as const) {
    const ends = [box.left, box.right - size.width]
    const rows = [box.top - size.height, box.bottom, box.top, box.bottom - size.height]
    for (const top of rows)
      for (const left of ends) {
        const own = { left, top, right: left + size.width, bottom: top + size.height }
        if (left < 0 || top < 0 || own.right > view.width || own.bottom > view.height) continue
        if (!taken.some((other) => overlaps(own, other))) return { left, top, brief: isBrief }
      }
  }
  return null
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
