// The thin shell around the pure Line: a WebSocket, one timer, the page's life. All decisions are
// made in line.ts.
import { SUBPROTOCOL, type FromWidget, type ToWidget } from '../../protocol/protocol.ts'
import type { Line, Steps } from './line.ts'

export interface ShellOptions {
  line: Line
  url: string
  keep: () => void
  tell: (frame: ToWidget) => void
  renew: () => void
  /** Called after every step. */
  changed: () => void
}

export class LineShell {
  private socket: WebSocket | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly options: ShellOptions

  constructor(options: ShellOptions) {
    this.options = options
  }

  /** Does what the machine asked for, then sets the timer for its next request. */
  run(steps: Steps): void {
    // Kept before anything is sent: one number must never be given to two different batches.
    if (steps.renew) this.options.renew()
    if (steps.keep) this.options.keep()
    if (steps.close) this.drop()
    if (steps.connect) this.connect()
    for (const frame of steps.send ?? []) this.send(frame)
    for (const frame of steps.tell ?? []) this.options.tell(frame)
    this.sleep()
    this.options.changed()
  }

  private send(frame: FromWidget): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame))
  }

  private connect(): void {
    this.drop()
    const { line } = this.options
    let socket: WebSocket
    try {
      socket = new WebSocket(this.options.url, SUBPROTOCOL)
    } catch {
      // The page's policy forbids the address; a later page may not.
      return this.run(line.closed(Date.now()))
    }
    this.socket = socket
    const mine = (then: () => void) => () => {
      if (this.socket === socket) then()
    }
    socket.onopen = mine(() => this.run(line.opened(Date.now())))
    socket.onclose = mine(() => this.run(line.closed(Date.now())))
    socket.onmessage = (message) => {
      if (this.socket !== socket) return
      const frame = parse(message.data)
      if (frame) this.run(line.received(frame, Date.now()))
    }
  }

  private drop(): void {
    const { socket } = this
    this.socket = null
    socket?.close()
  }

  private sleep(): void {
    clearTimeout(this.timer)
    const { line } = this.options
    if (line.wakeAt === Infinity) return
    const wait = Math.min(Math.max(0, line.wakeAt - Date.now()), 2 ** 31 - 1)
    this.timer = setTimeout(() => this.run(line.due(Date.now())), wait)
  }
}

function parse(data: unknown): ToWidget | null {
  try {
    return JSON.parse(String(data)) as ToWidget
  } catch {
    return null
  }
}
