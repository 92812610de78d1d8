// Calls of the intents' pages.
import { call } from '../api'
import type { Cluster, Guess, Heard, IntentGiven, Intents, IntentWhole, Kept, Unmet } from './types'

export const readIntents = () => call<Intents>('/intents')
export const readIntent = (id: number) => call<IntentWhole>(`/intents/${id}`)
export const saveIntent = (id: number | null, given: IntentGiven) => call<IntentWhole>(id === null ? '/intents' : `/intents/${id}`, given)
export const retireIntent = (id: number) => call<Intents>(`/intents/${id}/retire`, {})
export const tryText = (text: string) => call<Guess>('/intents/try', { text })

export const readHeard = (outcome: string, settled: boolean) => call<{ rows: Heard[]; kept: Kept }>(`/intents/heard?outcome=${outcome}&settled=${settled}`)
export const settleHeard = (id: number, intent: number | null, teach: boolean) => call<Heard>(`/intents/heard/${id}`, { intent, teach })

export const readUnmet = () => call<Unmet>('/unmet')
export const lookAgain = () => call<Unmet>('/unmet', {})
export const readCluster = (id: number) => call<{ cluster: Cluster; messages: string[] }>(`/unmet/${id}`)
export const adopt = (id: number, title: string, examples: string[]) => call<IntentWhole>(`/unmet/${id}/adopt`, { title, examples })
export const putAside = (id: number) => call<Cluster>(`/unmet/${id}/aside`, {})
