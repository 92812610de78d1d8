// Calls of the guardrails' pages.
import { call } from '../api'
import type { Act, Agent, Chain, Comparison, Entries, GuardrailList, InForce, Level, Overview, Stop } from './types'

export const readOverview = () => call<Overview>('/governance')
export const approve = (useCase: string, level: Level, why: string) => call<Overview>('/governance/approve', { use_case: useCase, level, why })
export const approveAll = () => call<Overview>('/governance/approve-all', {})
export const stop = (what: string, why: string) => call<Stop>('/governance/stop', { what, why }).then(readOverview)
export const registerAgent = (agent: Omit<Agent, 'at'> & { retire: boolean }) => call<Overview>('/governance/agents', agent)
export const lift = (what: string, why: string) => call<Overview>('/governance/lift', { what, why })

export const readActs = (state: 'waiting' | 'asked' | 'done') => call<{ rows: Act[] }>(`/governance/acts?state=${state}`)
export const judge = (id: string, judgement: string, text = '') => call<Act>(`/governance/acts/${id}/judge`, { judgement, text })
export const takeBack = (id: string, why: string) => call<Act>(`/governance/acts/${id}/take-back`, { why })

export const readList = () => call<GuardrailList>('/governance/list')
export const putInForce = (text: string) => call<GuardrailList>('/governance/list', { text })

export const readAudit = (asked: URLSearchParams) => call<Entries>(`/audit?${asked}`)
export const checkAudit = () => call<Chain>('/audit/check')

export const readInForce = () => call<InForce>('/what-if')
export const askWhatIf = (change: object, days: number) => call<Comparison>('/what-if', { change, days })
