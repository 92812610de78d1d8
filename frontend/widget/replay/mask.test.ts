import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskAttributes, maskSheet, maskText } from './attributes.ts'
import { Mask } from './mask.ts'
import type { Dict, ReplayEvent } from './rrweb.ts'

const SECRET = 'Zebra-4711'

function snapshot(...children: Dict[]): ReplayEvent {
  return { type: 2, timestamp: 1, data: { node: { type: 0, id: 1, childNodes: children }, initialOffset: { top: 0, left: 0 } } }
}

function change(data: Dict): ReplayEvent {
  return { type: 3, timestamp: 2, data: { source: 0, texts: [], attributes: [], removes: [], adds: [], ...data } }
}

const element = (tagName: string, attributes: Dict, ...childNodes: Dict[]): Dict => ({ type: 2, id: 2, tagName, attributes, childNodes })
const text = (textContent: string, id = 3): Dict => ({ type: 3, id, textContent })
const masked = (...events: ReplayEvent[]) => {
  const mask = new Mask()
  return events.map((event) => mask.event(event))
}

describe('mask', () => {
  it('works', () => {
    const [kept] = masked(snapshot(element('p', { class: 'lead', title: SECRET }, text(`Dear ${SECRET}`))))
    const node = (kept?.data.node as { childNodes: Dict[] }).childNodes[0]
    expect(node).toEqual(element('p', { class: 'lead' }, text('**** **********')))
  })

  it('keeps line breaks and lengths, and nothing else of a text', () => {
    fc.assert(fc.property(fc.string(), (whole) => {
      const out = maskText(whole)
      expect(out).toHaveLength(whole.length)
      expect(out).toMatch(/^[\s*]*$/)
    }))
  })

  it('lets no attribute out that it does not know', () => {
    // No attribute of HTML or SVG begins like this; `x1` and `xlink:href` are known and may stay.
    fc.assert(fc.property(fc.string().map((name) => `zebra${name}`), (name) => {
      expect(maskAttributes({ [name]: SECRET }, 'div')).toEqual({})
    }))
  })

  it.each(['title', 'alt', 'src', 'srcset', 'action', 'content', 'name', 'for', 'onclick', 'data-name', 'aria-label', 'data', 'srcdoc', 'ping', 'poster', 'rel', 'http-equiv', 'checked', 'selected'])(
    'drops %s', (name) => expect(maskAttributes({ [name]: SECRET }, 'div')).toEqual({}))

  it('shows that a value is there, and not how long it is', () => {
    expect(maskAttributes({ value: SECRET }, 'input')).toEqual({ value: '*****' })
    expect(maskAttributes({ value: '' }, 'input')).toEqual({ value: '' })
    const [typed] = masked({ type: 3, timestamp: 1, data: { source: 5, id: 4, text: SECRET, isChecked: true, userTriggered: true } })
    expect(typed?.data).toEqual({ source: 5, id: 4, text: '*****', isChecked: false })
  })

  it('leads nowhere', () => {
    expect(maskAttributes({ href: `https://a.example/${SECRET}` }, 'a')).toEqual({ href: '#' })
    expect(maskAttributes({ href: 'https://a.example/x.css', rel: 'stylesheet' }, 'link')).toEqual({})
    expect(maskAttributes({ 'xlink:href': '#part' }, 'use')).toEqual({ 'xlink:href': '#part' })
    const [meta] = masked({ type: 4, timestamp: 1, data: { href: `https://a.example/people/123456?name=${SECRET}#${SECRET}`, width: 1, height: 1 } })
    expect(meta?.data.href).toBe('https://a.example/people/:id')
  })

  it.each([
    [`a{background:url(/p/${SECRET}.png) no-repeat}`, 'a{background:none no-repeat}'],
    [`a{background:url("/p/${SECRET}).png")}`, 'a{background:none}'],
    [`@import '${SECRET}.css';b{fill:url(#x)}`, ';b{fill:url(#x)}'],
  ])('takes addresses out of a sheet', (css, out) => expect(maskSheet(css)).toBe(out))

  it('reads no style sheet as text, also when it changes', () => {
    const [, changed] = masked(
      snapshot(element('style', {}, text('p{color:red}', 9))),
      change({ texts: [{ id: 9, value: 'p{color:blue}' }, { id: 10, value: SECRET }] }),
    )
    expect(changed?.data.texts).toEqual([{ id: 9, value: 'p{color:blue}' }, { id: 10, value: '**********' }])
  })

  it('keeps declarations without their words', () => {
    const style = { width: '3px', '--who': `"${SECRET}"`, color: ['red', 'important'], top: false }
    expect(maskAttributes({ style }, '')).toEqual({ style: { width: '3px', '--who': '""', color: ['red', 'important'], top: false } })
  })

  it('drops what it has no use for', () => {
    const kinds = [0, 1, 5, 6, 7, 8].map((type) => ({ type, timestamp: 1, data: { payload: SECRET } }))
    const sources = [7, 9, 10, 11].map((source) => ({ type: 3, timestamp: 1, data: { source, args: [SECRET] } }))
    expect(masked(...kinds, ...sources).every((event) => event === null)).toBe(true)
  })

  it('is the same done twice', () => {
    const event = snapshot(element('a', { id: 'user-4711', href: SECRET, placeholder: SECRET, style: 'x:"y"' }, text(SECRET)))
    const [once] = masked(event)
    expect(masked(once!)[0]).toEqual(once)
  })
})
