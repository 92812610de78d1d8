// Loads a page the first time somebody goes there, and draws the tabs that divide a room.
import type { ComponentType } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { follow } from './address'
import { useLoaded } from './hooks'
import { ROOMS, type RoomProps } from './rooms'
import { Failed, Loading } from './states'

export function RoomPage(props: RoomProps) {
  const { room } = props.address
  return (
    <LaterPage<RoomProps>
      name={room}
      load={() => {
        const found = ROOMS.find(({ path }) => path === room)
        return found ? found.load() : Promise.reject(new Error('There is no such page.'))
      }}
      with={props}
    />
  )
}

interface LaterProps<Props> {
  name: string
  load(): Promise<{ default: ComponentType<Props> }>
  with: Props
}

/** A page whose code is fetched when somebody first goes there; the first view does without it. */
export function LaterPage<Props extends object>({ name, load, with: props }: LaterProps<Props>) {
  const page = useLoaded(`page ${name}`, load)
  if (page.error) return <Failed error={page.error} retry={page.again} whole />
  if (!page.value) return <Loading rows={8} label="Opening" />
  const Page = page.value.default
  return <Page {...props} />
}

/** `tabs`: what follows the room's path, and the tab's words. The first is the room's address. */
export function Tabs({ room, rest, tabs, label }: { room: string; rest: string; tabs: [string, string][]; label: string }) {
  const bar = useRef<HTMLElement>(null)
  // On a phone the tabs scroll, and the current one must stay visible.
  useEffect(() => bar.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' }), [rest])
  return (
    <nav class="choices" aria-label={label} ref={bar}>
      {tabs.map(([path, words]) => (
        <a key={path} {...follow({ page: 'room', room, rest: path, query: {} })} class="choice" aria-current={rest === path ? 'page' : undefined}>
          {words}
        </a>
      ))}
    </nav>
  )
}
