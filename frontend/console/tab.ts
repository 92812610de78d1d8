// What the browser's tab says: which page it is, and how many escalations nobody has taken. Loaded
// after the first view.
import type { readQueue } from './api'
import type { listen } from './live'

const ICON = '/static/console/icon.svg'
const WAITING = '/static/console/icon-waiting.svg'
/** Hints come in crowds. */
const SETTLE = 1_000

let page = ''
let heard = false
let waiting = 0
let timer: ReturnType<typeof setTimeout> | undefined

/** The words of a tab; pure. */
export function tabTitle(page: string, waiting: number): string {
  return `${waiting ? `(${waiting}) ` : ''}${page || 'Console'} · VCSM`
}

/** `read` and `hear` are handed in: what the first view holds is not to be cut up for a tab. */
export function showTab(now: string, read: typeof readQueue, hear: typeof listen): void {
  page = now
  write()
  if (heard) return
  heard = true
  const count = () => void read({ query: 'limit=1' }).then(({ counts }) => write(counts.open), () => undefined)
  hear({
    hint(hint) {
      if (hint.what !== 'escalation') return
      clearTimeout(timer)
      timer = setTimeout(count, SETTLE)
    },
    resumed: count,
  })
  count()
}

function write(open = waiting): void {
  waiting = open
  document.title = tabTitle(page, waiting)
  document.querySelector('link[rel=icon]')?.setAttribute('href', waiting ? WAITING : ICON)
}
