// The frame around every page: where to go, who is signed in, whether what is shown is live.
import type { ComponentChildren, ComponentType, RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { readQueue, signOut } from './api'
import { type Address, follow, go, type KnownAddress } from './address'
import { Avatar } from '../shared/avatar'
import { Button } from '../shared/button'
import { Icon } from '../shared/icon'
import { useLoaded } from './hooks'
import { closeMenu, nothingFocused } from './focus'
import { useShortcuts } from './keys'
import { type Connection, listen } from './live'
import { readWanted, useNotifications, wantDesktop, wantSound } from './notify'
import { ROOMS } from './rooms'
import type { Me } from './types'

interface ShellProps {
  me: Me
  address: Address
  connection: Connection
  children: ComponentChildren
}

const QUEUE = { page: 'queue', escalation: null, view: 'active', order: 'value' } as const
const OWN = { page: 'room', room: 'you', rest: '', query: {} } as const
const FRICTION = { page: 'friction', period: '7d', kind: '', place: '' } as const

export function Shell({ me, address, connection, children }: ShellProps) {
  const [help, showHelp] = useState(false)
  const [commanding, command] = useState(false)
  useNotifications(me.member)
  const room = address.page === 'room' ? address.room : address.page
  const ownLink = followFromMenu(OWN)
  const rail = useRef<HTMLDivElement>(null)
  const main = useRef<HTMLElement>(null)
  useRefuge(main, location.pathname)
  // On a phone the rail scrolls, and the current room must stay visible.
  useEffect(() => {
    const here = rail.current?.querySelector('[aria-current]')
    here?.scrollIntoView({ block: 'nearest', inline: 'center' })
    void import('./tab').then(({ showTab }) => showTab(here?.textContent ?? titleOf(room), readQueue, listen))
  }, [room])
  usePalette(() => command(true))
  useShortcuts([
    { key: '?', what: 'Keys', run: () => showHelp(true) },
    { key: 'g', what: 'Go to the queue', run: () => go(QUEUE) },
    // On the queue's page the queue takes this key.
    { key: '/', what: 'Search everything', run: () => go({ page: 'room', room: 'search', rest: '', query: {} }), quiet: true },
  ])
  return (
    <div class="shell">
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        To the page
      </a>
      <nav class="rail" aria-label="Console">
        <img class="rail-mark" src="/static/console/icon.svg" alt="VCSM" width="32" height="32" />
        <div class="rail-links" ref={rail}>
          <a {...follow(QUEUE)} class="rail-link" aria-current={address.page === 'queue' ? 'page' : undefined}>
            <Icon name="chat" />
            Queue
          </a>
          <a {...follow(FRICTION)} class="rail-link" aria-current={address.page === 'friction' ? 'page' : undefined}>
            <Icon name="warning" />
            Friction
          </a>
          {ROOMS.filter(({ own }) => !own).map(({ path, title, icon }) => (
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
        <Button look="quiet" square class="rail-find" aria-label="Commands and search" title="Ctrl K" data-testid="open-palette" onClick={() => command(true)}>
          <Icon name="search" />
        </Button>
        <Button look="quiet" class="rail-help" aria-label="Keyboard shortcuts" onClick={() => showHelp(true)}>
          ?
        </Button>
        <details class="rail-me" onKeyDown={closeMenu}>
          <summary aria-label={`Signed in as ${me.member.name}`}>
            <Avatar name={me.member.name} of="member" />
          </summary>
          <div class="rail-menu">
            <p>
              <strong>{me.member.name}</strong>
              <span class="soft">{me.workspace.name}</span>
            </p>
            <a {...ownLink} class="vc-button vc-button-plain" aria-current={room === OWN.room ? 'page' : undefined} data-testid="your-account">
              Your account
            </a>
            <Tell />
            <Button onClick={() => void signOut()} data-testid="sign-out">
              Sign out
            </Button>
          </div>
        </details>
      </nav>
      <main class="main" id="main" tabIndex={-1} ref={main}>
        <Away connection={connection} />
        {children}
      </main>
      {help && <Later name="keys" load={() => import('./keys_list')} close={() => showHelp(false)} />}
      {commanding && <Later name="palette" load={() => import('./palette')} close={() => command(false)} />}
    </div>
  )
}

const titleOf = (room: string) => ROOMS.find(({ path }) => path === room)?.title ?? ''

/** A link in the member's menu, which closes behind whoever goes. */
function followFromMenu(address: KnownAddress) {
  const { href, onClick } = follow(address)
  const closing = (event: MouseEvent & { currentTarget: HTMLElement }) => {
    onClick(event)
    const menu = event.currentTarget.closest('details')
    menu?.querySelector('summary')?.focus()
    menu?.removeAttribute('open')
  }
  return { href, onClick: closing }
}

/** Lies over the page and lets clicks through: what is under the hand must not move because a cable did. */
function Away({ connection }: { connection: Connection }) {
  const [late, setLate] = useState(false)
  useEffect(() => listen({ late: setLate }), [])
  if (connection === 'offline')
    return (
      <p class="offline" role="alert" data-testid="offline">
        <Icon name="retry" /> Not connected; trying again. What you see may be old, what you write stays here.
      </p>
    )
  return late ? (
    <p class="offline" role="status" data-testid="late">
      <Icon name="retry" /> The server is slow to answer. Nothing is lost; still waiting.
    </p>
  ) : null
}

/**
 * Moves the focus to the page when a new page removes what had it, so that nobody has to tab
 * through the rail again.
 */
function useRefuge(main: RefObject<HTMLElement | null>, page: string): void {
  const shown = useRef(page)
  useEffect(() => {
    if (shown.current !== page && nothingFocused()) main.current?.focus()
    shown.current = page
  }, [page])
}

/** Opens on Ctrl or ⌘ with K, even while somebody types, but not while a dialog is open. */
function usePalette(open: () => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      if (!document.querySelector('dialog[open]')) open()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
}

interface LaterProps {
  name: string
  load(): Promise<{ default: ComponentType<{ close(): void }> }>
  close(): void
}

/** A dialog that is loaded when it is first asked for. */
function Later({ name, load, close }: LaterProps) {
  const Dialog = useLoaded(name, load).value?.default
  return Dialog ? <Dialog close={close} /> : null
}

/** Whether new work may interrupt: each member asks for it here; it is off until then. */
function Tell() {
  const [wanted, want] = useState(readWanted)
  const [refused, refuse] = useState(false)
  const desktop = async (on: boolean) => {
    const granted = await wantDesktop(on)
    refuse(on && !granted)
    want({ ...wanted, desktop: granted })
  }
  const sound = (on: boolean) => {
    wantSound(on)
    want({ ...wanted, sound: on })
  }
  return (
    <fieldset class="rail-tell">
      <legend>When new work comes and I am elsewhere</legend>
      <label>
        <input type="checkbox" checked={wanted.desktop} data-testid="want-desktop" onChange={(event) => void desktop(event.currentTarget.checked)} /> Tell me on the desktop
      </label>
      <label>
        <input type="checkbox" checked={wanted.sound} data-testid="want-sound" onChange={(event) => sound(event.currentTarget.checked)} /> With a sound
      </label>
      {refused && <p class="soft">The browser does not allow it for this page; its settings can change that.</p>}
    </fieldset>
  )
}
