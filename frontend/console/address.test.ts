import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AGES, type Filters, formatAddress, type FrictionAddress, parseAddress, PERIODS, type QueueAddress, type RoomAddress, VIEWS } from './address'
import { ROOMS } from './rooms'

const parse = (url: string) => {
  const { pathname, search } = new URL(url, 'http://console.example')
  return parseAddress(pathname, search)
}

test('it works', () => {
  expect(parse('/console/')).toEqual({ page: 'queue', escalation: null, view: 'active', order: 'value', filters: {} })
  expect(parse('/console/friction?period=24h&kind=rage')).toEqual({ page: 'friction', period: '24h', kind: 'rage', place: '' })
})

test('what nobody knows falls back, and an unknown page is unknown', () => {
  expect(parse('/console/?view=everything&order=worst')).toEqual(parse('/console/'))
  expect(parse('/console/friction?period=1y')).toEqual(parse('/console/friction'))
  expect(parse('/console/?owner=you&older=2h&value=-1&always=yes&account=a')).toEqual(parse('/console/'))
  expect(parse('/console/nothing')).toEqual({ page: 'unknown' })
  expect(parse('/console/guardrailsx/audit')).toEqual({ page: 'unknown' })
  expect(parse('/console/escalations/1')).toEqual({ page: 'unknown' })
})

test('every state survives its link', () => {
  const queue = fc.record<QueueAddress>({
    page: fc.constant('queue'),
    escalation: fc.option(fc.uuid()),
    view: fc.constantFrom(...VIEWS),
    order: fc.constantFrom('value', 'newest', 'due'),
    filters: fc.record<Filters>(
      {
        reason: fc.constantFrom('asked', 'asked,friction'),
        owner: fc.constantFrom('me', 'none', '12'),
        account: fc.nat().map(String),
        older: fc.constantFrom(...AGES),
        newer: fc.constantFrom(...AGES),
        value: fc.nat().map(String),
        always: fc.constant('1'),
        find: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
  })
  const friction = fc.record<FrictionAddress>({
    page: fc.constant('friction'),
    period: fc.constantFrom(...PERIODS),
    kind: fc.string({ unit: 'grapheme' }),
    place: fc.string({ unit: 'grapheme' }),
  })
  const room = fc.record<RoomAddress>({
    page: fc.constant('room'),
    room: fc.constantFrom(...ROOMS.map(({ path }) => path)),
    rest: fc.constantFrom('', 'audit', 'one/two'),
    query: fc.dictionary(fc.stringMatching(/^[a-z]+$/), fc.string({ unit: 'grapheme', minLength: 1 }), { noNullPrototype: true }),
  })
  fc.assert(
    fc.property(fc.oneof(queue, friction, room), (address) => {
      expect(parse(formatAddress(address))).toEqual(address)
    }),
  )
})
