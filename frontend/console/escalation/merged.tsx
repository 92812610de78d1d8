// The escalations merged into this one, and how to take them apart again.
import { type CallFailed, mergeInto } from '../api'
import { follow } from '../address'
import { Button } from '../../shared/button'
import type { Merged } from '../types'
import { Card } from './cards'

export function MergedCard({ merged, again, failed }: { merged: Merged[]; again(): void; failed(error: CallFailed): void }) {
  if (merged.length === 0) return null
  return (
    <Card title="Merged into this" testid="merged">
      <ul class="facts">
        {merged.map((one) => (
          <li key={one.id} class="fact">
            <span class="fact-main">
              <a {...follow({ page: 'queue', escalation: one.id, view: 'active', order: 'value' })}>
                <bdi>{one.contact}</bdi>
              </a>{' '}
              <bdi class="soft">{one.summary}</bdi>
            </span>
            {one.state !== 'resolved' && (
              <Button look="quiet" onClick={() => mergeInto(one.id, null).then(again, failed)}>
                Take apart
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
