// Accounts: the list, and one account on one page.
import '../style/rows.css'
import './accounts.css'
import type { RoomProps } from '../rooms'
import { Empty } from '../states'
import { AccountsList } from './list'
import { WholeAccount } from './whole'

export default function AccountsPage({ address, me }: RoomProps) {
  const opened = /^\d+$/.test(address.rest) ? Number(address.rest) : null
  if (opened !== null) return <WholeAccount key={opened} id={opened} me={me} />
  if (address.rest) return <Empty icon="search" title="There is no such page" whole />
  return <AccountsList address={address} me={me} />
}
