// The widget at work on one page: connection, further senses, launcher, and the face when needed.
import type { Identity, SayFrame, SentEvent, ToWidget } from '../../protocol/protocol.ts'
import type { Capture } from '../capture/capture.ts'
import { report } from '../capture/report.ts'
import { findElement } from '../capture/sensors/fingerprint.ts'
import { pageOf } from '../capture/sensors/routes.ts'
import { createLauncher } from '../element/launcher.ts'
import { place, type Place } from '../element/place.ts'
import { Keep, storage } from '../outbox/keep.ts'
import { forgetEverything, namesOf } from '../outbox/names.ts'
import { passOf } from '../inspect/pass.ts'
import { clip } from './check.ts'
import { warn } from './warn.ts'
import type { Tokens } from './tokens.ts'
import { Connection } from './connection.ts'
import { ClickNumbers } from './clicks.ts'
import { part } from './part.ts'
import type { Core, Face, InspectPart, Loaded, PanelPart, Replay, ReplayPart, SensesPart } from './parts.ts'
import type { Settings } from './script.ts'

/** Milliseconds until a part that failed to load is tried again. */
const AGAIN = 10_000
const TROUBLE = new Set(['dead', 'error', 'disabled', 'dead_swipe', 'rage'])

export class Visit {
  private readonly settings: Settings
  private readonly tell: Core['tell']
  private readonly loaded: Loaded
  private readonly senses: () => Promise<SensesPart>
  private readonly panel: () => Promise<PanelPart>
  private readonly replay: () => Promise<ReplayPart>
  private recording: Promise<Replay | void> | null = null
  private readonly ending = new AbortController()
  private readonly clicks = new ClickNumbers(storage('sessionStorage'))
  private connection: Connection | null = null
  /** What to do once there is a connection, in order. */
  private early: ((connection: Connection) => void)[] = []
  private identity: Identity | null = null
  private tokens: Tokens | null = null
  /** What the product last passed to `identify`, as JSON, without a token. */
  private told = ''
  private place: Place | null = null
  private launcher = createLauncher('Help')
  private capture: Capture | null = null
  private face: Face | null = null
  private wantedOpen = false
  online = false
  /** Frames that came before there was a face to show them. */
  private frames: ToWidget[] = []
  /** The last message that arrived, and the numbering (epoch) it belongs to. */
  private last = { epoch: '', last_message: 0 }

  constructor(settings: Settings, loaded: Loaded, tell: Core['tell']) {
    this.settings = settings
    this.loaded = loaded
    this.tell = tell
    this.senses = part(settings.script, 'senses.js')
    this.panel = part(settings.script, 'panel.js')
    this.replay = part(settings.script, 'replay.js')
  }

  start(): void {
    const token = passOf.read()
    if (token) return this.inspect(token)
    void this.connect()
    this.takeCapture()
    // After capture, so that what capture sends on `pagehide` goes out before we leave.
    this.followPage()
    if (document.body) this.draw()
    else this.listen(document, 'DOMContentLoaded', () => this.draw())
  }

  /**
   * A member is inspecting the page: their clicks are no contact's friction. Nothing is watched.
   */
  private inspect(token: string): void {
    const { server, key, script } = this.settings
    this.ending.abort()
    this.loaded.capture?.stop()
    void part<InspectPart>(script, 'inspect.js')().then(({ inspect }) =>
      inspect({ server, key, token, find: findElement, fetch: this.loaded.fetch.bind(window), page: () => pageOf(location) }),
    )
  }

  /** Leaves nothing behind: no element, listener, patch, socket or stored record. */
  stop(): void {
    this.ending.abort()
    this.capture?.stop()
    this.face?.unmount()
    this.endRecording()
    this.leave()
    this.place?.remove()
    forgetEverything(namesOf(this.settings.key))
  }

  /**
   * Names the contact. With a source of tokens, it waits for the first token: without one the
   * server would treat the contact as anonymous.
   */
  identify(identity: Identity, tokens: Tokens | null): void {
    const told = JSON.stringify(identity)
    const same = told === this.told
    this.told = told
    this.tokens = tokens
    if (!tokens) return this.become(identity)
    // Products call `identify` on every render, each time with another function.
    if (!same) this.prove(identity, tokens)
  }

  private prove(identity: Identity, tokens: Tokens): void {
    void tokens.next().then((token) => {
      if (this.tokens === tokens) this.become({ ...identity, token })
    })
  }

  private become(identity: Identity): void {
    if (this.ending.signal.aborted) return
    this.identity = identity
    if (this.connection?.identify(identity) === false) this.changeContact()
  }

  emit(event: SentEvent): void {
    // Help is probably on its way: have the part that shows it ready.
    if ('verdict' in event && TROUBLE.has(event.verdict)) void this.showFace()
    this.withConnection((connection) => connection.emit(event))
  }

  open(open: boolean): void {
    this.wantedOpen = open
    if (this.face) this.face.open(open)
    else if (open) void this.showFace()
  }

  private say(frame: SayFrame, refused: () => void): void {
    this.withConnection((connection) => {
      if (!connection.say(frame)) return refused()
      // Its place among clicks and pages is recorded; a repeated question is friction too.
      connection.emit({ type: 'question', at: Date.now(), page: frame.page, text: clip(frame.text, 2_000) })
    })
  }

  private withConnection(act: (connection: Connection) => void): void {
    if (this.connection) act(this.connection)
    else if (!this.ending.signal.aborted && this.early.length < 1_000) this.early.push(act)
  }

  private async connect(): Promise<void> {
    const connection = await Connection.open({
      settings: this.settings,
      last: () => this.last,
      tell: (frame) => this.receive(frame),
      changed: (online) => this.follow(online),
    })
    if (this.ending.signal.aborted) return connection.leave()
    this.connection = connection
    if (this.identity && !connection.identify(this.identity)) return this.changeContact()
    for (const act of this.early.splice(0)) act(connection)
    // A message that has been waiting since an earlier page must be seen to wait.
    if (connection.outbox.says.length) void this.showFace()
  }

  /** Another contact has logged in: the previous one's data must not be seen or continued. */
  private changeContact(): void {
    this.face?.unmount()
    this.face = null
    this.frames = []
    this.last = { epoch: '', last_message: 0 }
    this.endRecording()
    this.leave()
    new Keep(storage('sessionStorage'), namesOf(this.settings.key).session).remove()
    void this.connect()
  }

  private leave(): void {
    this.clicks.save()
    this.connection?.leave()
    this.connection = null
  }

  private receive(frame: ToWidget): void {
    if (frame.type === 'message' || frame.type === 'conversation') this.count(frame)
    if (frame.type === 'prove') return this.proveAgain()
    if (frame.type === 'welcome') frame.replay ? this.record() : this.endRecording()
    if (frame.type === 'replay') return void this.recording?.then((replay) => replay?.send(frame.session))
    if (this.face) return this.face.receive(frame)
    this.frames.push(frame)
    if (frame.type === 'nudge' || frame.type === 'message') void this.showFace()
  }

  /** The proof we brought is too old or not accepted; the product may have a better one. */
  private proveAgain(): void {
    const { identity, tokens } = this
    if (!tokens) return warn('this workspace asks for a signed identity: identify with a token')
    const pause = tokens.pause(Date.now())
    if (!identity || pause === Infinity) return
    setTimeout(() => {
      if (this.identity?.id === identity.id && this.tokens) this.prove(identity, this.tokens)
    }, pause)
  }

  private count({ epoch, seq = 0 }: { epoch: string; seq?: number }): void {
    const known = epoch === this.last.epoch ? this.last.last_message : 0
    this.last = { epoch, last_message: Math.max(known, seq) }
  }

  /**
   * Records where the workspace does. A browser that asks for privacy is never recorded, whatever
   * its contact consented to.
   */
  private record(): void {
    if (this.recording || (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl) return
    const wanted = (this.recording = this.replay().then(({ startReplay }) => {
      const { connection, settings, loaded: { fetch } } = this
      if (this.recording !== wanted || !connection) return
      return startReplay({ settings, fetch, ids: () => (this.connection ?? connection).ids, name: namesOf(settings.key).replay })
    }).catch(() => undefined))
  }

  private endRecording(): void {
    void this.recording?.then((replay) => replay?.stop())
    this.recording = null
  }

  private follow(online: boolean): void {
    if (online === this.online) return
    this.online = online
    this.face?.online(online)
    if (online) this.tell('ready')
  }

  /**
   * Takes over what was watched since the loader ran; watches from now on when there is no such
   * capture or it has ended.
   */
  private takeCapture(): void {
    const { loaded, settings } = this
    const capture = (this.capture = loaded.capture ?? loaded.watch())
    loaded.capture = null
    report(capture, { names: settings.names, emit: (event) => this.emit(this.clicks.number(event)) })
    const add = () => this.senses().then(({ addSenses }) => {
      if (!this.ending.signal.aborted) addSenses(capture)
    })
    // A policy or the network blocks the senses: clicks are judged without them.
    whenIdle(() => void add().catch(() => setTimeout(() => void add().catch(() => undefined), AGAIN)))
  }

  private followPage(): void {
    this.listen(window, 'pagehide', () => this.leave())
    this.listen(window, 'pageshow', (event) => {
      if (!(event as PageTransitionEvent).persisted) return
      this.clicks.proceed()
      void this.connect()
    })
    this.listen(window, 'online', () => this.connection?.hurry())
    this.listen(document, 'visibilitychange', () => {
      if (document.hidden) this.connection?.save()
      else this.connection?.hurry()
    })
  }

  private draw(): void {
    this.place = place(this.settings.theme)
    this.place.root.append(this.launcher)
    this.launcher.onclick = () => this.open(true)
    this.launcher.onpointerenter = () => void this.showFace()
    if (this.wantedOpen || this.frames.length) void this.showFace()
  }

  /** Loads the panel, once, and hands over to it. */
  private async showFace(): Promise<void> {
    if (this.face) return
    try {
      const { mountFace } = await this.panel()
      if (this.face || !this.place || this.ending.signal.aborted) return
      this.face = mountFace(this.core(this.place.root))
      this.face.online(this.online)
      for (const frame of this.frames.splice(0)) this.face.receive(frame)
      this.face.open(this.wantedOpen)
    } catch {
      // The panel cannot be reached now; the next need for it tries again.
      this.wantedOpen = false
    }
  }

  private core(root: ShadowRoot): Core {
    return {
      settings: this.settings,
      root,
      launcher: this.launcher,
      waiting: () => this.connection?.outbox.says ?? [],
      say: (frame, refused) => this.say(frame, refused),
      note: (frame) => this.withConnection((connection) => connection.note(frame)),
      mention: (frame) => this.connection?.mention(frame),
      find: findElement,
      fetch: this.loaded.fetch.bind(window),
      browser: () => this.connection?.ids.browser ?? '',
      tell: this.tell,
    }
  }

  private listen(target: EventTarget, type: string, act: (event: Event) => void): void {
    target.addEventListener(type, act, { signal: this.ending.signal })
  }
}

/** Calls when the page is idle, within a second at the latest. */
function whenIdle(call: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(call, { timeout: 1_000 })
  else setTimeout(call, 1_000)
}
