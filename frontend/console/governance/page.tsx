// What the assistant may do, how far alone, who decided that, and the record of it all.
import { Tabs } from '../room'
import type { RoomProps } from '../rooms'
import { Empty } from '../states'

export default function GovernancePage({ address }: RoomProps) {
  return (
    <section class="friction">
      <Tabs room="guardrails" rest={address.rest} label="Guardrails" tabs={[['', 'Guardrails']]} />
      <Empty icon="shield" title="Guardrails" />
    </section>
  )
}
