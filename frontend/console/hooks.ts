// Reading something from the server and keeping it, and the time that makes "3 minutes ago" move.
import type { RefObject } from 'preact'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { serverNow } from './clock'
import { listen } from './live'

export interface Loaded<T> {
  value: T | undefined
  error: Error | undefined
  again(): void
  put(value: T): void
}

/**
 * Reads when `key` changes; drops the answer to an older question, keeps the value on failure, and
 * reads again as soon as the connection is back.
 */
export function useLoaded<T>(key: string, read: () => Promise<T>): Loaded<T> {
  const [held, hold] = useState<{ key: string; value?: T | undefined; error?: Error | undefined }>({ key })
  const asked = useRef(0)
  const reader = useRef(read)
  reader.current = read
  const again = useCallback(() => {
    const number = ++asked.current
    reader.current().then(
      (value) => number === asked.current && hold({ key, value }),
      (error: Error) => {
        if (number === asked.current) hold((before) => ({ key, value: before.key === key ? before.value : undefined, error }))
      },
    )
  }, [key])
  useEffect(again, [again])
  const put = useCallback((value: T) => {
    asked.current++
    hold({ key, value })
  }, [key])
  const mine = held.key === key
  const error = mine ? held.error : undefined
  useEffect(() => (error ? listen({ resumed: again }) : undefined), [error, again])
  return { value: mine ? held.value : undefined, error, again, put }
}

/** Calls `run` every `wait` milliseconds while the page is visible. */
export function useEvery(run: () => void, wait: number): void {
  useEffect(() => {
    const timer = setInterval(() => document.hidden || run(), wait)
    return () => clearInterval(timer)
  }, [run, wait])
}

/** Returns milliseconds since the epoch by the server's clock, renewed every 20 seconds. */
export function useNow(): number {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 20_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** Calls `run` once, `wait` milliseconds after the first of a burst of calls. */
export function useGathered(run: () => void, wait: number): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const latest = useRef(run)
  latest.current = run
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      latest.current()
    }, wait)
  }, [wait])
}

/** Returns a ref and its element's width in pixels, at least 200; `guess` until measured. */
export function useWidth<T extends Element>(guess: number): [RefObject<T | null>, number] {
  const box = useRef<T>(null)
  const [width, setWidth] = useState(guess)
  useEffect(() => {
    if (!box.current) return
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.max(200, Math.round(entry.contentRect.width))))
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [])
  return [box, width]
}
