// Names shared by several files of the widget must survive when the loader's file is minified.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as protocol from '../protocol/protocol.ts'
import { INNER } from './inner.ts'

function declared(file: string, from: string, to: string): string[] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*/g, '')
  const begin = text.indexOf(from)
  const part = text.slice(begin, to ? text.indexOf(to, begin) : undefined)
  expect(begin).toBeGreaterThanOrEqual(0)
  return [...part.matchAll(/(\w+)\??(?:<[^>]*>)?[:(]/g)].map((found) => found[1]!)
}

test('it works', () => {
  const shared = [
    ...declared('capture/facts.ts', 'export type Fact', ''),
    ...declared('capture/sensors/host.ts', 'export interface Known', 'const APART'),
    ...declared('capture/capture.ts', 'export interface Capture', 'const HELD'),
    ...declared('loader/parts.ts', 'export interface Loaded', 'export interface Core'),
    ...declared('loader.ts', 'export interface Api', 'const CALLS'),
  ]
  for (const name of ['own', 'region', 'waits', 'stepper', 'note', 'connect', 'running', 'fetch']) {
    expect(shared).toContain(name)
  }
  expect(INNER.filter((name) => shared.includes(name))).toEqual([])
})

test('nothing on the wire is shortened', () => {
  const wire = declared('../protocol/protocol.ts', 'export', '')
  expect(Object.keys(protocol).length).toBeGreaterThan(0)
  expect(INNER.filter((name) => wire.includes(name))).toEqual([])
})
