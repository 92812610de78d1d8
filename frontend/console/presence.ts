// Who else is looking at which escalation: their pages say so; silent ones are forgotten.
import { useEffect, useState } from 'preact/hooks'
import { listen } from './live'
import type { Hint } from './types'

/** Their pages repeat it every 30 seconds. */
const FORGOTTEN_AFTER = 75_000

export interface Look {
  socket: string
  name: string
  member: number
  escalation: string
  at: number
}

type Looking = Extract<Hint, { what: 'looking' }>

/** Returns the looks after one more hint. Pure. */
export function looked(looks: Look[], hint: Looking, now: number): Look[] {
  const others = looks.filter((look) => look.socket !== hint.socket && now - look.at < FORGOTTEN_AFTER)
  if (!hint.escalation) return others
  return [...others, { socket: hint.socket, name: hint.member.name, member: hint.member.id, escalation: hint.escalation, at: now }]
}

/** Returns the names of the members who are looking at it, each once. */
export function lookersAt(looks: Look[], escalation: string): string[] {
  const names = new Map(looks.filter((look) => look.escalation === escalation).map((look) => [look.member, look.name]))
  return [...names.values()]
}

let looks: Look[] = []
const watchers = new Set<() => void>()

/** Listens from the page's start: colleagues answer a new connection before anything is drawn. */
export function watchPresence(): void {
  listen({
    hint: (hint) => hint.what === 'looking' && become(looked(looks, hint, Date.now())),
    // Colleagues who are still there answer the new connection.
    connection: (state) => state === 'offline' && become([]),
  })
  setInterval(() => become(kept(looks, Date.now())), 15_000)
}

/** Returns the looks of everybody but `me`: a member's own other windows are left out. */
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
