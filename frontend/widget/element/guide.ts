// A guided step: a ring around the real element of the page. It lies in the widget's own shadow root,
// so no style of the page is touched, and it looks for the element again and again, because products
// draw theirs anew: what was found a moment ago may be gone and another node stand in its place.
export interface Guide {
  end: () => void
}

const LOOK = 150
/** An element that has been away for so long will not come back by itself. */
const GONE = 5_000
/** Nobody looks at a ring for longer. */
const LONGEST = 60_000
const MARGIN = 6
/** Room that the words need beside the ring. */
const WORDS = 48

export interface GuideOptions {
  root: ShadowRoot
  /** Said beside the ring, and read out. */
  words: string
  find: () => Element | null
  ended: () => void
}

/** Null when there is nothing to point at. The element's own click ends it, and so does Escape. */
export function guideTo({ root, words, find, ended }: GuideOptions): Guide | null {
  let element = find()
  if (!element) return null
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: calm ? 'auto' : 'smooth' })
  const ring = document.createElement('div')
  ring.className = 'guide'
  ring.dataset.vcsm = 'guide'
  // In the top layer, above whatever the page stacks; a manual popover takes no focus and no clicks.
  ring.popover = 'manual'
  const label = document.createElement('span')
  label.className = 'guide-words'
  label.setAttribute('role', 'status')
  ring.append(label)
  root.append(ring)
  ring.showPopover?.()
  // Only what comes into a status that stands already is read out.
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

/** Where the panel is now. Over the element it goes to the other side, once: it does not dance. */
function giveWay(panel: Element | null, box: DOMRect): DOMRect | undefined {
  if (panel && !panel.classList.contains('panel-aside') && isUnder(box, panel.getBoundingClientRect(), 0)) {
    panel.classList.add('panel-aside')
  }
  return panel?.getBoundingClientRect()
}

/** Whether the element, and words below it that need `room`, would lie on the panel. */
function isUnder(box: DOMRect, panel: DOMRect | undefined, room: number): boolean {
  return !!panel?.width && box.left < panel.right && box.right > panel.left && box.top < panel.bottom && box.bottom + room > panel.top
}
