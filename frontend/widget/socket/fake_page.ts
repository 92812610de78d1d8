// A page with a line in it, a wire that can be cut, and a clock that is turned by hand.
import type { FromWidget, SentEvent, ToWidget } from '../../protocol/protocol.ts'
import { emptyKept, Outbox, type Kept } from '../outbox/outbox.ts'
import type { FakeServer } from './fake_server.ts'
import { Line, type Steps } from './line.ts'

export function event(name: string, type: 'track' | 'search' = 'track'): SentEvent {
  return type === 'track' ? { type, name, at: 1 } : { type, query: name, at: 1 }
}

export class FakePage {
  now = 1_000_000
  connects = 0
  told: ToWidget[] = []
  /** As JSON, like in a browser: what the page changes later does not alter what was kept. */
  kept: string
  outbox!: Outbox
  line!: Line
  /** Frames still to be delivered before the wire is cut, counted in both directions. */
  cutAfter = Infinity
  frames = 0
  offline = false
  private readonly server: FakeServer
  private sessions = 0

  constructor(server: FakeServer, kept: Kept = emptyKept('s0')) {
    this.server = server
    this.kept = JSON.stringify(kept)
    this.load()
  }

  /** Loses whatever was only in memory, as in a crash. */
  load(): void {
    this.outbox = new Outbox(JSON.parse(this.kept) as Kept)
    this.line = new Line({
      outbox: this.outbox,
      hello: (at) => ({ type: 'hello', session: this.outbox.session, browser: 'b', at }),
      random: () => 0.5,
    })
    this.run(this.line.start(this.now))
  }

  /** Leaves in an orderly way: what is in memory is kept. */
  leave(): void {
    this.keep()
    this.line.stop()
  }

  add(sent: SentEvent): void {
    this.run(this.line.add(sent, this.now))
  }

  say(id: string): void {
    this.run(this.line.say({ type: 'say', id, text: id }, this.now))
  }

  /** Lets `millis` milliseconds pass, doing what falls due on the way. */
  pass(millis: number): void {
    const end = this.now + millis
    while (this.line.wakeAt <= end) {
      this.now = Math.max(this.now, this.line.wakeAt)
      this.run(this.line.due(this.now))
    }
    this.now = end
  }

  run(steps: Steps): void {
    if (steps.renew) this.outbox.renew(`s${++this.sessions}`)
    if (steps.keep || steps.renew) this.keep()
    if (steps.connect) this.connect()
    for (const frame of steps.send ?? []) this.deliver(frame)
    this.told.push(...(steps.tell ?? []))
  }

  private keep(): void {
    this.kept = JSON.stringify(this.outbox.snapshot())
  }

  private connect(): void {
    this.connects++
    if (this.offline) return this.run(this.line.closed(this.now))
    this.server.connect()
    this.run(this.line.opened(this.now))
  }

  private deliver(frame: FromWidget): void {
    if (this.wireCut()) return
    for (const answer of this.server.take(JSON.parse(JSON.stringify(frame)) as FromWidget)) {
      if (this.wireCut()) return
      this.run(this.line.received(JSON.parse(JSON.stringify(answer)) as ToWidget, this.now))
    }
  }

  /** Returns true when this frame is lost, and with it the connection. */
  private wireCut(): boolean {
    if (this.line.state === 'waiting') return true
    this.frames++
    if (this.cutAfter-- > 0) return false
    this.cutAfter = Infinity
    this.run(this.line.closed(this.now))
    return true
  }
}
