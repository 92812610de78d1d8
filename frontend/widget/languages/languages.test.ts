// Every table has every text, keeps the values put into its sentences, and is found by its page.
import { describe, expect, test } from 'vitest'
import { en, type Texts } from './en.ts'
import { LANGUAGES, loadTexts, pickLanguage } from './languages.ts'

const NUMBERS = [0, 1, 2, 3, 5, 11, 21, 100]

/** Returns every sentence of a table, its gaps filled with marks. */
function sentences(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') {
    const say = value as (...gaps: unknown[]) => string
    const counts = path.endsWith('.newMessages') || path.endsWith('.tooLong') || path.endsWith('.times')
    return counts ? NUMBERS.map((number) => [`${path}(${number})`, say(number)]) : [[path, say('«one»', '«two»')]]
  }
  return Object.entries(value as object).flatMap(([name, inner]) => sentences(inner, `${path}.${name}`))
}

const ENGLISH = sentences(en)
const SAME = /\.(language|direction|source|log|assistant|member|openTitle|launcher|panelTitle)$/

describe.each(Object.keys(LANGUAGES))('%s', (code) => {
  test('has every word, none empty, and keeps the gaps', async () => {
    const texts = await LANGUAGES[code]!()
    const theirs = new Map(sentences(texts))
    expect(texts.language).toBe(code)
    expect([...theirs.keys()].sort()).toEqual(ENGLISH.map(([path]) => path).sort())
    for (const [path, english] of ENGLISH) {
      const said = theirs.get(path)!
      expect(said.trim(), path).not.toBe('')
      for (const gap of english.match(/«\w+»/g) ?? []) expect(said, path).toContain(gap)
    }
  })

  test('is a translation', async () => {
    const theirs = new Map(sentences(await LANGUAGES[code]!()))
    const left = ENGLISH.filter(([path, english]) => !SAME.test(path) && theirs.get(path) === english)
    expect(left).toEqual([])
  })

  test('names a number above two by its digits', async () => {
    const texts: Texts = await LANGUAGES[code]!()
    for (const number of [3, 5, 11, 21]) {
      expect(texts.newMessages(number)).toMatch(new RegExp(number.toLocaleString(code)))
    }
  })
})

test('the first language that there is is taken', () => {
  expect(pickLanguage(['', 'xx', 'pt-BR', 'de'])).toBe('pt')
  expect(pickLanguage(['EN-gb', 'de'])).toBe('en')
  expect(pickLanguage(['iw_IL'])).toBe('he')
  expect(pickLanguage(['constructor', '__proto__'])).toBe('en')
  expect(pickLanguage([])).toBe('en')
})

test('right-to-left languages say so, and no other', async () => {
  const rtl = []
  for (const [code, load] of Object.entries(LANGUAGES)) if ((await load()).direction === 'rtl') rtl.push(code)
  expect(rtl).toEqual(['ar', 'he'])
})

test('an unknown language is English', async () => {
  expect(await loadTexts('tlh')).toBe(en)
})
