import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KEPT_MS, Ring } from './ring.ts'

describe('ring', () => {
  it('works', () => {
    const ring = new Ring()
    ring.add('a', 0, true)
    ring.add('b', 10, false)
    ring.add('c', 30_000, true)
    expect(ring.take()).toEqual([{ at: 0, events: ['a', 'b'] }, { at: 30_000, events: ['c'] }])
    expect(ring.take()).toEqual([])
  })

  it('goes on without a snapshot after everything was taken', () => {
    const ring = new Ring()
    ring.add('a', 0, true)
    ring.take()
    ring.add('b', 10, false)
    expect(ring.take()).toEqual([{ at: 10, events: ['b'] }])
  })

  it('keeps at least the last minutes, and not much more', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 60 }), (gaps) => {
      const ring = new Ring()
      let now = 0
      const begun: number[] = []
      for (const gap of gaps) {
        now += gap
        begun.push(now)
        ring.add('x', now, true)
      }
      const kept = ring.take().map((segment) => segment.at)
      expect(kept).toEqual(begun.slice(-kept.length))
      // The newest segment that reaches far enough back is the oldest one kept.
      const needed = begun.filter((at) => at <= now - KEPT_MS).at(-1) ?? begun[0]
      expect(kept[0]).toBe(needed)
    }))
  })

  it('stays within its memory, whatever the page does', () => {
    const ring = new Ring()
    const large = 'x'.repeat(900_000)
    for (let segment = 0; segment < 30; segment++) {
      for (let event = 0; event < 8; event++) ring.add(large, segment, event === 0)
    }
    const held = ring.take().flatMap((segment) => segment.events).reduce((sum, event) => sum + event.length, 0)
    expect(held).toBeGreaterThan(1_000_000)
    expect(held).toBeLessThanOrEqual(12_000_000)
  })

  it('records nothing after a hole, until the next snapshot', () => {
    const ring = new Ring()
    ring.add('snapshot', 0, true)
    ring.add('x'.repeat(4_000_001), 1, false)
    ring.add('change', 2, false)
    ring.add('snapshot', 3, true)
    ring.add('change', 4, false)
    expect(ring.take().map((segment) => segment.events)).toEqual([['snapshot'], ['snapshot', 'change']])
  })

  it('takes over what an earlier page left, but not what is too old', () => {
    const old = { at: 0, events: ['old'] }
    const fresh = { at: 200_000, events: ['fresh'] }
    expect(new Ring([old, fresh], 210_000).take()).toEqual([fresh])
  })
})
