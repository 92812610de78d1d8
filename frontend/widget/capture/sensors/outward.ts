// Answers that leave the document: new windows, downloads, pickers, sound, the clipboard.

import type { Life } from '../facts.ts'
import { isOurs, type Host, type View } from './host.ts'

/** Says what a call of a method means, '' for nothing. Runs before the method does. */
export type Told = (self: never, args: unknown[]) => Life | ''

/** Wraps methods, their names given in one string, so that calls of them are reported as life. */
export function tellCalls(host: Host, owner: object | undefined, names: string, told: Told): void {
  for (const name of names.split(' ')) {
    host.wrap(owner as Record<string, unknown>, name, (original) => function (this: unknown, ...args: unknown[]) {
      host.guard(() => {
        const what = told(this as never, args)
        if (what) host.note({ type: 'life', t: host.now(), what, own: true })
      })()
      return (original as (...all: unknown[]) => unknown).apply(this, args)
    })
  }
}

export function watchOutward(host: Host, view: View, isInside: (element: Element) => boolean): void {
  const calls = (owner: object | undefined, names: string, told: Told) => tellCalls(host, owner, names, told)
  calls(view, 'open', () => 'open')
  calls(view, 'print', () => 'print')
  calls(view, 'alert confirm prompt', () => 'dialog')
  calls(view.HTMLMediaElement?.prototype, 'play', () => 'media')
  calls(view.Clipboard?.prototype, 'writeText write', () => 'clipboard')
  calls(view.HTMLInputElement?.prototype, 'showPicker', () => 'picker')
  // A script clicks a detached link or file field: its event never reaches the document.
  calls(view.HTMLElement?.prototype, 'click', ({ localName, type }: HTMLInputElement) =>
    localName === 'a' ? 'download' : localName === 'input' && type === 'file' ? 'picker' : '')
  // Inside the control an animation may be press feedback, as ripples are.
  calls(view.Element?.prototype, 'animate', (element: Element) =>
    isOurs(element) || isOurs((element.getRootNode() as ShadowRoot).host) || isInside(element) ? '' : 'animation')
  const { navigation } = view as unknown as { navigation?: EventTarget }
  if (navigation) host.on(navigation, 'navigate', (event: { userInitiated?: boolean; navigationType: string }) => {
    // Leaving by the browser's own buttons is no answer of the page's.
    if (event.userInitiated && /^(traverse|reload)$/.test(event.navigationType)) return
    host.note({ type: 'life', t: host.now(), what: 'navigation', own: true })
  })
}
