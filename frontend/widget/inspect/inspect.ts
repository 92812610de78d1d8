// Inspect mode: a member sees on the product's own page where contacts get stuck. It draws into a
// shadow root of its own in the top layer, changes nothing of the page, and ends with Escape.
import { styles } from '../element/styles.ts'
import css from './inspect.css?inline'
import { passOf, type Spot } from './pass.ts'

interface Options {
  server: string
  key: string
  token: string
  find: (element: string) => Element | null
  fetch: typeof fetch
  page: () => string
}

interface Drawn {
  spots: Spot[]
  box: HTMLElement
}

/** Pages draw their elements anew and move them: all are looked for again this often. */
const LOOK = 400

export function inspect({ server, key, token, find, fetch, page }: Options): void {
  // A tag name as the widget's own, so that no capture takes it for the page's.
  const host = document.createElement('vcsm-widget')
  const root = host.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [styles(css)]
  const layer = document.createElement('div')
  layer.className = 'layer'
  layer.popover = 'manual'
  const bar = document.createElement('section')
  bar.className = 'bar'
  bar.setAttribute('aria-label', 'Friction on this page')
  root.append(layer)
  layer.append(bar)
  document.body.append(host)
  layer.showPopover?.()

  const ending = new AbortController()
  let shown = ''
  let drawn: Drawn[] = []
  const end = () => {
    ending.abort()
    clearInterval(timer)
    host.remove()
    passOf.forget()
  }
  const say = (words: string) => write(bar, words, [], end)

  async function read(): Promise<void> {
    shown = page()
    say('Reading the friction of this page…')
    for (const { box } of drawn) box.remove()
    drawn = []
    const address = `${server}/widget/inspect?${new URLSearchParams({ key, page: shown })}`
    const asked = shown
    try {
      const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` }, credentials: 'omit' })
      const told = (await answer.json()) as { spots?: Spot[]; detail?: string }
      if (ending.signal.aborted || asked !== shown) return
      if (!told.spots) return say(told.detail ?? 'This page cannot be shown.')
      drawn = boxes(told.spots, layer)
      write(bar, headline(told.spots), told.spots, end)
      draw()
    } catch {
      say('The server could not be reached.')
    }
  }

  function draw(): void {
    for (const { spots, box } of drawn) {
      const rect = find(spots[0]!.element)?.getBoundingClientRect()
      const there = rect && rect.width > 0 && rect.bottom > 0 && rect.top < innerHeight
      box.hidden = !there
      if (there) Object.assign(box.style, { left: `${rect.left}px`, top: `${rect.top}px`, width: `${rect.width}px`, height: `${rect.height}px` })
    }
  }

  const look = () => (page() === shown ? draw() : void read())
  const timer = setInterval(look, LOOK)
  for (const event of ['scroll', 'resize']) addEventListener(event, draw, { capture: true, passive: true, signal: ending.signal })
  addEventListener('keydown', (event) => event.key === 'Escape' && end(), { signal: ending.signal })
  void read()
}

/** One box for an element, whatever kinds of friction it has. */
function boxes(spots: Spot[], layer: HTMLElement): Drawn[] {
  const together = new Map<string, Spot[]>()
  for (const spot of spots) if (spot.element) together.set(spot.element, [...(together.get(spot.element) ?? []), spot])
  const most = Math.max(...spots.map(({ share }) => share), 0.001)
  return [...together.values()].map((own) => {
    const box = document.createElement('div')
    box.className = 'box'
    box.hidden = true
    box.dataset.element = own[0]!.element
    box.style.setProperty('--heat', String(own[0]!.share / most))
    const badge = document.createElement('span')
    badge.className = 'badge'
    badge.textContent = own.map((spot) => `${percent(spot.share)} ${spot.words.toLowerCase()}`).join(', ')
    box.append(badge)
    layer.append(box)
    return { spots: own, box }
  })
}

function write(bar: HTMLElement, words: string, spots: Spot[], end: () => void): void {
  const title = document.createElement('p')
  title.setAttribute('role', 'status')
  title.textContent = words
  const close = document.createElement('button')
  close.type = 'button'
  close.textContent = 'Close'
  close.addEventListener('click', end)
  const list = document.createElement('ol')
  for (const spot of spots.slice(0, 12)) {
    const item = document.createElement('li')
    item.textContent = `${spot.words}: ${spot.name || spot.element || 'the page'}, ${spot.sessions} of ${spot.seen} sessions (${percent(spot.share_low)} to ${percent(spot.share_high)})`
    list.append(item)
  }
  bar.replaceChildren(title, close, ...(spots.length ? [list] : []))
}

function headline(spots: Spot[]): string {
  if (spots.length === 0) return 'No friction was met on this page in the last seven days.'
  return `Friction on this page, last seven days: ${spots.length} ${spots.length === 1 ? 'place' : 'places'}`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`
}
