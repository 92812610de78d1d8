// The requests that are running, and the clicks that wait for them.

import type { Account } from './account.ts'

const RUNNING = 200

export interface Running {
  t: number
  method: string
  route: string
  accounts: Account[]
}

export class Requests {
  #running = new Map<number | string, Running>()

  start(id: number | string, request: Running): void {
    this.#running.set(id, request)
    if (this.#running.size <= RUNNING) return
    // Long polls and forgotten ids: the oldest counts as answered, so that nothing waits for it.
    for (const [oldest, { accounts }] of this.#running) {
      for (const account of accounts) account.running.delete(oldest)
      this.#running.delete(oldest)
      return
    }
  }

  end(id: number | string): Running | undefined {
    const request = this.#running.get(id)
    this.#running.delete(id)
    return request
  }
}
