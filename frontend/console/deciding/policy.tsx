// The whole policy as a file. An invalid one changes nothing, and the page says so.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Icon } from '../../shared/icon'
import { Card } from '../escalation/cards'
import { useMoney } from '../money'
import { full } from '../words'
import type { Deciding } from './types'
import { type Live, putPolicyFile } from './use_deciding'

export function RefusedPolicy({ found }: { found: Deciding }) {
  const { refused } = found
  if (!refused) return null
  return (
    <div class="note-line note-warn" role="status" data-testid="policy-refused">
      <Icon name="warning" />
      <div>
        <p>
          <strong>A newer policy is not in force.</strong> {refused.by || 'Somebody at the command line'} tried it at {full(refused.at)}; the one from before stays.
        </p>
        <p>{refused.problem}</p>
      </div>
    </div>
  )
}

export function PolicyPage({ found, live }: { found: Deciding; live: Live }) {
  const { currency } = useMoney()
  const [text, setText] = useState(found.refused?.text ?? found.policy_text)
  return (
    <Card title="The policy as a file" testid="policy-file">
      <label class="policy-file">
        <span>
          JSON; what is left out has its default. <code>minute_cost</code>, <code>annoyance</code> and <code>revenue_if_unknown</code> are amounts in {currency}.
        </span>
        <textarea class="vc-field" rows={22} spellcheck={false} value={text} disabled={!found.may_change} onInput={(event) => setText(event.currentTarget.value)} data-testid="policy-text" />
      </label>
      <p class="actions">
        <Button look="primary" disabled={!found.may_change || live.busy || text === found.policy_text} onClick={() => live.run(() => putPolicyFile(text))} data-testid="policy-save">
          Put in force
        </Button>
        <Button disabled={text === found.policy_text} onClick={() => setText(found.policy_text)}>
          Show what is in force
        </Button>
        <a href="/console/guardrails/backtest">What would it have done?</a>
      </p>
      {!found.may_change && <p class="soft">A lead or an admin puts it in force.</p>}
    </Card>
  )
}
