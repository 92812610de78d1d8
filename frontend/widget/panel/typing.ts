import { useEffect, useRef } from 'preact/hooks'

const REPEAT = 3_000
const PAUSE = 5_000

/**
 * Tells others that the contact is writing: at once, again every few seconds, and when it stops.
 */
export function useTyping(tell: (on: boolean) => void): (on: boolean) => void {
  const state = useRef({ toldAt: 0, timer: undefined as ReturnType<typeof setTimeout> | undefined })
  const stop = () => {
    clearTimeout(state.current.timer)
    if (state.current.toldAt) tell(false)
    state.current.toldAt = 0
  }
  useEffect(() => stop, [])
  return (on) => {
    if (!on) return stop()
    const now = Date.now()
    if (now - state.current.toldAt > REPEAT) {
      state.current.toldAt = now
      tell(true)
    }
    clearTimeout(state.current.timer)
    state.current.timer = setTimeout(stop, PAUSE)
  }
}
