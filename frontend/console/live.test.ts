import { afterEach, beforeEach, expect, test, vi } from 'vitest'

class FakeSocket {
  static OPEN = 1
  static opened: FakeSocket[] = []
  readyState = 0
  onopen = () => {}
  onclose = (_: { code: number }) => {}
  constructor() {
    FakeSocket.opened.push(this)
  }
  accept() {
    this.readyState = 1
    this.onopen()
  }
  lose(code = 1006) {
    this.readyState = 3
    this.onclose({ code })
  }
  close() {}
}

const last = () => FakeSocket.opened.at(-1)!

beforeEach(() => {
  vi.useFakeTimers()
  vi.resetModules()
  FakeSocket.opened = []
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.stubGlobal('location', { href: 'https://vcsm.example/console/', protocol: 'https:' })
  vi.stubGlobal('addEventListener', () => {})
  vi.stubGlobal('document', { addEventListener: () => {}, visibilityState: 'visible' })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('it works: back after a restart, it is told that what is shown may be old', async () => {
  const { connect, listen } = await import('./live')
  const resumed = vi.fn()
  listen({ resumed })
  connect()
  last().accept()
  expect(resumed).not.toHaveBeenCalled()
  last().lose()
  vi.advanceTimersByTime(500)
  last().accept()
  expect(resumed).toHaveBeenCalledOnce()
})

test('while the server is away it waits ever longer, a random part of the time, 15 s at most', async () => {
  const random = vi.spyOn(Math, 'random').mockReturnValue(0.5)
  const { connect } = await import('./live')
  connect()
  for (const wait of [250, 500, 1_000, 2_000, 4_000, 7_500, 7_500]) {
    const before = FakeSocket.opened.length
    last().lose()
    vi.advanceTimersByTime(wait - 1)
    expect(FakeSocket.opened.length).toBe(before)
    vi.advanceTimersByTime(1)
    expect(FakeSocket.opened.length).toBe(before + 1)
  }
  random.mockReturnValue(0.1)
  last().lose()
  vi.advanceTimersByTime(1_500)
  expect(FakeSocket.opened.length).toBe(9)
})

const answers = (me: () => Promise<{ status: number; ok: boolean }>) => vi.stubGlobal('fetch', vi.fn(me))

test('a member who was signed out does not come back', async () => {
  answers(async () => ({ status: 403, ok: false }))
  const { connect, listen } = await import('./live')
  const connection = vi.fn()
  connect()
  listen({ connection })
  last().accept()
  last().lose(4401)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(FakeSocket.opened.length).toBe(1)
  expect(connection).toHaveBeenLastCalledWith('signed_out')
})

test('a member who changed their password goes on, and never hears of being signed out', async () => {
  answers(async () => ({ status: 200, ok: true }))
  const { connect, listen } = await import('./live')
  const [connection, resumed] = [vi.fn(), vi.fn()]
  connect()
  last().accept()
  listen({ connection, resumed })
  last().lose(4401)
  await vi.advanceTimersByTimeAsync(500)
  last().accept()
  expect(FakeSocket.opened.length).toBe(2)
  expect(resumed).toHaveBeenCalledOnce()
  expect(connection.mock.calls.flat()).toEqual(['live', 'live'])
})

test('who cannot be told whether they are signed out is offline, and tries again', async () => {
  answers(() => Promise.reject(new TypeError('no answer')))
  const { connect, listen } = await import('./live')
  const connection = vi.fn()
  connect()
  last().accept()
  listen({ connection })
  last().lose(4401)
  await vi.advanceTimersByTimeAsync(500)
  expect(connection).toHaveBeenLastCalledWith('offline')
  expect(FakeSocket.opened.length).toBe(2)
})
