// Whether a hand is on the list: the pointer is over it, the keyboard just moved in it, or it is scrolled.
import { useCallback, useEffect, useRef } from 'preact/hooks'

const KEYS_REST = 4_000

export function useHand() {
  const box = useRef<HTMLDivElement>(null)
  const over = useRef(false)
  const keyed = useRef(0)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const enter = () => (over.current = true)
    const leave = () => (over.current = false)
    element.addEventListener('pointerenter', enter)
    element.addEventListener('pointerleave', leave)
    return () => {
      element.removeEventListener('pointerenter', enter)
      element.removeEventListener('pointerleave', leave)
    }
  }, [])
  const onList = useCallback(
    () => over.current || Date.now() - keyed.current < KEYS_REST || (box.current?.scrollTop ?? 0) > 0,
    [],
  )
  const touched = useCallback(() => {
    keyed.current = Date.now()
  }, [])
  return { box, onList, touched }
}
