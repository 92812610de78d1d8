// Learns which places of a page change by themselves: a clock, a carousel, a chat badge, a poll.
//
// A place's rate is counted while the contact does nothing. A change there after a click is taken
// for an answer only if chance alone would rarely have produced it so soon: for changes at a rate
// r, one falls within d of a press with probability 1 - exp(-r d). So a clock that ticks each
// second still answers a click within 50 ms, and a later tick hides no dead click.

const REGIONS = 256
const APART = 40
const ENOUGH = 3

interface Rate {
  first: number
  last: number
  count: number
}

export class Noise {
  #rates = new Map<string, Rate>()
  #blind = 0

  /** Records that something changed in a region without anybody having asked for it. */
  learn(region: string, at: number): void {
    const t = at - this.#blind
    const rate = this.#rates.get(region)
    if (!rate) {
      if (this.#rates.size >= REGIONS) this.#forget()
      this.#rates.set(region, { first: t, last: t, count: 1 })
    } else if (t - rate.last >= APART) {
      rate.last = t
      rate.count++
      // Moved to the end, so that the region quiet for longest is the first to be forgotten.
      this.#rates.delete(region)
      this.#rates.set(region, rate)
    }
  }

  /** Nobody looked at the page for `ms` milliseconds: seeing no change then says nothing. */
  skip(ms: number): void {
    this.#blind += ms
  }

  /** Returns the probability that the region would have changed within `delay` ms by itself. */
  chance(region: string, delay: number, t: number): number {
    const rate = this.#rates.get(region)
    if (!rate || rate.count < ENOUGH) return 0
    return 1 - Math.exp((-(rate.count - 1) * Math.max(delay, 0)) / Math.max(t - this.#blind - rate.first, 1))
  }

  #forget(): void {
    for (const region of this.#rates.keys()) {
      this.#rates.delete(region)
      return
    }
  }
}
