import { expect, test } from 'vitest'
import { placeBadge } from './badges.ts'

const VIEW = { width: 390, height: 800 }
const FULL = { width: 200, height: 20 }
const BRIEF = { width: 40, height: 20 }
const at = (left: number, top: number) => ({ left, top, right: left + 80, bottom: top + 40 })

test('it stands above its box', () => {
  expect(placeBadge(at(20, 100), FULL, BRIEF, VIEW, [])).toEqual({ left: 20, top: 80, brief: false })
})

test('at the right edge it ends with its box, at the top it hangs below', () => {
  expect(placeBadge(at(300, 100), FULL, BRIEF, VIEW, [])).toEqual({ left: 180, top: 80, brief: false })
  expect(placeBadge(at(20, 5), FULL, BRIEF, VIEW, [])).toEqual({ left: 20, top: 45, brief: false })
})

test('of many close to each other none lies over another', () => {
  const taken: { left: number; top: number; right: number; bottom: number }[] = []
  let placed = 0
  for (let row = 0; row < 12; row++)
    for (let column = 0; column < 4; column++) {
      const spot = placeBadge(at(column * 90, 20 + row * 44), FULL, BRIEF, VIEW, taken)
      if (!spot) continue
      const size = spot.brief ? BRIEF : FULL
      const own = { ...spot, right: spot.left + size.width, bottom: spot.top + size.height }
      for (const other of taken) expect(own.left < other.right && other.left < own.right && own.top < other.bottom && other.top < own.bottom).toBe(false)
      taken.push(own)
      placed++
    }
  expect(placed).toBe(48)
})

test('what has no room at all has no words', () => {
  expect(placeBadge(at(20, 100), FULL, BRIEF, VIEW, [{ left: 0, top: 0, right: 390, bottom: 800 }])).toBeNull()
})
