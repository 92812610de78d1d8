// The button in the corner, by hand rather than by Preact: it is on every page from the start.
import type { Texts } from '../texts.ts'
import { unread, type View } from '../view/view.ts'

const SVG = 'http://www.w3.org/2000/svg'
const BUBBLE = 'M4.5 5.5h15v11H11l-4.5 3.5v-3.5h-2zM8.5 9.5h7M8.5 12.5h4.5'

export interface Launcher {
  button: HTMLButtonElement
  show: (view: View) => void
}

export function launcher(texts: Texts, onClick: () => void): Launcher {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'launcher'
  button.dataset.vcsm = 'launcher'
  button.setAttribute('aria-haspopup', 'dialog')
  const count = document.createElement('span')
  count.className = 'count'
  count.setAttribute('aria-hidden', 'true')
  button.append(icon(), count)
  button.addEventListener('click', onClick)
  return {
    button,
    show(view) {
      const number = unread(view)
      button.hidden = view.open
      button.setAttribute('aria-expanded', String(view.open))
      button.setAttribute('aria-label', number ? texts.launcherUnread(number) : texts.launcher)
      count.hidden = number === 0
      count.textContent = number > 99 ? '99+' : String(number)
    },
  }
}

function icon(): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', BUBBLE)
  for (const [name, value] of Object.entries({
    fill: 'none', stroke: 'currentColor', 'stroke-width': '1.8', 'stroke-linecap': 'round', 'stroke-linejoin': 'round',
  })) path.setAttribute(name, value)
  svg.append(path)
  return svg
}
