// What the browser's tab says: which page it is, and how many escalations nobody has taken. Loaded
// after the first view.
import type { readQueue } from './api'
import type { listen } from './live'

const ICON = '/static/console/icon.svg'
const WAITING = '/static/console/icon-waiting.svg'
/** Milliseconds to gather hints, which come in groups. */
const SETTLE = 1_000

let page = ''
let heard = false
let waiting = 0
let timer: ReturnType<typeof setTimeout> | undefined

/** Returns the text of a tab. Pure. */
export function tabTitle(page: string, waiting: number): string {
  return `${waiting ? `(${waiting}) ` : ''}${page || 'Console'} · VCSM`
}

/**
 * Shows page and count in the tab. `read` and `hear` are passed in, so that the first view's code
 * is not split into chunks for this.
 */
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
