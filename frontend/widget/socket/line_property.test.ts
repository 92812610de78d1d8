// Whatever happens to wire, page and server, in any order: what was added before a page left in an
// orderly way is stored once, in order.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { event, FakePage } from './fake_page.ts'
import { FakeServer } from './fake_server.ts'

type Deed =
  | { do: 'add'; quick: boolean }
  | { do: 'say' }
  | { do: 'pass'; millis: number }
  | { do: 'cut'; after: number }
  | { do: 'busy'; frames: number }
  | { do: 'net'; on: boolean }
  | { do: 'reload' }

const deeds: fc.Arbitrary<Deed[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('add' as const), quick: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('say' as const) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), millis: fc.nat(4_000) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('cut' as const), after: fc.nat(6) }) },
    fc.record({ do: fc.constant('busy' as const), frames: fc.nat(4) }),
    fc.record({ do: fc.constant('net' as const), on: fc.boolean() }),
    fc.record({ do: fc.constant('reload' as const) }),
  ),
  { maxLength: 60 },
)

test('nothing is lost, nothing doubled, order kept', () => {
  fc.assert(
    fc.property(deeds, (visit) => {
      const server = new FakeServer()
      const page = new FakePage(server)
      let added = 0
      let said = 0
      const act: { [Kind in Deed['do']]: (deed: Extract<Deed, { do: Kind }>) => void } = {
        add: ({ quick }) => page.add(event(`e${added++}`, quick ? 'search' : 'track')),
        say: () => page.say(`m${said++}`),
        pass: ({ millis }) => page.pass(millis),
        cut: ({ after }) => (page.cutAfter = after),
        busy: ({ frames }) => (server.busy = frames),
        net: ({ on }) => (page.offline = !on),
        reload() {
          page.leave()
          page.load()
        },
      }
      for (const deed of visit) (act[deed.do] as (deed: Deed) => void)(deed)
      page.cutAfter = Infinity
      page.offline = false
      server.busy = 0
      page.pass(120_000)
      const stored = (server.stored.get('s0') ?? []).map((one) => (one.type === 'track' ? one.name : 'query' in one ? one.query : '?'))
      expect(stored).toEqual(Array.from({ length: added }, (_, at) => `e${at}`))
      expect(server.said.map(({ id }) => id)).toEqual(Array.from({ length: said }, (_, at) => `m${at}`))
      expect(page.outbox.empty).toBe(true)
    }),
    { numRuns: 400, seed: 20260601 },
  )
})
