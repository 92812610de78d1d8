// Drawing on canvases, 2D and WebGL, watched only while a click waits, so on most pages never.
// Where a canvas draws by itself, a glance now and then lets the ledger learn how often.

import type { Host, View } from './host.ts'

const METHODS = ['fillRect', 'clearRect', 'strokeRect', 'fill', 'stroke', 'fillText', 'drawImage', 'putImageData',
  'drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced', 'clear']
const APART = 50
const WATCH = 3000
const GLANCE = 500
const AGAIN = 5_000

export function watchDrawing(host: Host, view: View): void {
  let undos: (() => void)[] = []
  let last = -Infinity
  let timer = 0
  const drawn = host.guard(() => {
    const t = host.now()
    if (t - last < APART) return
    last = t
    host.note({ type: 'life', t, what: 'canvas', region: 'canvas' })
  })
  const rest = () => {
    for (const undo of undos.splice(0)) undo()
  }
  const look = (wait: number) => {
    clearTimeout(timer)
    timer = view.setTimeout(rest, wait)
    if (undos.length) return
    const { CanvasRenderingContext2D, WebGLRenderingContext, WebGL2RenderingContext } = view
    for (const owner of [CanvasRenderingContext2D, WebGLRenderingContext, WebGL2RenderingContext]) {
      for (const name of METHODS) undos.push(watch(owner?.prototype as never, name, drawn))
    }
  }
  // Looking for canvases is slow on a large page: done once, as later ones call `getContext`.
  let draws = view.document.querySelector('canvas') !== null
  host.wrap(view.HTMLCanvasElement?.prototype, 'getContext', (original) => function (this: HTMLCanvasElement, ...args: unknown[]) {
    draws = true
    return (original as (...all: unknown[]) => unknown).apply(this, args)
  } as typeof original)
  const again = view.setInterval(() => {
    if (draws && !view.document.hidden) look(GLANCE)
  }, AGAIN)
  if (draws) {
    look(GLANCE)
    // A click that was waiting before we looked may have been answered there.
    if (host.waits()) host.note({ type: 'life', t: host.now(), what: 'toggle', own: true })
  }
  host.on(view, 'pointerdown keydown', () => draws && look(WATCH))
  host.later(() => {
    clearInterval(again)
    clearTimeout(timer)
    rest()
  })
}

/** Returns the function that removes the wrapper again. */
function watch(owner: Record<string, unknown> | undefined, name: string, drawn: () => void): () => void {
  const original = owner?.[name]
  if (!owner || typeof original !== 'function') return () => undefined
  const wrapper = function (this: unknown, ...args: unknown[]) {
    drawn()
    return original.apply(this, args) as unknown
  }
  owner[name] = wrapper
  return () => {
    if (owner[name] === wrapper) owner[name] = original
  }
}
