// The widget at work on one page: capture, connection, launcher and panel, from start to stop.
import type { FromWidget, Identity, SentEvent, ToWidget } from '../../protocol/protocol.ts'
import { launcher } from '../element/launcher.ts'
import { place, type Place } from '../element/place.ts'
import { storage } from '../outbox/keep.ts'
import { newId } from '../outbox/session.ts'
import { textsFor } from '../texts.ts'
import { Store } from '../view/store.ts'
import { lastSeq, opened, received, said } from '../view/view.ts'
import { Connection, forgetEverything, readName } from './connection.ts'
import { highlight, occupied } from '../element/highlight.ts'
import { part, type CapturePart, type Deeds, type PanelPart } from './parts.ts'
import type { Settings } from './script.ts'

const TROUBLE = new Set(['dead', 'error', 'disabled', 'dead_swipe', 'rage'])

export class Visit {
  readonly store = new Store()
  private readonly settings: Settings
  private readonly texts = textsFor(document.documentElement.lang || navigator.language)
  private readonly capture: () => Promise<CapturePart>
  private readonly panel: () => Promise<PanelPart>
  private readonly ending = new AbortController()
  private connection: Connection | null = null
  /** What happened before the connection was there. */
  private early: ((connection: Connection) => void)[] = []
  private identity: Identity | null = null
  private place: Place | null = null
  private undo: (() => void)[] = []
  private panelMounted = false
  private captured: CapturePart | null = null

  constructor(settings: Settings) {
    this.settings = settings
    this.capture = part(settings, 'capture.js')
    this.panel = part(settings, 'panel.js')
  }

  start(): void {
    this.store.update((view) => ({ ...view, read: this.readMark() }))
    this.undo.push(this.store.watch((view, before) => view.read !== before.read && this.keepReadMark(view.read)))
    void this.connect()
    void this.startCapture()
    if (document.body) this.draw()
    else this.listen(document, 'DOMContentLoaded', () => this.draw())
  }

  /** Leaves nothing behind: no element, listener, patch, socket or stored record. */
  stop(): void {
    this.ending.abort()
    for (const undo of this.undo.splice(0).reverse()) undo()
    this.connection?.leave()
    this.connection = null
    this.place?.remove()
    forgetEverything(this.settings)
  }

  identify(identity: Identity): void {
    this.identity = identity
    this.connection?.identify(identity)
  }

  emit(event: SentEvent): void {
    // Help is probably on its way: have what shows it at hand.
    if ('verdict' in event && TROUBLE.has(event.verdict)) void this.mountPanel()
    this.withConnection((connection) => connection.emit(event))
  }

  open(open: boolean): void {
    this.store.update((view) => (view.open === open ? view : opened(view, open)))
    if (open) void this.mountPanel()
  }

  private readonly deeds: Deeds = {
    open: () => this.open(true),
    close: () => this.open(false),
    say: (text) => this.say(newId(), text),
    retry: (id) => {
      const text = this.store.view.bubbles.find(({ key }) => key === id)?.text
      if (text) this.say(id, text)
    },
    choose: (intent) => {
      this.store.update((view) => ({ ...view, intent: null }))
      this.note({ type: 'intent', intent })
    },
    typing: (on) => this.connection?.mention({ type: 'typing', on }),
    answerNudge: (nudge, state) => this.note({ type: 'nudge', nudge, state }),
    highlight: (element) => highlight(this.find(element)),
    occupied: (element) => occupied(this.find(element)),
    hostIsModal: () => document.querySelector('dialog:modal') !== null,
  }

  private find(element: string): Element | null {
    return this.captured?.findElement?.(element) ?? null
  }

  private say(id: string, text: string): void {
    this.withConnection((connection) => {
      const taken = connection.say(id, text)
      const frame = { type: 'say' as const, id, text }
      this.store.update((view) => said(view, frame, Date.now(), taken ? 'sending' : 'failed'))
    })
  }

  private note(frame: FromWidget): void {
    this.withConnection((connection) => connection.note(frame))
  }

  private withConnection(act: (connection: Connection) => void): void {
    if (this.connection) act(this.connection)
    else if (!this.ending.signal.aborted && this.early.length < 1_000) this.early.push(act)
  }

  private async connect(): Promise<void> {
    const connection = await Connection.open({
      settings: this.settings,
      identity: this.identity,
      lastMessage: () => lastSeq(this.store.view),
      tell: (frame) => this.receive(frame),
      changed: (online) => this.store.update((view) => (view.online === online ? view : { ...view, online })),
    })
    if (this.ending.signal.aborted) return connection.leave()
    this.connection = connection
    if (this.identity) connection.identify(this.identity)
    for (const say of connection.outbox.says) this.store.update((view) => said(view, say, Date.now()))
    for (const act of this.early.splice(0)) act(connection)
  }

  private receive(frame: ToWidget): void {
    this.store.update((view) => received(view, frame))
    if (frame.type === 'nudge') void this.mountPanel()
  }

  private async startCapture(): Promise<void> {
    try {
      this.captured = await this.capture()
      if (this.ending.signal.aborted) return
      this.undo.push(this.captured.startCapture({ emit: (event) => this.emit(event), settings: {} }))
    } catch {
      // A policy or the network keeps capture away; the conversation works without it.
    } finally {
      // Last, so that what capture says on `pagehide` comes before we leave.
      if (!this.ending.signal.aborted) this.followPage()
    }
  }

  private followPage(): void {
    this.listen(window, 'pagehide', () => {
      this.connection?.leave()
      this.connection = null
    })
    this.listen(window, 'pageshow', (event) => {
      if ((event as PageTransitionEvent).persisted) void this.connect()
    })
    this.listen(window, 'online', () => this.connection?.hurry())
    this.listen(document, 'visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.connection?.save()
      else this.connection?.hurry()
    })
  }

  private draw(): void {
    this.place = place(this.settings.theme)
    const { button, show } = launcher(this.texts, () => this.open(true))
    button.addEventListener('pointerenter', () => void this.mountPanel(), { once: true })
    this.place.root.append(button)
    show(this.store.view)
    this.undo.push(this.store.watch(show))
    if (this.store.view.open) void this.mountPanel()
  }

  private async mountPanel(): Promise<void> {
    try {
      const { mountPanel } = await this.panel()
      if (!this.place || this.panelMounted || this.ending.signal.aborted) return
      this.panelMounted = true
      const { store, deeds, texts } = this
      this.undo.push(mountPanel({ root: this.place.root, store, deeds, texts }))
    } catch {
      // Not reachable now; the next call fetches it again.
      this.open(false)
    }
  }

  private listen(target: EventTarget, type: string, act: (event: Event) => void): void {
    target.addEventListener(type, act, { signal: this.ending.signal })
  }

  private readMark(): number {
    try {
      return Number(storage('localStorage')?.getItem(readName(this.settings))) || 0
    } catch {
      return 0
    }
  }

  private keepReadMark(seq: number): void {
    try {
      storage('localStorage')?.setItem(readName(this.settings), String(seq))
    } catch {
      // Then the number starts anew with the next page.
    }
  }
}
