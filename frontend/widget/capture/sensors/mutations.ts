// Changes of the document, told as where they happened. One observer for the page and the open
// shadow roots in it; on a page that never rests it only looks while a click waits for its answer.

import type { Host } from './host.ts'
import { type Face, hasChanged, meaningOf, rememberFace } from './face.ts'
import { parentOf } from './fingerprint.ts'
import type { Hit } from './targets.ts'

const WATCHED = 4
const WATCH = 2500
const RECORDS = 60
const NEAR = 3
/** Callbacks a second above which the observer rests between clicks. */
const BUSY = 30
const REST = 2000
const UNSEEN = /^(script|link|style|meta|noscript|title|base|template)$/

interface Place {
  region: string
}

interface Watched {
  around: Element
  key: string
  face: Face
  until: number
}

export interface Mutations {
  press(hit: Hit, path: EventTarget[], t: number): void
  /** Hands over what happened but was not delivered yet. */
  flush(): void
  observe(root: Node): void
}

export function watchMutations(host: Host): Mutations {
  let watched: Watched[] = []
  const roots: WeakRef<Node>[] = []
  const known = new WeakSet<Node>()
  const places = new WeakMap<Node, Place | null>()
  let count = 0
  let [calls, since, resting] = [0, 0, false]

  const observer = new MutationObserver(host.guard((records: MutationRecord[]) => take(records)))
  const connect = (root: Node) =>
    observer.observe(root, { subtree: true, childList: true, attributeOldValue: true, characterData: true })
  const wake = () => {
    if (!resting) return
    resting = false
    for (const ref of roots) {
      const root = ref.deref()
      if (root) connect(root)
    }
  }

  function take(records: MutationRecord[]): void {
    const t = host.now()
    watched = watched.filter((one) => one.until > t)
    const told = new Set<string>()
    const many = Math.min(records.length, RECORDS)
    for (let i = 0; i < many; i++) {
      const record = records[i]!
      const place = isChange(record, records, i, host) ? placeOf(sharedBy(record)) : null
      if (place) tell(place, record.target, t, told)
    }
    if (!watched.length) rest(t)
  }

  function placeOf(node: Node): Place | null {
    let place = places.get(node)
    if (place === undefined) places.set(node, (place = findPlace(node, host) && { region: `m${++count}` }))
    return place
  }

  function tell({ region }: Place, target: Node, t: number, told: Set<string>): void {
    if (told.has(region)) return
    told.add(region)
    const near: string[] = []
    let face: string | undefined
    for (const one of watched) {
      if (one.face.control.contains(target)) {
        // Nothing but press feedback, and nothing else to see here for anyone.
        if (!hasChanged(one.face)) return
        face = one.face.shows ?? undefined
        near.push(one.key)
      } else if (one.around.contains(target)) near.push(one.key)
    }
    host.note({ type: 'life', t, what: 'mutation', region, near, face })
  }

  function rest(t: number): void {
    calls++
    if (t - since < 1000) return
    const busy = calls > BUSY
    calls = 0
    since = t
    if (!busy) return
    resting = true
    observer.disconnect()
    setTimeout(host.guard(wake), REST)
  }

  host.later(() => observer.disconnect())
  return {
    observe(root) {
      if (known.has(root)) return
      known.add(root)
      roots.push(new WeakRef(root))
      if (!resting) connect(root)
    },
    press(hit, path, t) {
      wake()
      for (const one of path) if ((one as Node).nodeType === 11) this.observe(one as Node)
      watched = watched.filter((one) => one.key !== hit.target.key).slice(1 - WATCHED)
      const { control, target } = hit
      watched.push({ around: aroundOf(control), key: target.key, face: rememberFace(control), until: t + WATCH })
    },
    flush: () => take(observer.takeRecords()),
  }
}

/** Parts of a carousel change their attributes in turn: what they share is the place. */
function sharedBy({ target, attributeName }: MutationRecord): Node {
  const parent = attributeName === null ? null : target.parentElement
  return parent && !/^(body|html)$/.test(parent.localName) ? parent : target
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

/** Whether a record tells of anything that can be seen, and that no earlier one told. */
function isChange(record: MutationRecord, records: MutationRecord[], at: number, host: Host): boolean {
  const name = record.attributeName
  if (name === null) {
    if (record.type === 'characterData') return true
    return isShown(record.addedNodes, host) || isShown(record.removedNodes, host)
  }
  // Frameworks set attributes to what they were; focus and hover come with every click.
  const element = record.target as Element
  if (meaningOf(name, record.oldValue) === meaningOf(name, element.getAttribute(name))) return false
  // The first record of an attribute holds what it was before all of them, and has decided.
  for (let i = 0; i < at; i++) {
    if (records[i]!.target === element && records[i]!.attributeName === name) return false
  }
  return true
}

function isShown(nodes: NodeList, host: Host): boolean {
  for (const node of nodes) {
    const name = (node as Element).localName ?? ''
    if (node.nodeType !== 8 && !UNSEEN.test(name) && !host.settings.own.test(name)) return true
  }
  return false
}

/** The element that changes there; null for what nobody can see, and for what is marked as noise. */
function findPlace(node: Node, host: Host): Element | null {
  const element = node.nodeType === 1 ? (node as Element) : node.parentElement ?? (node as ShadowRoot).host
  if (!element || UNSEEN.test(element.localName) || element.localName === 'head') return null
  return host.settings.own.test(element.localName) || element.closest('[data-vcsm-noise]') ? null : element
}
