// Who else is looking at which escalation: told by their pages, forgotten when these fall silent.
import { useEffect, useState } from 'preact/hooks'
import { listen } from './live'
import type { Hint } from './types'

/** Their pages say it again every 30 seconds. */
const FORGOTTEN_AFTER = 75_000

export interface Look {
  socket: string
  name: string
  member: number
  escalation: string
  at: number
}

type Looking = Extract<Hint, { what: 'looking' }>

/** The looks after one more was told; pure. */
export function looked(looks: Look[], hint: Looking, now: number): Look[] {
  const others = looks.filter((look) => look.socket !== hint.socket && now - look.at < FORGOTTEN_AFTER)
  if (!hint.escalation) return others
  return [...others, { socket: hint.socket, name: hint.member.name, member: hint.member.id, escalation: hint.escalation, at: now }]
}

/** Names of the members who look at it, each once. */
export function lookersAt(looks: Look[], escalation: string): string[] {
  const names = new Map(looks.filter((look) => look.escalation === escalation).map((look) => [look.member, look.name]))
  return [...names.values()]
}

let looks: Look[] = []
const watchers = new Set<() => void>()

/** From the page's start: what colleagues answer a new connection with comes before anything is drawn. */
export function watchPresence(): void {
  listen({
    hint: (hint) => hint.what === 'looking' && become(looked(looks, hint, Date.now())),
    // Whoever is still there answers the new connection.
    connection: (state) => state === 'offline' && become([]),
  })
  setInterval(() => become(kept(looks, Date.now())), 15_000)
}

/** The looks of everybody but `me`: a member's own other windows are none of their concern. */
export function usePresence(me: number): Look[] {
  const [seen, see] = useState(looks)
  useEffect(() => {
    const look = () => see(looks)
    look()
    watchers.add(look)
    return () => void watchers.delete(look)
  }, [])
  return seen.filter((look) => look.member !== me)
}

function become(next: Look[]): void {
  if (next === looks) return
  looks = next
  for (const watcher of watchers) watcher()
}

function kept(looks: Look[], now: number): Look[] {
  const left = looks.filter((look) => now - look.at < FORGOTTEN_AFTER)
  return left.length === looks.length ? looks : left
}
