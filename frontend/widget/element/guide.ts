// A guided step: a ring around the real element of the page. The ring is in the widget's own shadow
// root, so it touches no style of the page. It looks for the element again and again, because
// products redraw theirs: the one found a moment ago may have been replaced by another node.
export interface Guide {
  end: () => void
}

const LOOK = 150
/** Milliseconds after which a missing element will not come back by itself. */
const GONE = 5_000
/** Milliseconds a ring is shown at most: nobody looks at one for longer. */
const LONGEST = 60_000
const MARGIN = 6
/** Pixels that the words need beside the ring. */
const WORDS = 48

export interface GuideOptions {
  root: ShadowRoot
  /** Shown beside the ring, and read out. */
  words: string
  find: () => Element | null
  ended: () => void
}

/** Points at the element; null if there is none. A click on it or Escape ends the guide. */
export function guideTo({ root, words, find, ended }: GuideOptions): Guide | null {
  let element = find()
  if (!element) return null
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: calm ? 'auto' : 'smooth' })
  const ring = document.createElement('div')
  ring.className = 'guide'
  ring.dataset.vcsm = 'guide'
  // In the top layer, above all that the page stacks; a manual popover takes no focus or clicks.
  ring.popover = 'manual'
  const label = document.createElement('span')
  label.className = 'guide-words'
  label.setAttribute('role', 'status')
  ring.append(label)
  root.append(ring)
  ring.showPopover?.()
  // Screen readers announce only what is put into a status that already exists.
  label.textContent = words
  const ending = new AbortController()
  const started = performance.now()
  let seen = started
  let frame = 0
  const end = () => {
    if (ending.signal.aborted) return
    ending.abort()
    cancelAnimationFrame(frame)
    clearInterval(timer)
    ring.remove()
    ended()
  }
  const look = () => {
    const now = performance.now()
    if (!element?.isConnected) element = find()
    if (element) seen = now
    if (now - seen > GONE || now - started > LONGEST) end()
  }
  const follow = () => {
    frame = requestAnimationFrame(follow)
    const box = element?.isConnected ? element.getBoundingClientRect() : null
    ring.hidden = !box || (!box.width && !box.height)
    if (!box) return
    ring.style.setProperty('translate', `${box.left - MARGIN}px ${box.top - MARGIN}px`)
    ring.style.setProperty('inline-size', `${box.width + 2 * MARGIN}px`)
    ring.style.setProperty('block-size', `${box.height + 2 * MARGIN}px`)
    const panel = giveWay(root.querySelector('[data-vcsm=panel]'), box)
    ring.classList.toggle('guide-above', box.top > WORDS && (box.bottom + WORDS > innerHeight || isUnder(box, panel, WORDS)))
    ring.classList.toggle('guide-end', box.left + box.right > innerWidth)
  }
  const timer = setInterval(look, LOOK)
  follow()
  const { signal } = ending
  const pressed = (event: Event) => {
    if (element && event.composedPath().includes(element)) end()
  }
  document.addEventListener('click', pressed, { capture: true, signal })
  document.addEventListener('keydown', (event) => event.key === 'Escape' && end(), { capture: true, signal })
  return { end }
}

/**
 * Returns where the panel is. A panel over the element moves to the other side, once, so that it
 * does not jump back and forth.
 */
function giveWay(panel: Element | null, box: DOMRect): DOMRect | undefined {
  if (panel && !panel.classList.contains('panel-aside') && isUnder(box, panel.getBoundingClientRect(), 0)) {
    panel.classList.add('panel-aside')
  }
  return panel?.getBoundingClientRect()
}

/** Whether the panel would cover the element or the `room` below it that words need. */
function isUnder(box: DOMRect, panel: DOMRect | undefined, room: number): boolean {
  return !!panel?.width && box.left < panel.right && box.right > panel.left && box.top < panel.bottom && box.bottom + room > panel.top
}
