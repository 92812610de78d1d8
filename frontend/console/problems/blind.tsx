// Pages that stopped sending anything: nothing is known of them, and silence is not health.
import { Icon } from '../../shared/icon'
import { shortClock } from '../words'
import type { Blind } from './types'

export function Silent({ blind }: { blind: Blind[] }) {
  if (blind.length === 0) return null
  const few = blind.slice(0, 5)
  return (
    <p class="blind" role="status" data-testid="blind">
      <Icon name="eye" />
      <span>
        Blind since {shortClock(few[0]!.since)}: nobody was seen on {few.map(({ page }) => page || '/').join(', ')}
        {blind.length > few.length && ` and ${blind.length - few.length} more pages`}. Either the page was renamed or the widget is gone from it; no fix is verified there.
      </span>
    </p>
  )
}
