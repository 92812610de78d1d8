import { expect, it } from 'vitest'
import { draftOf } from './files.ts'
import { Writing } from './writing.ts'

it('is still there when the panel is opened again, and is nobody else’s', () => {
  const writing = new Writing()
  writing.belongTo('')
  writing.write('It does not')
  writing.belongTo('first')
  expect(writing.text).toBe('It does not')
  const draft = draftOf(new File(['x'], 'a.txt'))
  writing.files.set(draft.id, new File(['x'], 'a.txt'))
  writing.put([draft])
  writing.belongTo('first')
  expect([writing.text, writing.drafts, writing.files.size]).toEqual(['It does not', [draft], 1])
  writing.belongTo('another contact’s')
  expect([writing.text, writing.drafts, writing.files.size]).toEqual(['', [], 0])
})

it('holds no file that is kept, or was removed', () => {
  const writing = new Writing()
  const [one, two] = ['a', 'b'].map((name) => draftOf(new File(['x'], name)))
  for (const { id } of [one!, two!]) writing.files.set(id, new File(['x'], id))
  writing.put([{ ...one!, kept: { id: one!.id, name: 'a', kind: 'text/plain', size: 1 } }, two!])
  expect([...writing.files.keys()]).toEqual([two!.id])
  writing.put([])
  expect(writing.files.size).toBe(0)
})
