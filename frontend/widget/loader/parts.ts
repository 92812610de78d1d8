// The parts that the loader fetches when they are needed, from beside itself.
import type { SentEvent } from '../../protocol/protocol.ts'
import type { Texts } from '../texts.ts'
import type { Store } from '../view/store.ts'
import { partUrl, type Settings } from './script.ts'

export interface CapturePart {
  startCapture: (options: { emit: (event: SentEvent) => void; settings: Record<string, unknown> }) => () => void
  /** The element on this page that has that fingerprint now. */
  findElement?: (id: string) => Element | null
}

/** What the panel may ask of the rest of the widget. */
export interface Deeds {
  open: () => void
  close: () => void
  say: (text: string) => void
  /** Sends a failed message again. */
  retry: (id: string) => void
  choose: (intent: number, title: string) => void
  typing: (on: boolean) => void
  answerNudge: (nudge: string, state: 'shown' | 'accepted' | 'dismissed') => void
  /** Points at the element on the page; false when it is not there. */
  highlight: (element: string) => boolean
  /** What a card must not cover: the element with that fingerprint, and where the contact types. */
  occupied: (element: string) => DOMRect[]
  /** True when the host page has an open modal dialog, which makes everything else inert. */
  hostIsModal: () => boolean
}

export interface PanelPart {
  mountPanel: (options: { root: ShadowRoot; store: Store; deeds: Deeds; texts: Texts }) => () => void
}

/** Fetches a part once; after a failure the next call tries again under a new address. */
export function part<Part>(settings: Settings, file: string): () => Promise<Part> {
  let loading: Promise<Part> | null = null
  let failures = 0
  return () => {
    if (!loading) {
      const url = partUrl(settings, file) + (failures ? `?again=${failures}` : '')
      loading = import(/* @vite-ignore */ url) as Promise<Part>
      loading.catch(() => {
        loading = null
        failures++
      })
    }
    return loading
  }
}
