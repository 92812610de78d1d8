// What the assistant may do, how far alone, who decided that, and the record of it all.
import { Tabs } from '../room'
import type { RoomProps } from '../rooms'
import { Empty } from '../states'
import { AgentsPage } from './agents'
import { AuditPage } from './audit'
import { AutonomyPage } from './autonomy'
import { BacktestPage } from './backtest'
import { ListPage } from './list'
import { SwitchesPage } from './switches'
import './governance.css'

const TABS: [string, string][] = [
  ['', 'Guardrails'],
  ['agents', 'Agents'],
  ['can', "Can and can't"],
  ['autonomy', 'Autonomy'],
  ['backtest', 'Backtest'],
  ['audit', 'Audit log'],
]

const HEADS: Record<string, [string, string]> = {
  '': ['Guardrails', 'What the assistant does of its own accord, and the switches that stop it.'],
  agents: ['Agents', 'Who acts, under what, how far alone. One click stops any of it.'],
  can: ["Can and can't", 'The list that every act is held against. What it does not name is not done.'],
  autonomy: ['Autonomy', 'Each use case earns its next rung, and loses one by itself.'],
  backtest: ['Backtest', 'What a change would have done over the last weeks, before you make it.'],
  audit: ['Audit log', 'Who did what, in an order that cannot be changed unseen.'],
}

export default function GovernancePage({ address }: RoomProps) {
  const head = HEADS[address.rest]
  return (
    <section class="governance" data-testid="governance">
      <header class="governance-head">
        <div>
          <h1>{head?.[0] ?? 'Guardrails'}</h1>
          <p class="soft">{head?.[1]}</p>
        </div>
        <Tabs room="guardrails" rest={address.rest} label="Guardrails" tabs={TABS} />
      </header>
      {address.rest === '' && <SwitchesPage />}
      {address.rest === 'agents' && <AgentsPage />}
      {address.rest === 'can' && <ListPage />}
      {address.rest === 'autonomy' && <AutonomyPage />}
      {address.rest === 'backtest' && <BacktestPage />}
      {address.rest === 'audit' && <AuditPage address={address} />}
      {!head && <Empty icon="search" title="There is no such page" />}
    </section>
  )
}
