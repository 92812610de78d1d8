// The click ledger: one account per click, credited with what the page does, closed by a verdict.
//
// Pure: it knows no DOM, no timers and no clock. Facts carry their own time, and the caller calls
// `advance` when `due()` has come. Whatever it is told, it keeps at most ACCOUNTS accounts.

import type { SentEvent, VerdictEvent } from '../../protocol/protocol.ts'
import { type Account, canRage, dueOf, isJudged, isOpen, silence } from './account.ts'
import type { Fact } from './facts.ts'
import { Noise } from './noise.ts'
import { Rage } from './rage.ts'
import { Requests } from './requests.ts'
import { isDirect, isLate, isSeen, RULES, type Rules } from './rules.ts'

const ACCOUNTS = 32
const FROZEN = 15_000

type Of<T extends Fact['type']> = Extract<Fact, { type: T }>

export class Ledger {
  #rules: Rules
  #send: (event: SentEvent) => void
  /** Noise of the document's places, which are not always watched, and of everything else. */
  #places = new Noise()
  #noise = new Noise()
  readonly rage: Rage
  #requests = new Requests()
  /**
   * Clicks that are watched, oldest first. Public only for tests and tools that inspect the ledger.
   */
  accounts: Account[] = []
  #pressed: Account | null = null
  #dragged = false
  #touch = false
  #newest: Account | null = null
  #page = ''
  #clicks = 0
  #swipes = 0
  #clock = -Infinity
  #acted = -Infinity
  #keyed = -Infinity
  #away = -Infinity

  constructor(send: (event: SentEvent) => void, rules: Partial<Rules> = {}) {
    this.#send = send
    this.#rules = { ...RULES, ...rules } as Rules
    this.rage = new Rage(this.#rules, send)
  }

  /** The next time at which `advance` has something to do; Infinity for never. */
  due(): number {
    let due = this.rage.due()
    for (const one of this.accounts) if (isOpen(one)) due = Math.min(due, dueOf(one, this.#rules))
    return due
  }

  /** Whether any click or press is still unanswered. */
  waits(): boolean {
    return this.#watched().some((one) => one.seen === null)
  }

  /**
   * Tells the ledger what happened. Never closes a window: a late timer must not convict a click.
   */
  note(fact: Fact): void {
    switch (fact.type) {
      case 'press': return this.#press(fact)
      case 'lift': return this.#lift(fact)
      case 'cancel': this.#pressed = null; return
      case 'click': return this.#click(fact)
      case 'key': this.#acted = this.#keyed = fact.t; return
      case 'blind': return this.#places.skip(fact.ms)
      case 'life': return this.#life(fact)
      case 'request': return this.#request(fact)
      case 'response': return this.#response(fact)
      case 'error': return this.#error(fact)
      case 'page': return this.#shown(fact)
    }
  }

  /** Lets time pass up to `t`, closing what is due in order. */
  advance(t: number): void {
    // Nothing was seen while the machine slept, and clocks jump: such accounts prove nothing.
    if (t - this.#clock > FROZEN || t < this.#clock - FROZEN) {
      const seen = this.#clock
      if (seen > -Infinity) this.accounts = this.accounts.filter((one) => one.t > seen)
    }
    this.#clock = t
    for (let due = this.due(); due <= t; due = this.due()) {
      for (const account of [...this.accounts]) {
        if (dueOf(account, this.#rules) <= due) this.#close(account, due)
      }
      this.rage.advance(due)
    }
    // Answered accounts set no timer: they are dropped here, when there is another reason to look.
    this.accounts = this.accounts.filter((one) => isOpen(one) || dueOf(one, this.#rules) > t)
  }

  /** The page went away or came back from the cache: open accounts can no longer be judged. */
  forget(): void {
    this.accounts = []
    this.#pressed = this.#newest = null
    this.rage.pardon()
  }

  #press({ t, target, x = 0, y = 0, by }: Of<'press'>): void {
    this.#acted = t
    this.#dragged = false
    this.#touch = by === 'touch'
    this.#pressed = this.#newest = {
      number: 0, target, page: this.#page, press: t, t, x, y, judged: isJudged(target), swipe: false,
      life: null, seen: null, face: '', running: new Set(), sent: null, slow: false, failed: '',
    }
  }

  #lift({ t, x, y }: Of<'lift'>): void {
    const account = this.#pressed
    if (!account || x === undefined || y === undefined) return
    const moved = Math.hypot(x - account.x, y - account.y)
    if (!this.#touch) this.#dragged ||= moved > this.#rules.drag
    else if (moved >= this.#rules.swipe) {
      this.#pressed = null
      if (!account.target.swipes || ++this.#swipes > this.#rules.swipes) return
      this.#open(account, t)
      account.swipe = account.judged = true
    }
  }

  #click({ t, target, x, y, odd }: Of<'click'>): void {
    const account = this.#pressed
    this.#pressed = null
    if (!account || target.nature === 'nothing') return
    this.#acted = t
    const purposeful = odd || this.#dragged || account.target.key !== target.key
    account.judged &&= !purposeful
    account.x = x ?? account.x
    account.y = y ?? account.y
    account.target = target
    // A click that wakes a tab has done its work.
    if (t - this.#away < this.#rules.away) this.#credit(account, t, true)
    this.#open(account, t)
    this.#send({
      type: 'click', at: at(t), page: this.#page, click: account.number, element: target.element,
      x: Math.round(account.x), y: Math.round(account.y),
    })
    if (account.failed) this.#verdict(account, 'error', t, account.failed)
    if (purposeful) this.rage.pardon()
    else if (canRage(target)) {
      this.rage.tap(account.number, t, account.x, account.y, target, this.#page)
      if (account.seen !== null) this.rage.answer(account.number, account.seen, account.face)
    }
  }

  #open(account: Account, t: number): void {
    account.t = t
    account.number = ++this.#clicks
    this.accounts.push(account)
    if (this.accounts.length > ACCOUNTS) this.accounts.shift()
  }

  #life(fact: Of<'life'>): void {
    const { t, what, near, region, own } = fact
    if (what === 'away') this.#away = t
    if (what === 'navigation' || what === 'selection' || (what === 'scroll' && !own)) this.rage.pardon()
    const noise = what === 'mutation' ? this.#places : this.#noise
    if (region && this.#isQuiet(t)) return noise.learn(region, t)
    const direct = isDirect(what) && !own
    for (const account of this.#watched()) {
      if (account.seen !== null || t < account.press || (direct && (account !== this.#newest || this.#keyed > account.press))) continue
      if (this.#isOthers(account, t, near)) continue
      const age = t - account.t
      if (age > (what === 'scroll' && !own ? this.#rules.scroll : this.#rules.window)) {
        const stale = !isLate(what) || age > this.#rules.retract
        const elsewhere = this.#acted > account.t && !near?.includes(account.target.key)
        if (!account.running.size && (stale || elsewhere)) continue
      }
      if (region && noise.chance(region, t - account.press, t) > this.#rules.chance) continue
      this.#credit(account, t, isSeen(what), fact.face)
    }
  }

  /**
   * Returns whether the life belongs to a newer click. It does when it happened around that click's
   * control and not around this one's, or when it came at once after that click while this one had
   * long been silent: so the next action hides no dead click.
   */
  #isOthers(account: Account, t: number, near?: string[]): boolean {
    const newest = this.#newest
    if (!newest || newest.target.key === account.target.key || near?.includes(account.target.key)) return false
    if (near?.includes(newest.target.key)) return true
    return t - newest.t <= this.#rules.prompt && newest.press - account.t > this.#rules.ack
  }

  #credit(account: Account, t: number, seen: boolean, face = ''): void {
    account.life ??= t
    if (!seen) return
    if (face) account.face = face
    const first = account.seen === null
    account.seen ??= t
    if (account.number) this.rage.answer(account.number, t, face)
    if (!first || !account.number) return
    if (account.sent && account.sent !== 'slow') this.#judge(account, 'answered', t)
    if (account.judged && !account.slow && t - account.t > this.#rules.slow) this.#late(account, t)
  }

  #request({ t, id, method, route, quiet }: Of<'request'>): void {
    const region = `request ${route}`
    const asked = quiet || this.#isQuiet(t) ? [] : this.#watched().filter((account) =>
      t >= account.press && t - account.t <= this.#rules.window && !this.#isOthers(account, t)
      && this.#noise.chance(region, t - account.press, t) <= this.#rules.chance)
    if (this.#isQuiet(t)) this.#noise.learn(region, t)
    for (const account of asked) account.running.add(id)
    this.#requests.start(id, { t, method, route, accounts: asked })
  }

  #response({ t, id, status, stopped }: Of<'response'>): void {
    const request = this.#requests.end(id)
    if (!request) return
    const account = request.accounts[request.accounts.length - 1]
    const failed = !stopped && (status === 0 || status >= 500)
    const took = Math.max(t - request.t, 0)
    if (!stopped && (failed || status >= 400 || took > this.#rules.slow)) {
      this.#send({
        type: 'request', at: at(t), page: account?.page ?? this.#page, method: request.method,
        route: request.route, status, took, click: account?.number || null,
      })
    }
    for (const one of request.accounts) {
      one.running.delete(id)
      if (!stopped) this.#credit(one, t, false)
    }
    if (failed && account) this.#fail(account, t, 'request')
  }

  #error({ t, message, source = '', line = 0 }: Of<'error'>): void {
    const region = `error ${message.replace(/\d+/g, '')}`
    const account = this.#newest
    if (this.#isQuiet(t)) this.#noise.learn(region, t)
    // Nothing broke: browsers warn of their own layout loops, and pages abort their own work.
    const due = account && !/^(ResizeO|AbortE)/.test(message) && t >= account.press && t - account.t < this.#rules.error
      && this.#noise.chance(region, t - account.press, t) <= this.#rules.chance
    const click = (due && account.number) || null
    this.#send({ type: 'error', at: at(t), page: this.#page, message, source, line, click })
    if (due) this.#fail(account, t, 'exception')
  }

  #fail(account: Account, t: number, reason: string): void {
    if (account.failed) return
    account.failed = reason
    // An error on the press is reported once the click is complete.
    if (account.number) this.#verdict(account, 'error', t, reason)
  }

  #shown({ t, page, how }: Of<'page'>): void {
    if (how === 'restore') this.forget()
    else if (how !== 'load' && how !== 'reload') this.#life({ type: 'life', t, what: 'navigation' })
    this.#page = page
  }

  #close(account: Account, t: number): void {
    const { running, seen, judged, slow, sent, life } = account
    if (running.size && judged && !slow && seen === null && t - account.t < this.#rules.patience) {
      return this.#late(account, t)
    }
    if (life === null && judged && !sent && !running.size) {
      this.rage.die(account.number)
      return this.#judge(account, silence(account), t)
    }
    this.accounts = this.accounts.filter((one) => one !== account)
  }

  #late(account: Account, t: number): void {
    account.slow = true
    this.#verdict(account, 'slow', t, account.seen === null ? 'request' : 'answer')
  }

  #judge(account: Account, verdict: VerdictEvent['verdict'], t: number): void {
    account.sent = verdict === 'answered' ? null : verdict
    this.#verdict(account, verdict, t)
  }

  #verdict(account: Account, verdict: VerdictEvent['verdict'], t: number, reason = ''): void {
    this.#send({
      type: 'verdict', at: at(t), page: account.page, click: account.number,
      element: account.target.element, verdict, after: Math.max(t - account.t, 0), reason,
    })
  }

  #watched(): Account[] {
    return this.#pressed ? [...this.accounts, this.#pressed] : this.accounts
  }

  /** Whether the contact did nothing lately that a change could be the answer to. */
  #isQuiet(t: number): boolean {
    return t - this.#acted > this.#rules.window && !this.#pressed
  }
}

function at(t: number): number {
  return Math.max(Math.round(t), 0)
}
