// The contact's end of a conversation without a page, for tests against a real server: the real
// outbox, line, shell and view, driven by JSON lines on stdin. Prints on stdout what it shows.
import { createInterface } from 'node:readline'
import type { SayFrame, ToWidget } from '../../protocol/protocol.ts'
import { emptyKept, Outbox, type Kept } from '../outbox/outbox.ts'
import { holeIn, NOTHING, received, said, type View } from '../view/view.ts'
import { Line } from './line.ts'
import { LineShell } from './line_shell.ts'

interface Order {
  do: 'open' | 'say' | 'reload' | 'view' | 'close'
  url?: string
  session?: string
  browser?: string
  text?: string
}

class Contact {
  private readonly url: string
  private readonly browser: string
  /** As JSON, like in a browser's storage: later changes do not alter what was kept. */
  private kept: string
  private line!: Line
  private shell!: LineShell
  private view: View = NOTHING
  private last = { epoch: '', last_message: 0 }

  constructor({ url, session, browser }: Order) {
    this.url = url!
    this.browser = browser!
    this.kept = JSON.stringify(emptyKept(session!))
    this.load()
  }

  /** Starts a page like any other: what was only in memory is gone. */
  load(): void {
    const outbox = new Outbox(JSON.parse(this.kept) as Kept)
    this.view = NOTHING
    this.last = { epoch: '', last_message: 0 }
    for (const frame of outbox.says) this.view = said(this.view, frame, 0)
    this.line = new Line({
      outbox,
      hello: (at) => ({ type: 'hello', session: outbox.session, browser: this.browser, at, ...this.last }),
      random: () => 0,
    })
    this.shell = new LineShell({
      line: this.line,
      url: this.url,
      keep: () => { this.kept = JSON.stringify(outbox.snapshot()) },
      tell: (frame) => this.tell(frame),
      renew: () => { throw new Error('the session was refused') },
      changed: () => undefined,
    })
    this.shell.run(this.line.start(Date.now()))
  }

  say(text: string): void {
    const frame: SayFrame = { type: 'say', id: `id-${text}`, text }
    this.view = said(this.view, frame, Date.now())
    this.shell.run(this.line.say(frame, Date.now()))
  }

  stop(): void {
    this.shell.run(this.line.stop())
  }

  show(): object {
    const { bubbles, epoch } = this.view
    return { online: this.line.state === 'ready', epoch, bubbles: bubbles.map(({ seq, text, state }) => ({ seq, text, state })) }
  }

  private tell(frame: ToWidget): void {
    if (frame.type === 'message' || frame.type === 'conversation') {
      const known = frame.epoch === this.last.epoch ? this.last.last_message : 0
      this.last = { epoch: frame.epoch, last_message: Math.max(known, 'seq' in frame ? frame.seq : 0) }
    }
    this.view = received(this.view, frame)
    const hole = holeIn(this.view)
    if (hole) this.shell.run(this.line.mention({ type: 'older', before: hole }))
  }
}

let contact: Contact | null = null
for await (const text of createInterface({ input: process.stdin })) {
  const order = JSON.parse(text) as Order
  if (order.do === 'open') {
    contact?.stop()
    contact = new Contact(order)
  } else if (order.do === 'say') contact?.say(order.text!)
  else if (order.do === 'reload') {
    contact?.stop()
    contact?.load()
  } else if (order.do === 'close') contact?.stop()
  console.log(JSON.stringify(contact?.show() ?? {}))
}
process.exit(0)
