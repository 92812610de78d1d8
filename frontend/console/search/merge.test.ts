import { expect, test } from 'vitest'
import { cutAtMarks, merge } from './merge'
import type { Hit } from './types'

const hit = (kind: string, id: string, by: Hit['by'] = 'words'): Hit => ({ kind, id, title: id, title_marks: [], text: '', text_marks: [], note: '', address: '', by })

test('it works', () => {
  const found = merge([{ kind: 'article', hits: [hit('article', '1')] }, { kind: 'account', hits: [hit('account', '2')] }], [{ kind: 'article', hits: [hit('article', '1', 'meaning'), hit('article', '3', 'meaning')] }])
  expect(found.map(({ kind, hits }) => [kind, hits.map(({ id, by }) => id + by[0])])).toEqual([
    ['account', ['2w']],
    ['article', ['1w', '3m']],
  ])
})

test('marks count code points', () => {
  expect(cutAtMarks('🙂 the export', [[6, 9]])).toEqual([
    { text: '🙂 the ', marked: false },
    { text: 'exp', marked: true },
    { text: 'ort', marked: false },
  ])
  expect(cutAtMarks('', [])).toEqual([])
})
