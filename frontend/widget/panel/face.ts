// The face's own state and deeds: what Preact draws from, and what its buttons do.
import type { Attached, FromWidget, SayFrame } from '../../protocol/protocol.ts'
import { pageOf } from '../capture/sensors/routes.ts'
import { occupied } from '../element/occupied.ts'
import type { Core } from '../loader/parts.ts'
import { newId } from '../../shared/new_id.ts'
import type { Store } from '../view/store.ts'
import { tellTabs } from './tabs.ts'
import { Writing } from './writing.ts'
import { chose, firstSeq, holeIn, opened, said, turned, unread, type Screen, type View } from '../view/view.ts'

/** What the panel's buttons do. */
export interface Deeds {
  open: () => void
  close: () => void
  turn: (screen: Screen) => void
  say: (text: string, files?: readonly Attached[]) => void
  /** Sends a failed message again. */
  retry: (id: string) => void
  choose: (intent: number) => void
  typing: (on: boolean) => void
  earlier: () => void
  answerNudge: (nudge: string, state: 'shown' | 'accepted' | 'dismissed') => void
  /** Sends a frame about the first page: a tick, a rating, a dispute, a correction. */
  tell: (frame: FromWidget) => void
  find: (element: string) => Element | null
  /** What a card must not cover: the element with that fingerprint, and the focused field. */
  occupied: (element: string) => DOMRect[]
  /** True when the host page has an open modal dialog, which makes everything else inert. */
  hostIsModal: () => boolean
  /** What the contact is writing. */
  writing: Writing
  core: Core
}

export function createDeeds(core: Core, store: Store): Deeds {
  const open = (wanted: boolean) => store.update((view) => (view.open === wanted ? view : opened(view, wanted)))
  const say = (id: string, text: string, files: readonly Attached[] = []) => {
    const frame: SayFrame = { type: 'say', id, text, page: pageOf(location) }
    if (files.length) frame.files = files.map((file) => file.id)
    const show = (state: 'sending' | 'failed') => store.update((view) => said(view, frame, Date.now(), state, files))
    show('sending')
    store.update((view) => turned(view, 'talk'))
    core.say(frame, () => show('failed'))
  }
  return {
    open: () => open(true),
    close: () => open(false),
    turn: (screen) => store.update((view) => turned(view, screen)),
    say: (text, files) => say(newId(), text, files),
    retry(id) {
      const bubble = store.view.bubbles.find(({ key }) => key === id)
      if (bubble) say(id, bubble.text, bubble.files)
    },
    choose(intent) {
      store.update((view) => chose(view, intent, Date.now()))
      core.note({ type: 'intent', intent })
    },
    typing: (on) => core.mention({ type: 'typing', on }),
    earlier: () => core.mention({ type: 'older', before: firstSeq(store.view) }),
    answerNudge(nudge, state) {
      core.note({ type: 'nudge', nudge, state })
      if (state !== 'shown') tellTabs(core, nudge)
    },
    tell: (frame) => core.note(frame),
    find: (element) => core.find(element),
    occupied: (element) => occupied(core.find(element)),
    hostIsModal: () => document.querySelector('dialog:modal') !== null,
    writing: new Writing(),
    core,
  }
}

/** Tells the product what changed, and the server how far the contact has read. */
export function announce(core: Core, view: View, before: View): void {
  if (view.read > before.read && view.epoch === before.epoch) core.note({ type: 'read', seq: view.read })
  // A mark that was on its way when the connection broke is lost with it.
  if (view.online && !before.online && view.read) core.note({ type: 'read', seq: view.read })
  const hole = holeIn(view)
  if (hole && (hole !== holeIn(before) || !before.online)) core.mention({ type: 'older', before: hole })
  if (view.open !== before.open) core.tell(view.open ? 'open' : 'close')
  if (view.nudge && view.nudge !== before.nudge) core.tell('nudge', { id: view.nudge.nudge, title: view.nudge.title })
  if (unread(view) !== unread(before)) core.tell('unread', unread(view))
}

const SETTLE = 120

/**
 * Asks for the first page when it is in view and what it shows may be old. In the conversation it
 * also asks once a member has left, because the answer says whether to ask how their help was.
 * Returns the function that stops it.
 */
export function askHome(core: Core, store: Store): () => void {
  let asked = -1
  let timer: ReturnType<typeof setTimeout> | undefined
  const ask = () => {
    timer = undefined
    asked = store.view.changes
    core.mention({ type: 'home' })
  }
  const unwatch = store.watch(({ open, screen, online, changes, bubbles }) => {
    if (!online) asked = -1
    const shown = screen !== 'talk' || bubbles.at(-1)?.notice === 'left'
    const wanted = open && shown && online && asked !== changes
    // Changes come in groups: a history, or a resolved matter with its notices.
    if (wanted) timer ??= setTimeout(ask, asked < 0 ? 0 : SETTLE)
  })
  return () => {
    unwatch()
    clearTimeout(timer)
  }
}
