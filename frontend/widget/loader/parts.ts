// The parts that the loader fetches from beside itself, and what they and it may ask of each other.
import type { FromWidget, SayFrame, SentEvent, ToWidget } from '../../protocol/protocol.ts'
import { partUrl, type Settings } from './script.ts'

export interface CapturePart {
  startCapture: (options: { emit: (event: SentEvent) => void; settings: Record<string, unknown> }) => () => void
  /** The element on this page that has that fingerprint now. */
  findElement?: (id: string) => Element | null
}

/** What the face may ask of the loader. */
export interface Core {
  readonly settings: Settings
  readonly root: ShadowRoot
  readonly launcher: HTMLButtonElement
  /** Messages of the contact that are not acknowledged yet. */
  waiting: () => readonly SayFrame[]
  /** `refused` is called when too much waits already. */
  say: (frame: SayFrame, refused: () => void) => void
  /** Worth sending late. */
  note: (frame: FromWidget) => void
  /** Of use now or never. */
  mention: (frame: FromWidget) => void
  find: (element: string) => Element | null
  /** Tells the product's listeners. */
  tell: (event: string, detail?: unknown) => void
}

/** All of the widget that a contact sees but for the launcher; comes with the panel. */
export interface Face {
  receive: (frame: ToWidget) => void
  online: (online: boolean) => void
  open: (open: boolean) => void
  unmount: () => void
}

export interface PanelPart {
  mountFace: (core: Core) => Face
}

export interface Replay {
  /** The server asked that session for what is recorded. */
  send: (session: string) => void
  stop: () => void
}

export interface ReplayPart {
  startReplay: (options: {
    settings: Settings
    ids: () => { session: string; browser: string }
    fetch: typeof fetch
    name: string
  }) => Replay
}

/** Fetches a part once; after a failure the next call tries again under a new address. */
export function part<Part>(settings: Settings, file: string): () => Promise<Part> {
  let loading: Promise<Part> | null = null
  let failures = 0
  return () => {
    if (!loading) {
      loading = import(/* @vite-ignore */ partUrl(settings, file) + (failures ? `?again=${failures}` : ''))
      loading.catch(() => {
        loading = null
        failures++
      })
    }
    return loading
  }
}
