import { describe, expect, test } from 'vitest'
import type { Target } from './facts.ts'
import { control, Scene } from './scene.ts'

function hammer(times: number[], more: Partial<Target> = {}, at: (i: number) => { x: number; y: number } = () => ({ x: 0, y: 0 })) {
  const scene = new Scene()
  times.forEach((t, i) => scene.click(t, control('pay', more), at(i)))
  return scene
}

function answered(times: number[], after: number, more: Partial<Target> = {}, faces: string[] = []) {
  const scene = new Scene()
  times.forEach((t, i) => {
    scene.click(t, control('pay', more)).life(t + after, 'mutation', { near: ['pay'], face: faces[i] })
  })
  return scene
}

test('it works: clicks in a row that nothing answers are rage, said once and grown at the end', () => {
  const scene = hammer([0, 150, 300, 450, 600]).pass(1_000)
  expect(scene.bursts()).toEqual(['rage 5'])
  expect(scene.pass(9000).bursts()).toEqual(['rage 5'])
})

describe('is not rage', () => {
  test('clicks that are slow', () => {
    expect(hammer([0, 1000, 2000, 3000]).pass(9000).bursts()).toEqual([])
  })

  test('a double click', () => {
    expect(hammer([0, 150]).pass(9000).bursts()).toEqual([])
  })

  test('clicks all over a wide control', () => {
    expect(hammer([0, 100, 200, 300], {}, (i) => ({ x: i * 60, y: 0 })).pass(9000).bursts()).toEqual([])
  })

  test('clicks that were answered: hard use', () => {
    expect(answered([0, 200, 400, 600, 800], 30).pass(9000).bursts()).toEqual(['repeat_use 5'])
  })

  test('answers that come a little late, one for each click', () => {
    expect(answered([0, 900, 1800, 2700], 700).pass(9000).bursts()).toEqual([])
  })

  test('selecting a paragraph', () => {
    const scene = hammer([0, 100, 200], { nature: 'plain' }).life(201, 'selection')
    expect(scene.pass(9000).bursts()).toEqual([])
  })

  test.each<Partial<Target>>([{ nature: 'text' }, { nature: 'itself' }, { nature: 'surface' }])('%j', (more) => {
    expect(hammer([0, 100, 200, 300, 400], more).pass(9000).bursts()).toEqual([])
  })

  test('a burst that a navigation ends', () => {
    const scene = hammer([0, 100, 200]).note({ type: 'page', t: 250, page: '/next', how: 'push' })
    expect(scene.pass(9000).bursts()).toEqual([])
  })

  test('a stepper, before its clicks are proven dead', () => {
    expect(hammer([0, 100, 200, 300], { stepper: true }).pass(1900).bursts()).toEqual([])
  })
})

describe('is rage', () => {
  test('a stepper that is proven dead', () => {
    expect(hammer([0, 100, 200, 300], { stepper: true }).pass(9000).bursts()).toEqual(['rage 4'])
  })

  test('clicks of which half went unanswered', () => {
    const scene = new Scene()
    for (const t of [0, 200, 400, 600]) scene.click(t, control('pay'))
    for (const t of [1150, 1300]) scene.click(t, control('pay')).life(t + 20, 'mutation', { near: ['pay'] })
    expect(scene.pass(9000).bursts().at(-1)).toBe('rage 6')
  })

  test('three clicks only once it is quiet, four as soon as their time is up', () => {
    expect(hammer([0, 100, 200]).pass(1190).bursts()).toEqual([])
    expect(hammer([0, 100, 200]).pass(1200).bursts()).toEqual(['rage 3'])
    expect(hammer([0, 100, 200, 300]).pass(800).bursts()).toEqual(['rage 4'])
  })

  test('even when another control is clicked at once', () => {
    const scene = hammer([0, 1, 2, 3]).click(4, control('help'))
    expect(scene.pass(9000).bursts()).toEqual(['rage 4'])
  })

  test('answers that only undo each other', () => {
    const faces = ['open', 'shut', 'open', 'shut', 'open', 'shut']
    expect(answered([0, 200, 400, 600, 800, 1000], 30, {}, faces).pass(9000).bursts()).toEqual(['rage 6'])
  })

  test('but a switch is made for that', () => {
    const faces = ['on', 'off', 'on', 'off', 'on', 'off']
    const scene = answered([0, 200, 400, 600, 800, 1000], 30, { toggle: true }, faces)
    expect(scene.pass(9000).bursts()).toEqual(['repeat_use 6'])
  })
})

test('rage is taken back when the page answers after all', () => {
  const scene = hammer([0, 200, 400, 600]).pass(1150)
  expect(scene.bursts()).toEqual(['rage 4'])
  expect(scene.life(1700).pass(9000).bursts()).toEqual(['rage 4', 'repeat_use 4'])
})

test('two bursts on one control are two', () => {
  const times = [0, 100, 200, 300, 1100, 1200, 1300, 1400]
  const scene = hammer(times, {}, (i) => ({ x: i < 4 ? 100 : 220, y: 0 })).pass(9000)
  expect(scene.bursts()).toEqual(['rage 4', 'rage 4'])
})
