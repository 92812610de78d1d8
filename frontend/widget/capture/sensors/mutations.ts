// Changes of the document, reported by where they happened. One observer serves the page and its
// open shadow roots. It looks closely while a click waits for its answer; otherwise it only learns
// which places change by themselves, and on a page that never rests it does so only now and then.

import { type Face, hasChanged, meaningOf, rememberFace } from './face.ts'
import { isOurs, type Host } from './host.ts'
import { parentOf } from './parent.ts'
import type { Hit } from './targets.ts'

const WATCHED = 4
const WATCH = 2500
/** Records looked at in one go: while a click waits, and otherwise. */
const RECORDS = 60
const GLANCE = 8
/** Milliseconds within which changes are one change to the ledger. */
const APART = 40
const NEAR = 3
/** Callbacks per second above which the observer rests between clicks. */
const BUSY = 30
/** Milliseconds of such a rest. Rests grow, because what is known by then changes little. */
const REST = 2000
const LONGEST = 16_000
/** When this many things of one kind change by themselves, all of that kind are taken to do so. */
const ALIKE = 4
const KINDS = 500
const UNSEEN = /^(script|link|style|meta|noscript|title|base|template|head)$/

interface Place {
  element: Element
  region: string
  kind?: string
  learnt?: boolean
}

interface Watched {
  around: Element
  key: string
  face: Face
  until: number
}

export interface Mutations {
  press(hit: Hit, path: EventTarget[], t: number): void
  /** Hands over what happened but has not been delivered yet. */
  flush(): void
  observe(root: Node): void
}

export function watchMutations(host: Host): Mutations {
  let watched: Watched[] = []
  const known = new WeakSet<Node>()
  const roots: WeakRef<Node>[] = []
  const places = new WeakMap<Node, Place | null>()
  const ids = new WeakMap<Element, string>()
  const restless = new Map<string, number>()
  let count = 0
  let [calls, since, busy, pressed, glanced] = [0, 0, false, 0, 0]
  let [resting, pause, timer] = [0, REST, 0]

  const observer = new MutationObserver(host.guard((records: MutationRecord[]) => take(records)))
  const connect = (root?: Node) => {
    if (root) observer.observe(root, { subtree: true, childList: true, attributeOldValue: true, characterData: true })
  }
  const wake = () => {
    if (!resting) return
    const t = host.now()
    host.note({ type: 'blind', t, ms: t - resting })
    resting = calls = 0
    since = t
    for (const root of roots) connect(root.deref())
  }
  const glance = host.guard(() => {
    // What follows a press may be the press's doing, so nothing is learnt from it.
    timer = pressed + WATCH > host.now() ? window.setTimeout(glance, WATCH) : 0
    if (timer) return
    pause = Math.min(pause * 2, LONGEST)
    wake()
  })
  const rest = () => {
    if (!busy || resting) return
    observer.disconnect()
    resting = host.now()
    timer ||= window.setTimeout(glance, pause)
  }

  function take(records: MutationRecord[]): void {
    // Every click has its answer: further changes would alter nothing.
    if (watched.length && !host.waits()) return rest()
    const t = host.now()
    if (watched[0]?.until! <= t) watched = watched.filter((one) => one.until > t)
    if (watched.length || t - glanced > APART) {
      glanced = t
      const told = new Set<string>()
      const many = Math.min(records.length, watched.length ? RECORDS : GLANCE)
      for (let i = 0; i < many; i++) look(records, i, t, told)
    }
    if (watched.length || (calls++, t - since < 1000)) return
    busy = calls > BUSY
    if (!busy) pause = REST
    calls = 0
    since = t
    rest()
  }

  function look(records: MutationRecord[], at: number, t: number, told: Set<string>): void {
    const record = records[at]!
    const { target } = record
    const near = watched.filter((one) => one.around.contains(target))
    // Close to the control each element is a place of its own; elsewhere its place is what it
    // shares with others.
    const close = near.some(({ face: { control } }) => control.contains(target) || target.contains(control))
    const place = placeOf(close ? target : sharedBy(record))
    if (!place) return
    const kind = close ? '' : (place.kind ??= kindOf(place.element))
    const region = restless.get(kind)! >= ALIKE ? kind : place.region
    if (told.has(region) || !isChange(record, records, at, close)) return
    told.add(region)
    if (kind && !watched.length && !place.learnt) {
      place.learnt = true
      if (restless.size > KINDS) restless.clear()
      restless.set(kind, (restless.get(kind) ?? 0) + 1)
    }
    let shows: string | null | undefined
    for (const { face } of near) {
      if (!face.control.contains(target)) continue
      // Nothing but press feedback, which is no answer to any other click either.
      if (!hasChanged(face)) return
      shows = face.shows
    }
    host.note({ type: 'life', t, what: 'mutation', region, near: near.map((one) => one.key), face: shows ?? undefined })
  }

  function placeOf(node: Node): Place | null {
    let place = places.get(node)
    if (place === undefined) {
      const element = elementOf(node)
      places.set(node, (place = element && { element, region: idOf(element) }))
    }
    return place
  }

  function idOf(element: Element): string {
    const id = ids.get(element) ?? `m${++count}`
    ids.set(element, id)
    return id
  }

  /**
   * Returns what kind of thing it is, and where: the path to it from its ancestor three levels up.
   */
  function kindOf(element: Element): string {
    let kind = ''
    let one: Element | null = element
    for (let i = 0; one && i < NEAR; i++, one = parentOf(one)) {
      kind += `${one.localName}.${one.getAttribute('class')?.split(' ', 1)[0]} `
    }
    return one ? kind + idOf(one) : kind
  }

  host.later(() => observer.disconnect())
  const observe = (root: Node) => {
    if (known.has(root)) return
    known.add(root)
    roots.push(new WeakRef(root))
    if (!resting) connect(root)
  }
  return {
    observe,
    press({ control, target: { key } }, path, t) {
      pressed = t
      wake()
      for (const one of path) if ((one as Node).nodeType === 11) observe(one as Node)
      watched = watched.filter((one) => one.key !== key).slice(1 - WATCHED)
      watched.push({ around: aroundOf(control), key, face: rememberFace(control), until: t + WATCH })
    },
    flush: () => take(observer.takeRecords()),
  }
}

/**
 * Returns where a change counts as happening. Parts of a carousel change their attributes in turn:
 * the place is what they share.
 */
function sharedBy({ target, attributeName }: MutationRecord): Node {
  const parent = attributeName === null ? null : target.parentElement
  return parent && !/^(body|html|main)$/.test(parent.localName) ? parent : target
}

function aroundOf(control: Element): Element {
  let around = control
  for (let i = 0; i < NEAR; i++) {
    const parent = parentOf(around)
    if (!parent || /^(body|html|main)$/.test(parent.localName)) break
    around = parent
  }
  return around
}

/**
 * Returns whether a record reports something that can be seen and that no earlier record reported.
 */
function isChange(record: MutationRecord, records: MutationRecord[], at: number, close: boolean): boolean {
  const { attributeName: name, oldValue, target, type, addedNodes, removedNodes } = record
  if (name === null) return type === 'characterData' || isShown(addedNodes) || isShown(removedNodes)
  // Frameworks set attributes to the value they had; focus and hover come with every click. What is
  // moved or faded elsewhere is no press feedback, but a carousel or a drawer.
  const value = (target as Element).getAttribute(name)
  if (value === oldValue || meaningOf(name, oldValue, close) === meaningOf(name, value, close)) return false
  // The first record of an attribute holds its value before all of them, and has decided.
  for (let i = 0; i < at; i++) {
    if (records[i]!.target === target && records[i]!.attributeName === name) return false
  }
  return true
}

function isShown(nodes: NodeList): boolean {
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]!
    if (node.nodeType !== 8 && !UNSEEN.test((node as Element).localName) && !isOurs(node)) return true
  }
  return false
}

/**
 * Returns the element that changes there; null where nobody can see it or it is marked as noise.
 */
function elementOf(node: Node): Element | null {
  const element = node.nodeType === 1 ? (node as Element) : node.parentElement ?? (node as ShadowRoot).host
  if (!element || UNSEEN.test(element.localName) || isOurs(element)) return null
  const told = element.closest<HTMLElement>('[data-vcsm-noise],[aria-live]')
  if (!told) return element
  // Told to screen readers only: the focus moved, a row is selectable.
  return told.offsetWidth < 2 || told.closest('[data-vcsm-noise]') ? null : element
}
