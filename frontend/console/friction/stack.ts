// The chart's arithmetic. Pure.
import type { Report } from '../types'

export interface Part {
  kind: string
  count: number
  from: number
}

export interface Step {
  total: number
  parts: Part[]
}

/** Returns one stack per bucket: each kind starts at the sum of those before it. */
export function stacked(kinds: Report['kinds'], size: number): Step[] {
  return Array.from({ length: size }, (_, index) => {
    let total = 0
    const parts: Part[] = []
    for (const { kind, trend } of kinds) {
      const count = trend[index] ?? 0
      if (count > 0) parts.push({ kind, count, from: total })
      total += count
    }
    return { total, parts }
  })
}

/**
 * Returns the smallest round, even number that the axis can end at, so that its half is whole too.
 */
export function axisTop(most: number): number {
  if (most <= 2) return 2
  const size = 10 ** Math.floor(Math.log10(most))
  const top = [1, 2, 4, 6, 8, 10].map((times) => times * size).find((value) => value >= most) ?? most
  return top % 2 === 0 ? top : top + 1
}
