// The parts that the loader fetches from beside itself, and what they may ask of each other.
import type { FromWidget, SayFrame, ToWidget } from '../../protocol/protocol.ts'
import type { Capture } from '../capture/capture.ts'
import type { Settings } from './script.ts'

/** What the loader hands over when the rest of the widget has loaded. */
export interface Loaded {
  tag: HTMLScriptElement
  /** Whether the contact must be asked before anything is watched or kept. */
  asked: boolean
  /** The page's own `fetch`, without the wrapper of capture. */
  fetch: typeof fetch
  /** Running since the loader ran; null when the contact must be asked first. */
  capture: Capture | null
  watch: () => Capture
}

export interface VisitPart {
  /** Returns the function that takes the product's calls. */
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
  /** The contact's messages that are not acknowledged yet. */
  waiting: () => readonly SayFrame[]
  /** Sends a message; calls `refused` when too many are waiting already. */
  say: (frame: SayFrame, refused: () => void) => void
  /** Sends a frame, later if it must wait for the connection. */
  note: (frame: FromWidget) => void
  /** Sends a frame now or never. */
  mention: (frame: FromWidget) => void
  find: (element: string) => Element | null
  /** The browser's own `fetch`, not the one that capture watches. */
  readonly fetch: typeof fetch
  /** This browser's id; '' before there is a connection. */
  browser: () => string
  /** Tells the product's listeners. */
  tell: (event: string, detail?: unknown) => void
}

/** Everything a contact sees of the widget except the launcher; loaded with the panel. */
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
  /** Sends what is recorded, because the server asked that session for it. */
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
