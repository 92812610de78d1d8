// The page's requests: when they start, how they end, how long they take. Never their content.

import type { Host } from './host.ts'
import { routeOf } from './routes.ts'

let requests = 0

export function watchNetwork(host: Host, view: Window & typeof globalThis): void {
  const start = (method: string, address: string, quiet = false): number => {
    const id = ++requests
    host.guard(() => {
      host.note({ type: 'request', t: host.now(), id, method, route: routeOf(address), quiet })
    })()
    return id
  }
  const end = host.guard((id: number, status: number, stopped: boolean) =>
    host.note({ type: 'response', t: host.now(), id, status, stopped }))
  watchFetch(host, view, start, end)
  watchXhr(host, view, start, end)
}

type Start = (method: string, address: string, quiet?: boolean) => number
type End = (id: number, status: number, stopped: boolean) => void

function watchFetch(host: Host, view: Window & typeof globalThis, start: Start, end: End): void {
  const describe = (input: RequestInfo | URL, init?: RequestInit): [string, string, boolean] => {
    const request = typeof input === 'object' && 'url' in input ? input : null
    return [init?.method ?? request?.method ?? 'GET', request?.url ?? String(input), init?.keepalive ?? false]
  }
  host.wrap(view as Window & { fetch: typeof fetch }, 'fetch', (original) => function (this: unknown, ...args) {
    let id = 0
    host.guard(() => {
      id = start(...describe(...args))
    })()
    const answer = original.apply(this as typeof globalThis, args)
    if (!id || typeof answer?.then !== 'function') return answer
    return answer.then(
      (response) => {
        // An opaque answer has status 0 and is an answer all the same.
        end(id, response.status || 200, false)
        return response
      },
      (reason: unknown) => {
        end(id, 0, (reason as Error | null)?.name === 'AbortError')
        throw reason
      },
    )
  })
}

function watchXhr(host: Host, view: Window & typeof globalThis, start: Start, end: End): void {
  const opened = new WeakMap<XMLHttpRequest, [string, string]>()
  const prototype = view.XMLHttpRequest?.prototype
  if (!prototype) return
  host.wrap(prototype, 'open', (original) => function (this: XMLHttpRequest, ...args: unknown[]) {
    host.guard(() => opened.set(this, [String(args[0]), String(args[1])]))()
    return (original as (...all: unknown[]) => void).apply(this, args)
  } as typeof prototype.open)
  host.wrap(prototype, 'send', (original) => function (this: XMLHttpRequest, ...args) {
    host.guard(() => {
      const id = start(...(opened.get(this) ?? ['GET', '']))
      let stopped = false
      this.addEventListener('abort', () => (stopped = true), { once: true })
      this.addEventListener('loadend', () => end(id, this.status, stopped), { once: true })
    })()
    return original.apply(this, args)
  })
}
