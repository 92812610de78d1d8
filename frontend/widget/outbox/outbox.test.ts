import { expect, test } from 'vitest'
import { emptyKept, Outbox } from './outbox.ts'

test('a batch is written in the form whose text the server keeps as it came', () => {
  const outbox = new Outbox(emptyKept('session'))
  outbox.add({ type: 'page', at: 1, page: '/', how: 'load' })
  outbox.seal()
  expect(JSON.stringify(outbox.take()[0])).toBe(
    '{"type":"events","sequence":1,"events":[{"type":"page","at":1,"page":"/","how":"load"}]}',
  )
})
