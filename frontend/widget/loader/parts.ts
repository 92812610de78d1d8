// The parts that the loader fetches from beside itself, and what they and it may ask of each other.
import type { FromWidget, SayFrame, ToWidget } from '../../protocol/protocol.ts'
import type { Capture } from '../capture/capture.ts'
import type { Settings } from './script.ts'

/** What the loader has when the rest of the widget comes. */
export interface Loaded {
  tag: HTMLScriptElement
  /** The contact is to be asked before anything is watched or kept. */
  asked: boolean
  /** The page's own, without capture around it. */
  fetch: typeof fetch
  /** Running since the loader ran; null when the contact has to be asked first. */
  capture: Capture | null
  watch: () => Capture
}

export interface VisitPart {
  /** The returned function takes the product's calls. */
  startVisit: (loaded: Loaded) => (call: ArrayLike<unknown>) => void
}

export interface InspectPart {
  inspect: (options: {
    server: string
    key: string
    token: string
    find: (element: string) => Element | null
    fetch: typeof fetch
    page: () => string
  }) => void
}

export interface SensesPart {
  addSenses: (capture: Capture) => void
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
  /** The browser's own, not the one that capture watches. */
  readonly fetch: typeof fetch
  /** This browser's id; '' before there is a connection. */
  browser: () => string
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
