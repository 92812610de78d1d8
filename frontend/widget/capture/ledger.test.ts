import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fact, Life, Target } from './facts.ts'
import { Ledger } from './ledger.ts'
import { RULES } from './rules.ts'
import { control, Scene } from './scene.ts'

const pay = control('pay')

test('it works: an answered click is a click and nothing more', () => {
  const scene = new Scene().click(1000, pay).life(1050).pass(60_000)
  expect(scene.events.map((event) => event.type)).toEqual(['click'])
})

describe('dead', () => {
  test('is said when the window closes, not before and not later', () => {
    const scene = new Scene().click(1000, pay).pass(1000 + RULES.window - 1)
    expect(scene.verdicts()).toEqual([])
    scene.pass(30_000)
    expect(scene.verdicts()).toEqual(['1 dead'])
    expect(scene.saidAt()).toBe(1000 + RULES.window)
  })

  test('is taken back by late life, which then was slow', () => {
    const scene = new Scene().click(1000, pay).life(4500, 'mutation', { near: ['pay'] }).pass(30_000)
    expect(scene.verdicts()).toEqual(['1 dead', '1 answered', '1 slow'])
  })

  test('is not taken back by what another click did', () => {
    const scene = new Scene().click(1000, pay).click(3500, control('menu'))
    scene.life(3550, 'mutation', { near: ['menu'] }).pass(30_000)
    expect(scene.verdicts()).toEqual(['1 dead'])
  })

  test('an answer that plainly is the next click\'s does not hide it, wherever it shows', () => {
    const scene = new Scene().click(1000, pay).click(1800, control('menu')).life(1830).pass(30_000)
    expect(scene.verdicts()).toEqual(['1 dead'])
  })

  test('clicks soon after each other share an answer that could be either\'s', () => {
    const scene = new Scene().click(1000, pay).click(1200, control('menu')).life(1230).pass(30_000)
    expect(scene.verdicts()).toEqual([])
  })

  test('nor does a request that the next click sends', () => {
    const scene = new Scene().click(1000, pay).click(1800, control('menu'))
    scene.note({ type: 'request', t: 1805, id: 1, method: 'GET', route: '/menu' })
    scene.note({ type: 'response', t: 1900, id: 1, status: 200 }).pass(30_000)
    expect(scene.verdicts()).toEqual(['1 dead'])
  })

  test('life around a newer control does not save the older click', () => {
    const scene = new Scene().click(1000, pay).click(2000, control('menu'))
    scene.life(2010, 'mutation', { near: ['menu'] }).pass(30_000)
    expect(scene.verdicts()).toEqual(['1 dead'])
  })

  test.each<[string, Partial<Target>]>([
    ['link', { nature: 'outside' }], ['check box', { nature: 'itself' }], ['text field', { nature: 'text' }],
    ['canvas', { nature: 'surface' }], ['paragraph', { nature: 'plain' }],
  ])('is never said of a %s', (_, more) => {
    expect(new Scene().click(1000, control('it', more)).pass(30_000).verdicts()).toEqual([])
  })

  test('is said apart for a disabled control', () => {
    expect(new Scene().click(1000, control('pay', { disabled: true })).pass(9000).verdicts()).toEqual(['1 disabled'])
  })

  test.each(['ctrl or another button', 'drag'])('is not said of a click with %s', (how) => {
    const scene = new Scene().note({ type: 'press', t: 0, target: pay, x: 0, y: 0 })
    if (how === 'drag') scene.note({ type: 'lift', t: 90, x: 40, y: 0 })
    scene.note({ type: 'click', t: 100, target: pay, odd: how !== 'drag' })
    expect(scene.pass(9000).verdicts()).toEqual([])
  })

  test('needs a press: a click that a script or a label made is not looked at', () => {
    expect(new Scene().note({ type: 'click', t: 0, target: pay }).pass(9000).events).toEqual([])
  })

  test('is not concluded by a machine that slept', () => {
    const scene = new Scene().click(1000, pay).pass(1200)
    scene.wake(3_600_000)
    expect(scene.verdicts()).toEqual([])
  })

  const LIVES: Life[] = [
    'mutation', 'value', 'toggle', 'dialog', 'animation', 'scroll', 'selection', 'input', 'focus', 'navigation',
    'open', 'away', 'media', 'print', 'clipboard', 'download', 'picker', 'canvas', 'resource',
  ]
  test.each(LIVES)('%s is life', (what) => {
    expect(new Scene().click(1000, pay).life(1200, what).pass(30_000).verdicts()).toEqual([])
  })

  test('a scroll much later is the search for help', () => {
    expect(new Scene().click(1000, pay).life(1900, 'scroll').pass(9000).verdicts()).toEqual(['1 dead'])
  })

  test('typing afterwards is not an answer', () => {
    const scene = new Scene().click(1000, pay).note({ type: 'key', t: 1500 }).life(1510, 'input')
    expect(scene.pass(9000).verdicts()).toEqual(['1 dead'])
  })

  test('a click that wakes the tab has done its work', () => {
    expect(new Scene().life(500, 'away').click(1000, pay).pass(9000).verdicts()).toEqual([])
  })
})

test('clicks that were answered wake nobody', () => {
  const scene = new Scene()
  for (const t of [1000, 1800, 4000]) scene.click(t, pay).life(t + 30, 'mutation', { near: ['pay'] })
  expect(scene.ledger.due()).toBe(Infinity)
  expect(scene.click(9000, pay).ledger.due()).toBeLessThan(Infinity)
  expect(scene.pass(20_000).verdicts()).toEqual(['4 dead'])
  expect(scene.ledger.accounts).toEqual([])
})

describe('noise', () => {
  const clock = (scene: Scene, from: number, to: number) => {
    for (let t = from; t <= to; t += 1000) scene.life(t, 'mutation', { region: 'clock' })
    return scene
  }

  test('a clock does not hide a dead click', () => {
    const scene = clock(new Scene(), 0, 20_000).click(20_400, pay)
    expect(clock(scene, 21_000, 30_000).verdicts()).toEqual(['1 dead'])
  })

  test('a place that is restless may still answer at once', () => {
    const scene = clock(new Scene(), 0, 20_000).click(20_400, pay).life(20_410, 'mutation', { region: 'clock' })
    expect(clock(scene, 21_000, 30_000).verdicts()).toEqual([])
  })

  test('time in which nobody looked does not make a place seem quiet', () => {
    const scene = new Scene()
    for (let i = 0; i < 5; i++) {
      clock(scene, i * 17_000, i * 17_000 + 1000)
      scene.note({ type: 'blind', t: i * 17_000 + 17_000, ms: 15_000 })
    }
    scene.click(90_000, pay).life(90_150, 'mutation', { region: 'clock' })
    expect(scene.pass(99_000).verdicts()).toEqual(['1 dead'])
  })

  test('two changes ahead of a click are no rhythm', () => {
    const scene = clock(new Scene(), 0, 1000).click(4000, pay).life(4800, 'mutation', { region: 'clock' })
    expect(scene.pass(30_000).verdicts()).toEqual([])
  })

  test('a poll does not hide a dead click', () => {
    const scene = new Scene()
    for (let i = 0; i < 20; i++) {
      scene.note({ type: 'request', t: i * 1000, id: i, method: 'GET', route: '/poll' })
      scene.note({ type: 'response', t: i * 1000 + 50, id: i, status: 200 })
    }
    scene.click(22_000, pay).note({ type: 'request', t: 23_000, id: 99, method: 'GET', route: '/poll' })
    expect(scene.pass(25_000).verdicts()).toEqual(['1 dead'])
  })
})

describe('requests', () => {
  const asked = () => new Scene().click(1000, pay)
    .note({ type: 'request', t: 1010, id: 1, method: 'POST', route: '/api/pay' })

  test('a click whose request runs is pending, then answered', () => {
    const scene = asked().pass(2900)
    expect(scene.ledger.accounts.filter((one) => one.running.size).length).toBe(1)
    scene.note({ type: 'response', t: 2950, id: 1, status: 200 }).pass(60_000)
    expect(scene.verdicts()).toEqual([])
  })

  test('waiting for more than three seconds without a sign is slow', () => {
    const scene = asked().pass(4500)
    expect(scene.verdicts()).toEqual(['1 slow'])
    expect(scene.saidAt()).toBe(1000 + RULES.slow)
  })

  test('a failure is an error of the click that asked', () => {
    const scene = asked().note({ type: 'response', t: 1500, id: 1, status: 503 }).pass(60_000)
    expect(scene.verdicts()).toEqual(['1 error'])
    expect(scene.events).toContainEqual(expect.objectContaining({ type: 'request', status: 503, click: 1, took: 490 }))
  })

  test('a request that the page itself stopped did not fail', () => {
    const scene = asked().note({ type: 'response', t: 1500, id: 1, status: 0, stopped: true })
    expect(scene.life(1600).pass(60_000).verdicts()).toEqual([])
  })
})

describe('errors', () => {
  test('what breaks on the press is told once the click is complete, and not for a drag', () => {
    const press: Fact[] = [{ type: 'press', t: 1000, target: pay, x: 0, y: 0 }, { type: 'error', t: 1005, message: 'no' }]
    const scene = new Scene()
    for (const fact of press) scene.note(fact)
    expect(scene.verdicts()).toEqual([])
    scene.note({ type: 'click', t: 1080, target: pay, x: 0, y: 0 }).life(1100).pass(9000)
    expect(scene.verdicts()).toEqual(['1 error'])
    const given = new Scene()
    for (const fact of press) given.note(fact)
    expect(given.note({ type: 'cancel', t: 1050 }).pass(9000).verdicts()).toEqual([])
  })

  test('belong to the click before them, which may be dead as well', () => {
    const scene = new Scene().click(1000, pay).note({ type: 'error', t: 1001, message: 'no' }).pass(9000)
    expect(scene.verdicts()).toEqual(['1 error', '1 dead'])
  })

  test.each([
    'ResizeObserver loop completed with undelivered notifications.',
    'AbortError: The play() request was interrupted by a call to pause().',
  ])('what broke nothing is told, and is no error of the click: %s', (message) => {
    const scene = new Scene().click(1000, pay).note({ type: 'error', t: 1010, message }).life(1020).pass(9000)
    expect(scene.verdicts()).toEqual([])
    expect(scene.events).toContainEqual(expect.objectContaining({ type: 'error', message, click: null }))
  })

  test('later than the limit belong to nobody', () => {
    const scene = new Scene().click(1000, pay).note({ type: 'error', t: 1000 + RULES.error, message: 'no' })
    expect(scene.events).toContainEqual(expect.objectContaining({ type: 'error', click: null }))
  })

  test('that come by themselves are not blamed on a click', () => {
    const scene = new Scene()
    for (let t = 0; t < 10_000; t += 500) scene.note({ type: 'error', t, message: 'resize loop' })
    scene.click(13_000, pay).note({ type: 'error', t: 13_400, message: 'resize loop' }).life(13_500)
    expect(scene.pass(30_000).verdicts()).toEqual([])
  })
})

describe('touch', () => {
  const swipe = (more: Partial<Target> = {}) => new Scene()
    .note({ type: 'press', t: 0, target: control('list', more), x: 100, y: 300, by: 'touch' })
    .note({ type: 'lift', t: 200, x: 100, y: 200 })

  test('a swipe that moves nothing is dead', () => {
    expect(swipe().pass(9000).verdicts()).toEqual(['1 dead_swipe'])
  })

  test('nothing is said of a swipe where swiping asks for nothing', () => {
    expect(swipe({ swipes: false }).pass(9000).verdicts()).toEqual([])
  })

  test('a scroll that starts on a button is no click', () => {
    const scene = new Scene().note({ type: 'press', t: 0, target: pay, by: 'touch' })
    expect(scene.life(40, 'scroll').note({ type: 'cancel', t: 60 }).pass(9000).events).toEqual([])
  })
})

const anyFact: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({ t: fc.double({ noNaN: true, min: -1e15, max: 1e15 }), key: fc.constantFrom('a', 'b', 'c') }).chain(
    ({ t, key }) => fc.constantFrom<Fact>(
      { type: 'press', t, target: control(key) }, { type: 'click', t, target: control(key) },
      { type: 'life', t, what: 'mutation', region: key }, { type: 'cancel', t }, { type: 'key', t },
      { type: 'request', t, id: key, method: 'GET', route: key }, { type: 'response', t, id: key, status: 500 },
      { type: 'error', t, message: key }, { type: 'page', t, page: key, how: 'push' },
      { type: 'lift', t, x: 5, y: 900 }, { type: 'life', t, what: 'away' },
    ),
  ),
)

test('whatever the clock does, nothing throws and every time fits the wire', () => {
  fc.assert(fc.property(fc.array(anyFact, { maxLength: 60 }), (facts) => {
    const scene = new Scene()
    for (const fact of facts) scene.ledger.note(fact)
    for (const fact of facts) scene.ledger.advance(fact.t)
    for (const event of scene.events) {
      expect(Number.isInteger(event.at) && event.at >= 0).toBe(true)
      if (event.type === 'verdict') expect(event.after).toBeGreaterThanOrEqual(0)
    }
  }))
})

test('a verdict is never given twice, and only the last one may differ by being taken back', () => {
  const moment = fc.record({ t: fc.integer({ min: 0, max: 20_000 }), key: fc.constantFrom('a', 'b'), life: fc.boolean() })
  fc.assert(fc.property(fc.array(moment, { maxLength: 40 }), (moments) => {
    const scene = new Scene()
    for (const { t, key, life } of [...moments].sort((a, b) => a.t - b.t)) {
      if (life) scene.life(t, 'mutation', { near: [key] })
      else scene.click(t, control(key))
    }
    scene.pass(22_000).pass(30_000)
    const said: Record<string, string> = {}
    for (const one of scene.verdicts()) {
      const [click = '', verdict] = one.split(' ')
      said[click] = `${said[click] ?? ''} ${verdict}`
    }
    for (const one of Object.values(said)) {
      expect([' dead', ' dead answered', ' dead answered slow']).toContain(one)
    }
  }))
})

/** Returns the bytes of the heap still in use after a collection. */
function held(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

test('a million facts leave a ledger small', () => {
  let events = 0
  const ledger = new Ledger(() => events++)
  const before = held()
  for (let i = 0; i < 1_000_000; i++) {
    const t = 1_700_000_000_000 + i
    const target = control(`k${(i - (i % 5)) % 1000}`)
    const kind = i % 5
    if (kind === 0) ledger.note({ type: 'press', t, target })
    else if (kind === 1) ledger.note({ type: 'click', t, target })
    else if (kind === 2) ledger.note({ type: 'request', t, id: i, method: 'GET', route: `/r${i}` })
    else ledger.note({ type: 'life', t, what: 'mutation', region: `m${i}`, near: [] })
  }
  expect(events).toBeGreaterThan(100_000)
  expect(held() - before).toBeLessThan(2_000_000)
  // The ledger still works.
  ledger.advance(1_700_000_900_000_000)
  expect(ledger.due()).toBe(Infinity)
}, 60_000)

describe('the back/forward cache', () => {
  test('what was open when the page went is not judged when it returns', () => {
    const scene = new Scene().click(1000, pay)
    scene.note({ type: 'page', t: 2500, page: '/', how: 'restore' })
    expect(scene.pass(30_000).verdicts()).toEqual([])
  })

  test('nor when a timer wakes before the page knows that it is back', () => {
    const scene = new Scene().click(1000, pay).life(1500, 'navigation').wake(9_000)
    scene.note({ type: 'page', t: 9_001, page: '/', how: 'restore' })
    expect(scene.pass(30_000).verdicts()).toEqual([])
    expect(scene.click(40_000, pay).pass(60_000).verdicts()).toEqual(['2 dead'])
  })
})
