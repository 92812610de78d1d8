// Loads a room of `rooms.ts` the first time somebody goes there, and the tabs rooms divide themselves by.
import type { ComponentType } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { follow } from './address'
import { useLoaded } from './hooks'
import { ROOMS, type RoomProps } from './rooms'
import { Failed, Loading } from './states'

export function RoomPage(props: RoomProps) {
  const { room } = props.address
  const page = useLoaded<{ default: ComponentType<RoomProps> }>(`room ${room}`, () => {
    const found = ROOMS.find(({ path }) => path === room)
    return found ? found.load() : Promise.reject(new Error('There is no such page.'))
  })
  if (page.error) return <Failed error={page.error} retry={page.again} whole />
  if (!page.value) return <Loading rows={8} label="Opening" />
  const Page = page.value.default
  return <Page {...props} />
}

/** `tabs`: what follows the room's path, and its words. The first is the room's own address. */
export function Tabs({ room, rest, tabs, label }: { room: string; rest: string; tabs: [string, string][]; label: string }) {
  const bar = useRef<HTMLElement>(null)
  // On a phone the tabs scroll: where one is must be seen among them.
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
