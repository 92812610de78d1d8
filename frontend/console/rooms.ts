// Pages beside queue and friction: one line each, loaded when somebody goes there.
import type { ComponentType } from 'preact'
import type { IconName } from '../shared/icon'
import type { RoomAddress } from './address'
import type { Me } from './types'

export interface RoomProps {
  address: RoomAddress
  me: Me
}

export interface Room {
  /** `/console/<path>`; the room itself reads what follows (`address.rest`). */
  path: string
  /** Short, because it is shown under an icon in the rail. */
  title: string
  icon: IconName
  /** It stands in the member's menu, and not in the rail. */
  own?: true
  load(): Promise<{ default: ComponentType<RoomProps> }>
}

export const ROOMS: Room[] = [
  { path: 'accounts', title: 'Accounts', icon: 'person', load: () => import('./accounts/page') },
  { path: 'search', title: 'Search', icon: 'search', load: () => import('./search/page') },
  { path: 'problems', title: 'Problems', icon: 'flag', load: () => import('./problems/page') },
  { path: 'intents', title: 'Intents', icon: 'help', load: () => import('./understanding/page') },
  { path: 'articles', title: 'Articles', icon: 'book', load: () => import('./articles/page') },
  { path: 'deciding', title: 'Deciding', icon: 'check', load: () => import('./deciding/page') },
  { path: 'guardrails', title: 'Guardrails', icon: 'shield', load: () => import('./governance/page') },
  { path: 'detectors', title: 'Detectors', icon: 'pulse', load: () => import('./detectors/page') },
  { path: 'settings', title: 'Set-up', icon: 'sliders', load: () => import('./settings/page') },
  { path: 'you', title: 'Your account', icon: 'person', own: true, load: () => import('./you/page') },
]
