// Starts the console: who is signed in, the live socket, and the page that the address names.
import { render } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { readMe } from './api'
import { useAddress } from './address'
import { useLoaded } from './hooks'
import { connect, type Connection, listen } from './live'
import { InMoney, moneyIn } from './money'
import { watchPresence } from './presence'
import { QueuePage } from './queue/page'
import { LaterPage, RoomPage } from './room'
import { Shell } from './shell'
import { SignedOut } from './signed_out'
import { Empty, Failed, Loading } from './states'
import '../shared/tokens.css'
import '../shared/controls.css'
import './style/frame.css'
import './style/table.css'
import './style/queue.css'
import './style/pick.css'
import './style/escalation.css'
import './style/timeline.css'
import './style/screen.css'
import './style/chat.css'
import './style/friction.css'
import './style/login.css'

function Console() {
  const address = useAddress()
  const me = useLoaded('me', readMe)
  const [connection, setConnection] = useState<Connection>('connecting')
  useEffect(() => listen({ connection: setConnection }), [])
  useEffect(() => listen({ hint: ({ what }) => what === 'workspace' && me.again(), resumed: me.again }), [me.again])
  const currency = me.value?.workspace.currency ?? 'USD'
  const money = useMemo(() => moneyIn(currency), [currency])
  if (connection === 'signed_out') return <SignedOut />
  if (me.error && !me.value) return <Failed error={me.error} retry={me.again} whole />
  if (!me.value) return <Loading label="Opening the console" />
  return (
    <InMoney.Provider value={money}>
      <Shell me={me.value} address={address} connection={connection}>
        {address.page === 'queue' && <QueuePage address={address} me={me.value} />}
        {address.page === 'friction' && <LaterPage name="friction" load={() => import('./friction/page')} with={{ address }} />}
        {address.page === 'room' && <RoomPage key={address.room} address={address} me={me.value} />}
        {address.page === 'unknown' && (
          <Empty icon="search" title="There is no such page" whole>
            <p>
              The queue is at <a href="/console/">the console's start</a>.
            </p>
          </Empty>
        )}
      </Shell>
    </InMoney.Provider>
  )
}

const root = document.getElementById('console')
if (root) {
  root.replaceChildren()
  watchPresence()
  connect()
  render(<Console />, root)
}
