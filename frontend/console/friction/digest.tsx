// The weekly digest by e-mail: subscribed to, and left again, with one click.
import { useState } from 'preact/hooks'
import { call } from '../api'
import { useLoaded } from '../hooks'

const ADDRESS = '/friction/digest'

export function WeeklyDigest() {
  const found = useLoaded('friction digest', () => call<{ subscribed: boolean; to: string; sent: boolean }>(ADDRESS))
  const [refused, setRefused] = useState('')
  if (!found.value) return null
  const { subscribed, to, sent } = found.value
  const turn = () =>
    call(ADDRESS, { subscribed: !subscribed }).then(
      () => (setRefused(''), found.again()),
      (error: Error) => setRefused(error.message),
    )
  return (
    <>
      <button type="button" class="vc-button vc-button-plain" aria-pressed={subscribed} onClick={turn} data-testid="friction-digest">
        {subscribed ? 'Weekly e-mail: on' : 'Weekly e-mail'}
      </button>
      {subscribed && (
        <span class="soft" role="status">
          {sent ? `Once a week, to ${to}` : 'No mail server is set: nothing is sent'}
        </span>
      )}
      {refused && <span role="alert" class="soft">{refused}</span>}
    </>
  )
}
