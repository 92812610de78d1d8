// What the launcher shows once the panel is loaded: how many messages wait, and that it is open.
import type { Texts } from '../languages/en.ts'
import { unread, type View } from '../view/view.ts'

/** Returns `show`, to be called with every new view, and `undo`, to be called at the end. */
export function dressLauncher(
  button: HTMLButtonElement, texts: () => Texts,
): { show: (view: View) => void; undo: () => void } {
  const count = document.createElement('span')
  count.className = 'count'
  count.setAttribute('aria-hidden', 'true')
  button.append(count)
  return {
    show(view) {
      const number = unread(view)
      const { launcher, newMessages } = texts()
      button.hidden = view.open
      button.setAttribute('aria-expanded', String(view.open))
      button.setAttribute('aria-label', number ? `${launcher}, ${newMessages(number)}` : launcher)
      count.hidden = number === 0
      count.textContent = number > 99 ? '99+' : String(number)
    },
    undo: () => count.remove(),
  }
}
