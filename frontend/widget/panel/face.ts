// The face's own state and deeds: what Preact draws from, and what its buttons do.
import type { SayFrame } from '../../protocol/protocol.ts'
import { pageOf } from '../capture/sensors/routes.ts'
import { highlight, occupied } from '../element/highlight.ts'
import type { Core } from '../loader/parts.ts'
import { newId } from '../outbox/session.ts'
import type { Store } from '../view/store.ts'
import { tellTabs } from './tabs.ts'
import { chose, opened, said, unread, type View } from '../view/view.ts'

/** What the panel's buttons do. */
export interface Deeds {
  open: () => void
  close: () => void
  say: (text: string) => void
  /** Sends a failed message again. */
  retry: (id: string) => void
  choose: (intent: number) => void
  typing: (on: boolean) => void
  answerNudge: (nudge: string, state: 'shown' | 'accepted' | 'dismissed') => void
  /** Points at the element on the page; false when it is not there. */
  highlight: (element: string) => boolean
  /** What a card must not cover: the element with that fingerprint, and where the contact types. */
  occupied: (element: string) => DOMRect[]
  /** True when the host page has an open modal dialog, which makes everything else inert. */
  hostIsModal: () => boolean
}

export function createDeeds(core: Core, store: Store): Deeds {
  const open = (wanted: boolean) => store.update((view) => (view.open === wanted ? view : opened(view, wanted)))
  const say = (id: string, text: string) => {
    const frame: SayFrame = { type: 'say', id, text, page: pageOf(location) }
    const show = (state: 'sending' | 'failed') => store.update((view) => said(view, frame, Date.now(), state))
    show('sending')
    core.say(frame, () => show('failed'))
  }
  return {
    open: () => open(true),
    close: () => open(false),
    say: (text) => say(newId(), text),
    retry(id) {
      const text = store.view.bubbles.find(({ key }) => key === id)?.text
      if (text) say(id, text)
    },
    choose(intent) {
      store.update((view) => chose(view, intent, Date.now()))
      core.note({ type: 'intent', intent })
    },
    typing: (on) => core.mention({ type: 'typing', on }),
    answerNudge(nudge, state) {
      core.note({ type: 'nudge', nudge, state })
      if (state !== 'shown') tellTabs(core, 'nudge', nudge)
    },
    highlight: (element) => highlight(core.find(element)),
    occupied: (element) => occupied(core.find(element)),
    hostIsModal: () => document.querySelector('dialog:modal') !== null,
  }
}

/** Tells the product what changed, in words of its own. */
export function announce(core: Core, view: View, before: View): void {
  if (view.open !== before.open) core.tell(view.open ? 'open' : 'close')
  if (view.nudge && view.nudge !== before.nudge) core.tell('nudge', { id: view.nudge.nudge, title: view.nudge.title })
  if (unread(view) !== unread(before)) core.tell('unread', unread(view))
}
