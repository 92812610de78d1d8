import { expect, test } from 'vitest'
import { changeOf } from './backtest'

const NOTHING = { minutes: '', threshold: '', without: [], offerHelp: '', text: 'a' } as const

test('it works', () => {
  const wanted = { ...NOTHING, minutes: '0', threshold: '0.4', without: ['severe_struggle'], text: 'b' }
  expect(changeOf(wanted, 'a')).toEqual({ minutes_a_day: 0, send_from: 0.4, without: ['severe_struggle'], guardrails: 'b' })
})

test('what is left empty is not part of the change', () => {
  expect(changeOf({ ...NOTHING, without: [] }, 'a')).toEqual({})
  expect(changeOf({ ...NOTHING, without: [], offerHelp: 'off' }, 'a')).toEqual({ levels: { offer_help: 'off' } })
})
