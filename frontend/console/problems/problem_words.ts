// The words of problems, in one place.
import { compact } from '../words'
import type { Problem, State } from './types'

export const STATES: Record<State, string> = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  claimed: 'Fix claimed',
  verified: 'Verified',
  merged: 'Merged',
}

export const SCOPES: Record<Problem['scope'], string> = {
  product: 'Hits customers of any account',
  account: 'Hits one account only',
  fleet: 'Hits every page at once',
}

export const STEPS: Record<string, string> = {
  opened: 'Opened',
  assigned: 'Given to',
  merged: 'Merged into',
  restored: 'Set apart again from',
  acknowledged: 'Acknowledged',
  fix_claimed: 'Fix claimed',
  verified: 'Verified by the rate',
  reopened: 'Came back',
}

/** Money of a year; the currency is the workspace's own and not known here. */
export const money = (value: number) => (value >= 10_000 ? compact(value) : Math.round(value).toLocaleString())
