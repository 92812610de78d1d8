// One page's connection: the kept outbox, the line, and what to do as the page comes and goes. A
// page back from the back/forward cache gets a new one: the tab may have gone on without it.
import type { Identity, SayFrame, SentEvent, ToWidget } from '../../protocol/protocol.ts'
import { Keep, storage } from '../outbox/keep.ts'
import { namesOf } from '../outbox/names.ts'
import { Outbox } from '../outbox/outbox.ts'
import { Unsent } from '../outbox/unsent.ts'
import { browserId, openKept, SessionLock } from '../outbox/session.ts'
import { newId } from '../../shared/new_id.ts'
import { Line } from '../socket/line.ts'
import { LineShell } from '../socket/line_shell.ts'
import { clip } from './check.ts'
import { pageOf } from '../capture/sensors/routes.ts'
import { socketUrl, type Settings } from './script.ts'

export interface ConnectionOptions {
  settings: Settings
  last: () => { epoch: string; last_message: number }
  tell: (frame: ToWidget) => void
  /** Called after every step; `online` says whether the line is ready. */
  changed: (online: boolean) => void
}

export class Connection {
  readonly outbox: Outbox
  readonly line: Line
  private readonly shell: LineShell
  private readonly keep: Keep
  private readonly lock: SessionLock
  private readonly unsent: Unsent
  private browser: string

  /**
   * Finds out which session the page belongs to, which may mean asking other tabs, and connects.
   */
  static async open(options: ConnectionOptions): Promise<Connection> {
    const lock = new SessionLock()
    const keep = new Keep(storage('sessionStorage'), namesOf(options.settings.key).session)
    const outbox = new Outbox(await openKept(keep, lock))
    return new Connection(options, keep, lock, outbox)
  }

  private constructor(options: ConnectionOptions, keep: Keep, lock: SessionLock, outbox: Outbox) {
    const { settings, last, tell, changed } = options
    this.outbox = outbox
    this.keep = keep
    this.lock = lock
    this.browser = browserId(storage('localStorage'), namesOf(settings.key).browser)
    this.unsent = new Unsent(storage('localStorage'), namesOf(settings.key).unsent)
    if (this.takeOver()) this.write(false)
    this.line = new Line({
      outbox,
      hello: (at) => ({
        type: 'hello',
        session: outbox.session,
        browser: this.browser,
        at,
        page: pageOf(location),
        ...last(),
        release: clip(settings.release, 120),
      }),
      random: Math.random,
    })
    this.shell = new LineShell({
      line: this.line,
      url: socketUrl(settings),
      keep: () => this.write(false),
      tell,
      renew: () => this.renew(settings),
      changed: () => changed(this.line.state === 'ready'),
    })
    this.shell.run(this.line.start(Date.now()))
  }

  get ids(): { session: string; browser: string } {
    return { session: this.outbox.session, browser: this.browser }
  }

  emit(event: SentEvent): void {
    this.shell.run(this.line.add(event, Date.now()))
  }

  /** Returns false when too many messages are waiting already. */
  say(frame: SayFrame): boolean {
    const { full, ...steps } = this.line.say(frame, Date.now())
    this.shell.run(steps)
    return !full
  }

  note(frame: Parameters<Line['note']>[0]): void {
    this.shell.run(this.line.note(frame))
  }

  mention(frame: Parameters<Line['mention']>[0]): void {
    this.shell.run(this.line.mention(frame))
  }

  /** Returns false when this session already belongs to another contact. */
  identify(identity: Identity): boolean {
    const ours = this.outbox.belongsTo(identity.id)
    if (!ours) return false
    this.shell.run({ ...this.line.identify(identity), keep: true })
    if (this.takeOver()) this.save()
    return true
  }

  hurry(): void {
    this.shell.run(this.line.hurry(Date.now()))
  }

  /** Sends and keeps everything, because the page may vanish without further notice. */
  save(): void {
    this.shell.run({ ...this.line.flush(Date.now()), keep: true })
  }

  /** Called when the page goes away; the next page in this tab continues from here. */
  leave(): void {
    this.save()
    this.shell.run(this.line.stop())
    this.write(true)
    this.lock.release()
  }

  private write(released: boolean): void {
    const { outbox } = this
    this.keep.write(outbox.snapshot(), released)
    this.unsent.mirror(outbox.session, outbox.contact, outbox.says, Date.now())
  }

  /** Adopts what this contact wrote in a tab that is gone. Returns true when there was anything. */
  private takeOver(): boolean {
    const { outbox } = this
    const left = this.unsent.take(outbox.session, outbox.contact, Date.now())
    outbox.adopt(left)
    return left.length > 0
  }

  private renew(settings: Settings): void {
    this.outbox.renew(newId())
    this.keep.write(this.outbox.snapshot(), false)
    this.lock.hold(this.outbox.session)
    // A browser id that belongs to another workspace is refused with any session, so renew it too.
    if (this.renewals++ > 0) {
      new Keep(storage('localStorage'), namesOf(settings.key).browser).remove()
      this.browser = browserId(storage('localStorage'), namesOf(settings.key).browser)
    }
  }

  private renewals = 0
}
