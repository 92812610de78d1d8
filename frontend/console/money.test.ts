import { describe, expect, test } from 'vitest'
import { moneyIn } from './money'

/** No-break spaces as plain ones. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')
const both = (currency: string, amount: number, locale = 'en') => {
  const money = moneyIn(currency, locale)
  return [plain(money.short(amount)), plain(money.full(amount))]
}

describe('money', () => {
  test('it works', () => {
    expect(both('EUR', 1_234_567)).toEqual(['€1.2M', '€1,234,567'])
    expect(both('EUR', 48_000)).toEqual(['€48K', '€48,000'])
    expect(both('EUR', 1_234_567, 'de')).toEqual(['1,2 Mio. €', '1.234.567 €'])
  })

  test('what comes after the point is read of small amounts only', () => {
    expect(both('EUR', 2.5)).toEqual(['€2.50', '€2.50'])
    expect(both('EUR', 12.4)).toEqual(['€12', '€12'])
    expect(both('EUR', 433.6)).toEqual(['€434', '€434'])
  })

  test('a currency without smaller coins never has any', () => {
    expect(both('JPY', 2.5)).toEqual(['¥3', '¥3'])
    expect(both('JPY', 1_234_567)).toEqual(['¥1.2M', '¥1,234,567'])
  })

  test('one without a sign in this language has its code', () => {
    expect(both('CHF', 48_000)).toEqual(['CHF 48K', 'CHF 48,000'])
    expect(both('XCG', 48_000)[1]).toMatch(/^(XCG|Cg\.) ?48,000$/)
  })

  test('less than nothing says so, and nothing does not', () => {
    expect(both('EUR', -48_000)).toEqual(['-€48K', '-€48,000'])
    expect(both('JPY', -0.3)).toEqual(['¥0', '¥0'])
  })
})
