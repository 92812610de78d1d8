// `window.vcsm(command, …)`: how the product speaks to the widget.
import { checkIdentity, checkTrack } from './loader/check.ts'
import { pageOf } from './capture/sensors/routes.ts'
import type { Loaded } from './loader/parts.ts'
import type { Settings } from './loader/script.ts'
import { warn } from './loader/warn.ts'
import { tokensOf } from './loader/tokens.ts'
import { Visit } from './loader/visit.ts'

type Listener = (detail: unknown) => void

export class Commands {
  private visit: Visit | null = null
  private consent: boolean
  private stopped = false
  /** Commands that came before consent was given. */
  private waiting: [string, unknown[]][] = []
  private readonly listeners = new Map<string, Set<Listener>>()
  private readonly settings: Settings
  private readonly loaded: Loaded

  constructor(settings: Settings, loaded: Loaded) {
    this.settings = settings
    this.loaded = loaded
    this.consent = !loaded.asked
    this.begin()
  }

  run(command: string, details: unknown[]): void {
    if (command === 'on') return this.on(details[0], details[1])
    if (command === 'consent') return this.setConsent(details[0] === true)
    if (command === 'start') return this.start()
    if (this.stopped) return
    if (!this.visit) {
      if (this.waiting.length < 200) this.waiting.push([command, details])
      return
    }
    this.act(this.visit, command, details)
  }

  private act(visit: Visit, command: string, [first, second]: unknown[]): void {
    switch (command) {
      case 'identify': {
        const identity = checkIdentity(first)
        return identity ? visit.identify(identity, tokensOf(first)) : warn('identify needs an id')
      }
      case 'track':
        return visit.emit(checkTrack(first, second, Date.now(), pageOf(location)))
      case 'open':
        return visit.open(true)
      case 'close':
        return visit.open(false)
      case 'shutdown':
        return this.shutdown()
      default:
        return warn(`there is no command ${command}`)
    }
  }

  private begin(): void {
    if (!this.consent || this.stopped || this.visit) return
    this.visit = new Visit(this.settings, this.loaded, (event, detail) => this.tell(event, detail))
    this.visit.start()
    for (const [command, details] of this.waiting.splice(0)) this.run(command, details)
  }

  private end(): void {
    this.visit?.stop()
    this.visit = null
  }

  private shutdown(): void {
    this.stopped = true
    this.end()
    this.tell('shutdown')
  }

  private start(): void {
    this.stopped = false
    this.begin()
  }

  private setConsent(given: boolean): void {
    this.consent = given
    if (given) this.begin()
    else this.end()
  }

  private on(event: unknown, listener: unknown): void {
    if (typeof listener !== 'function') return
    const known = this.listeners.get(String(event)) ?? new Set()
    this.listeners.set(String(event), known.add(listener as Listener))
    // The widget may have been ready before anybody listened.
    if (event === 'ready' && this.visit?.online) call(listener as Listener)
  }

  private tell(event: string, detail?: unknown): void {
    for (const listener of this.listeners.get(event) ?? []) call(listener, detail)
  }
}

function call(listener: Listener, detail?: unknown): void {
  try {
    listener(detail)
  } catch (error) {
    // The product's own mistake: reported as such, without stopping the widget.
    setTimeout(() => { throw error })
  }
}
