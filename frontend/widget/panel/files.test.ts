import { expect, it } from 'vitest'
import type { Core } from '../loader/parts.ts'
import { draftOf, upload } from './files.ts'

/** Answers in turn, and keeps where each attempt went. */
function server(...statuses: (number | null)[]) {
  const asked: string[] = []
  const core = {
    settings: { server: 'https://vcsm.example', key: 'k' },
    browser: () => 'b',
    async fetch(address: string) {
      asked.push(address)
      const status = statuses.shift()!
      if (status === null) throw new TypeError('the line was cut')
      return new Response(JSON.stringify(status === 201 ? { id: 'kept' } : { code: status === 503 ? 'busy' : 'unsafe' }), { status })
    },
  } as unknown as Core
  return { core, asked }
}

const file = new File(['hello'], 'a.txt')

it('is sent again, as the same file, while the server reads others', async () => {
  const { core, asked } = server(503, 503, 201)
  const done = await upload(core, draftOf(file), file, [0, 0, 0])
  expect(done.kept).toEqual({ id: 'kept' })
  expect(asked).toHaveLength(3)
  expect(new Set(asked).size).toBe(1)
})

it('is sent again, as the same file, when the line was cut in the middle of it', async () => {
  const cut = server(null, null, 201)
  expect((await upload(cut.core, draftOf(file), file, [0, 0])).kept).toEqual({ id: 'kept' })
  expect(new Set(cut.asked).size).toBe(1)
  const gone = server(null, null)
  expect((await upload(gone.core, draftOf(file), file, [0])).trouble).toBe('lost')
})

it('is given up when the server stays busy, and at once when it says no', async () => {
  const busy = server(503, 503)
  expect((await upload(busy.core, draftOf(file), file, [0])).trouble).toBe('busy')
  const no = server(400)
  expect((await upload(no.core, draftOf(file), file, [0])).trouble).toBe('unsafe')
  expect([busy.asked.length, no.asked.length]).toEqual([2, 1])
})
