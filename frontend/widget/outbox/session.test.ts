import { expect, test } from 'vitest'
import { Keep } from './keep.ts'
import { emptyKept } from './outbox.ts'
import { browserId, openKept, type Lock } from './session.ts'
import { newId } from '../../shared/new_id.ts'

class FakeStorage implements Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  items = new Map<string, string>()
  broken = false
  getItem(name: string): string | null {
    return this.use().get(name) ?? null
  }
  setItem(name: string, value: string): void {
    this.use().set(name, value)
  }
  removeItem(name: string): void {
    this.use().delete(name)
  }
  private use(): Map<string, string> {
    if (this.broken) throw new DOMException('full', 'QuotaExceededError')
    return this.items
  }
}

class FakeLock implements Lock {
  held: string[] = []
  readonly elsewhere: Set<string>
  constructor(...elsewhere: string[]) {
    this.elsewhere = new Set(elsewhere)
  }
  claim(session: string): Promise<boolean> {
    if (!this.elsewhere.has(session)) this.held.push(session)
    return Promise.resolve(!this.elsewhere.has(session))
  }
  hold(session: string): void {
    this.held.push(session)
  }
}

function tab(): { storage: FakeStorage; keep: Keep } {
  const storage = new FakeStorage()
  return { storage, keep: new Keep(storage as unknown as Storage, 'vcsm:pk') }
}

const pending = [{ type: 'track' as const, name: 'a', at: 1 }]

test('it works', async () => {
  const { keep } = tab()
  const lock = new FakeLock()
  const kept = await openKept(keep, lock)
  expect(kept).toMatchObject({ next: 1, batches: [], pending: [] })
  expect(lock.held).toEqual([kept.session])
  expect(keep.read()).toMatchObject({ session: kept.session, released: false })
})

test('a page that left in order is gone on with, whoever still holds its lock', async () => {
  const { keep } = tab()
  const session = newId()
  keep.write({ ...emptyKept(session), pending }, true)
  expect(await openKept(keep, new FakeLock(session))).toMatchObject({ session, pending })
})

test('a page that crashed is gone on with, because nobody holds its session', async () => {
  const { keep } = tab()
  const session = newId()
  keep.write({ ...emptyKept(session), pending }, false)
  expect(await openKept(keep, new FakeLock())).toMatchObject({ session, pending })
})

test('a copy of a living tab begins anew and leaves the other its events', async () => {
  const { keep } = tab()
  const session = newId()
  keep.write({ ...emptyKept(session), pending }, false)
  const kept = await openKept(keep, new FakeLock(session))
  expect(kept.session).not.toBe(session)
  expect(kept.pending).toEqual([])
})

test('a record that somebody else wrote or cut short is not trusted', async () => {
  for (const text of ['', '{', 'null', '7', '{"session":"x"}', '{"session":"not-a-uuid","batches":[],"pending":[],"says":[]}']) {
    const { storage, keep } = tab()
    storage.items.set('vcsm:pk', text)
    const kept = await openKept(keep, new FakeLock())
    expect(kept).toMatchObject({ next: 1, batches: [], pending: [], says: [] })
  }
})

test('a store that is full keeps no stale record, and nothing throws', () => {
  const { storage, keep } = tab()
  keep.write(emptyKept(newId()), false)
  storage.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  keep.write(emptyKept(newId()), false)
  expect(storage.items.size).toBe(0)
  storage.broken = true
  expect(keep.read()).toBeNull()
  expect(browserId(storage as unknown as Storage, 'b')).toMatch(/^[0-9a-f-]{36}$/)
})

test('ids are version 4 and never the same', () => {
  const ids = Array.from({ length: 1_000 }, newId)
  expect(new Set(ids).size).toBe(1_000)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
