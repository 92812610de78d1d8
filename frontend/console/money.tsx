// Money as people read it, in the workspace's currency; the API sends amounts without it.
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

export interface Money {
  currency: string
  /** `€1.2M`, `€950`, `€2.50`: where there is little room. */
  short(amount: number): string
  /** `€1,234,567`: where the exact amount matters. */
  full(amount: number): string
}

/** From here on decimals are left out, as in mail and PDF (`vcsm/core/money.py`). */
const WHOLE_FROM = 10
const SHORT_FROM = 1_000

/**
 * Returns a currency's formats; a currency without a sign in the reader's language gets its code.
 */
export function moneyIn(currency: string, locale?: string): Money {
  const shape = (more: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, { style: 'currency', currency, signDisplay: 'negative', ...more })
  const exact = shape({})
  const whole = shape({ minimumFractionDigits: 0, maximumFractionDigits: 0 })
  const brief = shape({ notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 1 })
  const full = (amount: number) => (Math.abs(amount) >= WHOLE_FROM || Number.isInteger(amount) ? whole : exact).format(amount)
  return { currency, full, short: (amount) => (Math.abs(amount) >= SHORT_FROM ? brief.format(amount) : full(amount)) }
}

export const InMoney = createContext(moneyIn('USD'))

export const useMoney = () => useContext(InMoney)

/** Shows an amount in short, and exactly on hover. */
export function Amount({ of: amount }: { of: number }) {
  const money = useMoney()
  const [short, full] = [money.short(amount), money.full(amount)]
  return <span title={short === full ? undefined : full}>{short}</span>
}
