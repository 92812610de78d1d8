// Answers that leave the document: new windows, downloads, pickers, sound, the clipboard, drawing.

import type { Life } from '../facts.ts'
import type { Host } from './host.ts'

export function watchOutward(host: Host, view: Window & typeof globalThis): void {
  const sees = host.guard((what: Life) => host.note({ type: 'life', t: host.now(), what, own: true }))
  const calls = <T extends object, K extends keyof T>(owner: T | undefined, name: K, what: Life) => {
    if (!owner) return
    host.wrap(owner, name, (original) => function (this: unknown, ...args: unknown[]) {
      sees(what)
      return (original as (...all: unknown[]) => unknown).apply(this, args)
    } as T[K])
  }
  calls(view as Window, 'open', 'open')
  calls(view as Window, 'print', 'print')
  for (const name of ['alert', 'confirm', 'prompt'] as const) calls(view as Window, name, 'dialog')
  calls(view.HTMLMediaElement?.prototype, 'play', 'media')
  calls(view.Clipboard?.prototype, 'writeText', 'clipboard')
  calls(view.Clipboard?.prototype, 'write', 'clipboard')
  calls(view.HTMLInputElement?.prototype, 'showPicker', 'picker')
  // A detached link or file field that a script clicks: its event never reaches the document.
  const lookAt = host.guard((element: HTMLElement) => {
    if (element.localName === 'a') sees('download')
    if (element.localName === 'input' && (element as HTMLInputElement).type === 'file') sees('picker')
  })
  host.wrap(view.HTMLElement.prototype, 'click', (original) => function (this: HTMLElement) {
    lookAt(this)
    return original.call(this)
  })
  const navigation = (view as unknown as { navigation?: EventTarget }).navigation
  if (navigation) host.on(navigation, 'navigate', () => sees('navigation'))
}

const DRAWING = ['fillRect', 'clearRect', 'strokeRect', 'fill', 'stroke', 'fillText', 'drawImage', 'putImageData'] as const

/** Watches drawing on 2D canvases for as long as a click waits; on most pages never. */
export function watchDrawing(host: Host, doc: Document): { press(): void; rest(): void } {
  let undos: (() => void)[] = []
  const rest = () => {
    for (const undo of undos.splice(0)) undo()
  }
  host.later(rest)
  return {
    rest,
    press() {
      const prototype = doc.defaultView?.CanvasRenderingContext2D?.prototype
      if (undos.length || !prototype || !doc.getElementsByTagName('canvas').length) return
      for (const name of DRAWING) {
        const original = prototype[name] as (...args: unknown[]) => unknown
        let told = false
        const wrapper = function (this: unknown, ...args: unknown[]) {
          if (!told) {
            told = true
            drawn()
          }
          return original.apply(this, args)
        }
        const methods = prototype as unknown as Record<string, unknown>
        methods[name] = wrapper
        undos.push(() => {
          if (methods[name] === wrapper) methods[name] = original
        })
      }
    },
  }
  function drawn(): void {
    host.guard(() => host.note({ type: 'life', t: host.now(), what: 'canvas' }))()
  }
}
