// The frame around every page: where to go, who is signed in, whether what is shown is live.
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { signOut } from './api'
import { type Address, follow } from './address'
import { Avatar } from '../shared/avatar'
import { Button } from '../shared/button'
import { Icon } from '../shared/icon'
import { useShortcuts } from './keys'
import type { Connection } from './live'
import { ROOMS } from './rooms'
import type { Me } from './types'

interface ShellProps {
  me: Me
  address: Address
  connection: Connection
  children: ComponentChildren
}

const QUEUE = { page: 'queue', escalation: null, view: 'active', order: 'value' } as const
const FRICTION = { page: 'friction', period: '7d', kind: '', place: '' } as const

export function Shell({ me, address, connection, children }: ShellProps) {
  const [help, showHelp] = useState(false)
  useShortcuts([{ key: '?', what: 'Keys', run: () => showHelp(true) }])
  return (
    <div class="shell">
      <nav class="rail" aria-label="Console">
        <img class="rail-mark" src="/static/console/icon.svg" alt="VCSM" width="32" height="32" />
        <div class="rail-links">
          <a {...follow(QUEUE)} class="rail-link" aria-current={address.page === 'queue' ? 'page' : undefined}>
            <Icon name="chat" />
            Queue
          </a>
          <a {...follow(FRICTION)} class="rail-link" aria-current={address.page === 'friction' ? 'page' : undefined}>
            <Icon name="warning" />
            Friction
          </a>
          {ROOMS.map(({ path, title, icon }) => (
            <a
              key={path}
              {...follow({ page: 'room', room: path, rest: '', query: {} })}
              class="rail-link"
              aria-current={address.page === 'room' && address.room === path ? 'page' : undefined}
            >
              <Icon name={icon} />
              {title}
            </a>
          ))}
        </div>
        <Button look="quiet" class="rail-help" aria-label="Keyboard shortcuts" onClick={() => showHelp(true)}>
          ?
        </Button>
        <details class="rail-me">
          <summary aria-label={`Signed in as ${me.member.name}`}>
            <Avatar name={me.member.name} of="member" />
          </summary>
          <div class="rail-menu">
            <p>
              <strong>{me.member.name}</strong>
              <span class="soft">{me.workspace.name}</span>
            </p>
            <Button onClick={() => void signOut()} data-testid="sign-out">
              Sign out
            </Button>
          </div>
        </details>
      </nav>
      <main class="main">
        {connection === 'offline' && (
          <p class="offline" role="alert" data-testid="offline">
            <Icon name="retry" /> Not connected. What you see may be old; trying again.
          </p>
        )}
        {children}
      </main>
      {help && <Help close={() => showHelp(false)} />}
    </div>
  )
}

const KEYS: [string, string][] = [
  ['j', 'Next in the queue'],
  ['k', 'Previous in the queue'],
  ['Enter', 'Open'],
  ['n', 'Show new work'],
  ['t', 'Take over'],
  ['r', 'Reply'],
  ['e', 'Resolve'],
  ['Esc', 'Close'],
  ['?', 'This list'],
]

function Help({ close }: { close(): void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="keys-title" onClose={close} data-testid="keys">
      <h2 id="keys-title">Keys</h2>
      <dl class="keys">
        {KEYS.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <footer class="dialog-foot">
        <Button onClick={close}>Close</Button>
      </footer>
    </dialog>
  )
}
