import { expect, test } from 'vitest'
import type { SentEvent } from '../../protocol/protocol.ts'
import { ClickNumbers } from './clicks.ts'

class Tab {
  kept = new Map<string, string>()
  getItem = (name: string) => this.kept.get(name) ?? null
  setItem = (name: string, value: string) => void this.kept.set(name, value)
}

const element = { id: 'button-1', role: 'button' }
const click = (number: number): SentEvent => ({ type: 'click', at: 1, page: '/', click: number, element, x: 0, y: 0 })
const numberOf = (event: SentEvent) => ('click' in event ? event.click : undefined)

function page(tab: Tab | null) {
  return new ClickNumbers(tab as unknown as Storage | null)
}

test('it works', () => {
  const tab = new Tab()
  const first = page(tab)
  expect([1, 2].map((one) => numberOf(first.number(click(one))))).toEqual([1, 2])
  first.save()
  const second = page(tab)
  expect(numberOf(second.number(click(1)))).toBe(3)
  expect(second.number({ type: 'burst', at: 1, page: '/', burst: 1, element, verdict: 'rage', clicks: 3, answered: 0, span: 9 }))
    .toMatchObject({ burst: 3 })
})

test('a page that was away goes on behind what was clicked meanwhile', () => {
  const tab = new Tab()
  const first = page(tab)
  first.number(click(1))
  first.save()
  const second = page(tab)
  for (const one of [1, 2, 3]) second.number(click(one))
  second.save()
  first.proceed()
  expect(numberOf(first.number(click(2)))).toBe(5)
})

test('what has no number keeps none', () => {
  const numbers = page(null)
  numbers.number(click(4))
  numbers.save()
  const error: SentEvent = { type: 'error', at: 1, page: '/', message: 'x', source: '', line: 0, click: null }
  expect(numbers.number(error)).toEqual(error)
})
