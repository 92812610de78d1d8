import { describe, expect, it } from 'vitest'
import { gunzipSync } from 'node:zlib'
import { MAX_BODY, pack, type Packed } from './pack.ts'
import { Uploads } from './uploads.ts'

const answer = (status: number, headers = {}) => new Response(status === 204 ? null : '{}', { status, headers })

/** Answers with each status in turn; the last one again and again. */
function server(...statuses: (number | Response | 'cut')[]) {
  const sent: [number, string][] = []
  const waits: number[] = []
  const options = {
    async post(sequence: number, { events }: Packed) {
      sent.push([sequence, events.join()])
      const next = statuses.length > 1 ? statuses.shift()! : statuses[0]!
      if (next === 'cut') throw new TypeError('network')
      return typeof next === 'number' ? answer(next) : next
    },
    async wait(ms: number) {
      waits.push(ms)
    },
  }
  return { sent, waits, options }
}

describe('uploads', () => {
  it('works', async () => {
    const { sent, options } = server(204)
    const uploads = new Uploads([], 1, options)
    uploads.add(['1', '2'])
    uploads.add([])
    uploads.add(['3'])
    await uploads.run()
    expect(sent).toEqual([[1, '1,2'], [2, '3']])
    expect(uploads.queue).toEqual([])
  })

  it('sends again under the same number', async () => {
    const { sent, waits, options } = server('cut', answer(503, { 'retry-after': '15' }), 204)
    const uploads = new Uploads([], 7, options)
    uploads.add(['1'])
    await uploads.run()
    expect(sent.map(([sequence]) => sequence)).toEqual([7, 7, 7])
    expect(waits).toEqual([5_000, 15_000])
  })

  it('leaves out a chunk that will never be taken, and goes on', async () => {
    const { sent, options } = server(413, 204)
    const uploads = new Uploads([], 1, options)
    uploads.add(['1'])
    uploads.add(['2'])
    await uploads.run()
    expect(sent.map(([sequence]) => sequence)).toEqual([1, 2])
  })

  it.each([403, 409])('stops at %i: nothing will be taken', async (status) => {
    const { sent, options } = server(status)
    const uploads = new Uploads([], 1, options)
    uploads.add(['1'])
    uploads.add(['2'])
    await uploads.run()
    expect(sent).toHaveLength(1)
    expect(uploads.queue).toEqual([])
  })

  it('gives up a server that is away', async () => {
    const { sent, options } = server('cut')
    const uploads = new Uploads([], 1, options)
    uploads.add(['1'])
    await uploads.run()
    expect(sent).toHaveLength(6)
  })

  it('cuts what is too large, in order, with numbers of their own', async () => {
    const { sent, options } = server(204)
    const uploads = new Uploads([], 1, options)
    // Hardly compressible, and each half fits.
    const noise = () => JSON.stringify(Array.from({ length: 60_000 }, () => Math.random().toString(36).slice(2, 9)).join(''))
    const events = [noise(), noise(), noise(), noise()]
    uploads.add(events)
    uploads.add(['"after"'])
    await uploads.run()
    expect(sent.length).toBeGreaterThan(2)
    expect(sent.map(([, body]) => body).join()).toBe([...events, '"after"'].join())
    expect(new Set(sent.map(([sequence]) => sequence)).size).toBe(sent.length)
  })
})

describe('pack', () => {
  it('works', async () => {
    const [packed] = await pack(['{"a":1}', '{"b":2}'])
    expect(packed?.kind).toBe('application/gzip')
    expect(JSON.parse(gunzipSync(Buffer.from(await packed!.body.arrayBuffer())).toString())).toEqual([{ a: 1 }, { b: 2 }])
  })

  it('sends JSON where the browser cannot compress, within the same limit', async () => {
    const real = globalThis.CompressionStream
    try {
      Object.assign(globalThis, { CompressionStream: undefined })
      const packed = await pack(Array.from({ length: 4 }, () => JSON.stringify('x'.repeat(300_000))))
      expect(packed.map((one) => one.kind)).toEqual(Array(4).fill('application/json'))
      expect(packed.every((one) => one.body.size <= MAX_BODY)).toBe(true)
    } finally {
      Object.assign(globalThis, { CompressionStream: real })
    }
  })
})
