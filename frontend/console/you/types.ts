// A member's own log-in, as `/console/api/you` tells it.
export interface You {
  name: string
  signs_in_as: string
  email: string
  role: string
  second_factor: boolean
  second_factor_asked: boolean
  /** What a new password must be, in sentences. */
  rules: string[]
  browsers: SignedIn[]
}

export interface SignedIn {
  browser: string
  began_at: string
  seen_at: string
  /** The one that asks. */
  this: boolean
}
