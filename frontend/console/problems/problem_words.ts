// The words for problems, in one place.
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
