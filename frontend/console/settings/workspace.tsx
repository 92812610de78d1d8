// What holds for the whole workspace: so far, what its amounts are in.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Card } from '../escalation/cards'
import { moneyIn } from '../money'
import type { PartProps } from './page'

/** An amount such as accounts have, to show what a change means. */
const EXAMPLE = 48_000
const NAMES = new Intl.DisplayNames(undefined, { type: 'currency' })
const named = (code: string) => (NAMES.of(code) === code ? code : `${code}, ${NAMES.of(code)}`)

export function WorkspacePage({ setup, change }: PartProps) {
  const [wanted, want] = useState(setup.currency)
  // One that is no longer legal tender anywhere stays what it was called.
  const codes = setup.currencies.includes(setup.currency) ? setup.currencies : [setup.currency, ...setup.currencies]
  return (
    <Card title="Currency" testid="currency">
      <p>
        What accounts pay, what a problem puts at risk and what a person’s minutes bring are amounts in <strong>{named(setup.currency)}</strong>.
      </p>
      {setup.may_admin ? (
        <div class="row-form">
          <label>
            Currency
            <select class="vc-field" value={wanted} disabled={change.busy} onChange={(event) => want(event.currentTarget.value)}>
              {codes.map((code) => (
                <option key={code} value={code}>
                  {named(code)}
                </option>
              ))}
            </select>
          </label>
        </div>
      ) : (
        <p class="soft">An admin can change that.</p>
      )}
      {wanted !== setup.currency && (
        <div class="sure" role="status" data-testid="currency-sure">
          <p>
            <strong>Nothing is converted.</strong> Every amount stays the number it is: what is {moneyIn(setup.currency).full(EXAMPLE)} now is called {moneyIn(wanted).full(EXAMPLE)} from then on, for everybody here.
          </p>
          <p class="form-foot">
            <Button look="primary" disabled={change.busy} onClick={() => change.send('/currency', { currency: wanted })}>
              Call them {wanted}
            </Button>
            <Button look="quiet" onClick={() => want(setup.currency)}>
              Keep {setup.currency}
            </Button>
          </p>
        </div>
      )}
    </Card>
  )
}
