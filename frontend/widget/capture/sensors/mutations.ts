// Changes of the document, told as where they happened. One observer for the page and the open
// shadow roots in it; on a page that never rests it only looks while a click waits for its answer.

import type { Host } from './host.ts'
import { type Face, hasChanged, meaningOf, rememberFace } from './face.ts'
import { parentOf } from './fingerprint.ts'
import type { Hit } from './targets.ts'

const WATCHED = 8
const WATCH = 9000
const RECORDS = 60
const NEAR = 3
/** Callbacks a second above which the observer rests between clicks. */
const BUSY = 30
const REST = 2000
const UNSEEN = /^(script|link|style|meta|noscript|title|base|template)$/

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
  const ids = new WeakMap<Node, number>()
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
    const first = new Map<Node, string[]>()
    for (const record of records.slice(0, RECORDS)) {
      if (!isFirst(record, first)) continue
      const place = placeOf(record, host)
      if (place) tell(place, record, t, told)
    }
    if (!watched.length) rest(t)
  }

  function tell(place: Element, record: MutationRecord, t: number, told: Set<string>): void {
    let id = ids.get(place)
    if (!id) ids.set(place, (id = ++count))
    const region = `m${id}`
    if (told.has(region)) return
    told.add(region)
    const near: string[] = []
    let face: string | undefined
    for (const one of watched) {
      if (one.face.control.contains(record.target)) {
        // Nothing but press feedback, and nothing else to see here for anyone.
        if (!hasChanged(one.face)) return
        face = one.face.shows ?? undefined
        near.push(one.key)
      } else if (one.around.contains(record.target)) near.push(one.key)
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

/** The first change of an attribute holds what it was before all of them. */
function isFirst({ target, attributeName }: MutationRecord, first: Map<Node, string[]>): boolean {
  if (!attributeName) return true
  const names = first.get(target) ?? []
  first.set(target, [...names, attributeName])
  return !names.includes(attributeName)
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

/** The element whose change it is; null for what nobody can see, and for what is marked as noise. */
function placeOf(record: MutationRecord, host: Host): Element | null {
  const { target, type } = record
  const element = target.nodeType === 1 ? (target as Element) : target.parentElement ?? (target as ShadowRoot).host
  if (!element || UNSEEN.test(element.localName) || element.localName === 'head') return null
  // Frameworks set attributes to what they were; focus and hover come with every click.
  if (type === 'attributes') {
    const name = record.attributeName!
    if (meaningOf(name, record.oldValue) === meaningOf(name, element.getAttribute(name))) return null
  }
  if (type === 'childList') {
    const nodes = [...record.addedNodes, ...record.removedNodes]
    const unseen = (name: string) => UNSEEN.test(name) || host.settings.own.test(name)
    if (nodes.every((node) => node.nodeType === 8 || unseen((node as Element).localName ?? ''))) return null
  }
  if (host.settings.own.test(element.localName) || element.closest('[data-vcsm-noise]')) return null
  // Parts of a carousel change in turn: what they share is the place.
  const parent = type === 'attributes' ? element.parentElement : null
  return parent && parent.localName !== 'body' && parent.localName !== 'html' ? parent : element
}
