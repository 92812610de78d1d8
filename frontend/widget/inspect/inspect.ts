// Inspect mode: on the product's own page a member sees where contacts get stuck. It draws into its
// own shadow root in the top layer, changes nothing of the page, and ends with Escape.
import { styles } from '../element/styles.ts'
import css from './inspect.css?inline'
import { type Box, placeBadge, type Size } from './badges.ts'
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
  badge: HTMLElement
  /** Size of the badge with all its words (`full`) and with the share alone (`brief`). */
  full: Size
  brief: Size
}

/** Milliseconds between two searches for all elements: pages redraw and move them. */
const LOOK = 400
const NARROW = 600

export function inspect({ server, key, token, find, fetch, page }: Options): void {
  // The widget's own tag name, so that capture does not take it for part of the page.
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
    for (const { box, badge } of drawn) (box.remove(), badge.remove())
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
    // The worst come first, so that they get the room for words where it is crowded.
    const taken: Box[] = [bar.getBoundingClientRect()]
    for (const one of drawn) {
      const rect = find(one.spots[0]!.element)?.getBoundingClientRect()
      const there = rect && rect.width > 0 && rect.bottom > 0 && rect.top < innerHeight
      one.box.hidden = !there
      if (there) Object.assign(one.box.style, { left: `${rect.left}px`, top: `${rect.top}px`, width: `${rect.width}px`, height: `${rect.height}px` })
      label(one, there ? rect : null, taken)
    }
  }

  const look = () => (page() === shown ? draw() : void read())
  const timer = setInterval(look, LOOK)
  for (const event of ['scroll', 'resize']) addEventListener(event, draw, { capture: true, passive: true, signal: ending.signal })
  addEventListener('keydown', (event) => event.key === 'Escape' && end(), { signal: ending.signal })
  void read()
}

/** Makes one box per element, whatever kinds of friction it has. */
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
    layer.append(box, badge)
    return { spots: own, box, badge, brief: sizeOf(badge, briefly(own)), full: sizeOf(badge, wordsOf(own)) }
  })
}

const briefly = (spots: Spot[]) => percent(spots[0]!.share)
const wordsOf = (spots: Spot[]) => spots.map((spot) => `${percent(spot.share)} ${spot.words.toLowerCase()}`).join(', ')

function sizeOf(badge: HTMLElement, words: string): Size {
  badge.textContent = words
  return { width: badge.offsetWidth, height: badge.offsetHeight }
}

/**
 * Puts the words beside the box and adds the space they take to `taken`; without a box, hides them.
 */
function label({ spots, badge, full, brief }: Drawn, box: Box | null, taken: Box[]): void {
  const spot = box && placeBadge(box, full, brief, { width: innerWidth, height: innerHeight }, taken)
  badge.hidden = !spot
  if (!spot) return
  badge.textContent = spot.brief ? briefly(spots) : wordsOf(spots)
  Object.assign(badge.style, { left: `${spot.left}px`, top: `${spot.top}px` })
  const { width, height } = spot.brief ? brief : full
  taken.push({ left: spot.left, top: spot.top, right: spot.left + width, bottom: spot.top + height })
}

function write(bar: HTMLElement, words: string, spots: Spot[], end: () => void): void {
  const title = document.createElement('p')
  title.setAttribute('role', 'status')
  title.textContent = words
  const close = document.createElement('button')
  close.type = 'button'
  close.textContent = 'Close'
  close.addEventListener('click', end)
  // Folded on a phone, where members came to see the page.
  const fold = document.createElement('details')
  fold.open = innerWidth > NARROW
  const summary = document.createElement('summary')
  summary.textContent = 'One by one'
  const list = document.createElement('ol')
  for (const spot of spots.slice(0, 12)) {
    const item = document.createElement('li')
    item.textContent = `${spot.words}: ${spot.name || spot.element || 'the page'}, ${spot.sessions} of ${spot.seen} sessions (${percent(spot.share_low)} to ${percent(spot.share_high)})`
    list.append(item)
  }
  fold.append(summary, list)
  bar.replaceChildren(title, close, ...(spots.length ? [fold] : []))
}

function headline(spots: Spot[]): string {
  if (spots.length === 0) return 'No friction was met on this page in the last seven days.'
  return `Friction on this page, last seven days: ${spots.length} ${spots.length === 1 ? 'place' : 'places'}`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`
}
