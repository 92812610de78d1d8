import { expect, test } from 'vitest'
import type { SentEvent } from '../../protocol/protocol.ts'
import { MAX_PENDING, WINDOW } from '../outbox/outbox.ts'
import { event, FakePage } from './fake_page.ts'
import { FakeServer } from './fake_server.ts'

const names = (events: SentEvent[] = []) => events.map((one) => (one.type === 'track' ? one.name : '?'))
const many = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `e${from + at}`)

test('it works', () => {
  const server = new FakeServer()
  const page = new FakePage(server)
  page.add(event('one'))
  page.say('hello')
  page.pass(2_000)
  expect(names(server.stored.get('s0'))).toEqual(['one'])
  expect(server.said).toEqual([{ id: 'hello', text: 'hello' }])
  expect(page.outbox.empty).toBe(true)
})

/** A visit with everything in it; `reload` happens in the middle. */
function visit(page: FakePage, reload: (page: FakePage) => void): void {
  for (let round = 0; round < 6; round++) {
    for (const name of many(round * 3, round * 3 + 3)) page.add(event(name))
    page.say(`m${round}`)
    page.pass(300)
    if (round === 3) reload(page)
  }
  page.pass(60_000)
}

const RELOADS: Record<string, (page: FakePage) => void> = {
  'no reload': () => undefined,
  reload: (page) => {
    page.leave()
    page.load()
  },
}

for (const [how, reload] of Object.entries(RELOADS)) {
  test(`a cut at every frame loses nothing, doubles nothing, keeps order (${how})`, () => {
    const whole = new FakePage(new FakeServer())
    visit(whole, reload)
    expect(whole.frames).toBeGreaterThan(20)
    for (let cut = 0; cut < whole.frames; cut++) {
      const server = new FakeServer()
      const page = new FakePage(server)
      page.cutAfter = cut
      visit(page, reload)
      expect(names(server.stored.get('s0')), `cut at ${cut}`).toEqual(many(0, 18))
      expect(server.said.map((said) => said.id)).toEqual(['m0', 'm1', 'm2', 'm3', 'm4', 'm5'])
      expect(page.outbox.empty).toBe(true)
    }
  })
}

test('a page that dies loses at most what it had not sealed, and never doubles', () => {
  const server = new FakeServer()
  const page = new FakePage(server)
  for (const name of many(0, 5)) page.add(event(name))
  page.pass(2_000)
  page.cutAfter = 0 // the next batch leaves the page and never arrives
  page.add(event('e5'))
  page.pass(1_100)
  page.load()
  page.pass(5_000)
  expect(names(server.stored.get('s0'))).toEqual(many(0, 6))
})

test('friction travels at once, ordinary events are gathered', () => {
  const page = new FakePage(new FakeServer())
  page.pass(5_000)
  const before = page.frames
  for (const name of many(0, 10)) page.add(event(name))
  expect(page.frames).toBe(before)
  page.add(event('now', 'search'))
  expect(page.frames).toBe(before + 2) // one batch, one ack
})

test('offline for an hour: bounded, counted, and the newest survive', () => {
  const server = new FakeServer()
  const page = new FakePage(server)
  page.offline = true
  page.run(page.line.closed(page.now))
  for (const name of many(0, MAX_PENDING + 500)) page.add(event(name))
  page.pass(3_600_000)
  expect(page.connects).toBeLessThan(500)
  page.offline = false
  page.run(page.line.hurry(page.now))
  page.pass(60_000)
  const stored = names(server.stored.get('s0'))
  expect(stored.length + page.outbox.dropped).toBe(MAX_PENDING + 500)
  expect(stored.at(-1)).toBe(`e${MAX_PENDING + 499}`)
})

test('an overloaded server is left alone for as long as it asks', () => {
  const server = new FakeServer()
  const page = new FakePage(server)
  server.busy = 3
  for (const name of many(0, 3)) page.add(event(name))
  page.pass(1_500)
  const after = page.frames
  page.pass(400)
  expect(page.frames).toBe(after)
  page.pass(20_000)
  expect(names(server.stored.get('s0'))).toEqual(many(0, 3))
})

test('a refused batch gives up its bad event only, and blocks nothing', () => {
  const server = new FakeServer()
  const page = new FakePage(server)
  for (const name of ['a', 'bad', 'b']) page.add(event(name))
  page.pass(3_000)
  page.add(event('c'))
  page.pass(3_000)
  expect(names(server.stored.get('s0'))).toEqual(['a', 'b', 'c'])
  expect(page.outbox.dropped).toBe(1)
  expect(page.connects).toBe(1)
})

test('a record from which a batch is missing goes on under a new session', () => {
  const server = new FakeServer()
  const batches = [{ sequence: 4, events: [event('late')] }]
  const page = new FakePage(server, { session: 's0', contact: '', next: 5, batches, pending: [], says: [] })
  page.pass(5_000)
  expect(names(server.stored.get('s1'))).toEqual(['late'])
  expect(server.stored.get('s0')).toBeUndefined()
})

test('a server that answers nothing is given up and dialled again', () => {
  const server = new FakeServer()
  const page = new FakePage(server)
  page.pass(10_000)
  const take = server.take.bind(server)
  server.take = () => []
  page.add(event('lost?'))
  page.pass(16_000)
  server.take = take
  page.pass(30_000)
  expect(names(server.stored.get('s0'))).toEqual(['lost?'])
})

test('no more batches are under way than the window allows', () => {
  const server = new FakeServer()
  const page = new FakePage(server)
  page.pass(1_000)
  server.take = () => []
  for (const name of many(0, 40)) {
    page.add(event(name))
    page.pass(300)
  }
  expect(page.outbox.snapshot().batches.length).toBeLessThanOrEqual(WINDOW)
})

test('what the server cannot name is found by sending one at a time', () => {
  const server = new FakeServer()
  const page = new FakePage(server)
  const take = server.take.bind(server)
  server.take = (frame) => {
    const guilty = frame.type === 'say' && frame.text === 'poison'
    return guilty ? [{ type: 'error', code: 'malformed', detail: '' }] : take(frame)
  }
  page.line.stop()
  page.line.state = 'off'
  page.add(event('fine'))
  page.say('poison')
  page.say('good')
  page.run(page.line.start(page.now))
  page.pass(30_000)
  expect(names(server.stored.get('s0'))).toEqual(['fine'])
  expect(server.said.map((said) => said.id)).toEqual(['good'])
  expect(page.outbox.empty).toBe(true)
})

test('a session that is another browser\'s is given up for a new one, with all that waits', () => {
  const server = new FakeServer()
  const page = new FakePage(server)
  page.line.stop()
  page.line.state = 'off'
  const take = server.take.bind(server)
  server.take = (frame) =>
    frame.type === 'hello' && frame.session === 's0'
      ? [{ type: 'error', code: 'wrong_session', detail: '', closes: true }]
      : take(frame)
  page.add(event('mine'))
  page.run(page.line.start(page.now))
  page.pass(10_000)
  expect(names(server.stored.get('s1'))).toEqual(['mine'])
})

test('who the contact is goes with every greeting, and is news only once', () => {
  const server = new FakeServer()
  const seen: string[] = []
  const take = server.take.bind(server)
  server.take = (frame) => {
    if (frame.type === 'hello') seen.push(`hello ${frame.identity?.id ?? 'nobody'}`)
    if (frame.type === 'identify') seen.push(`identify ${frame.identity.id}`)
    return take(frame)
  }
  const page = new FakePage(server)
  for (const id of ['vera', 'vera']) page.run(page.line.identify({ id }))
  page.run(page.line.closed(page.now))
  page.pass(5_000)
  expect(seen).toEqual(['hello nobody', 'identify vera', 'hello vera'])
})
