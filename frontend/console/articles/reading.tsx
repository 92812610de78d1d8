// A worker reads a long article after it is saved: how far it is, polled until the article answers.
import { useEffect, useRef, useState } from 'preact/hooks'
import { readReadings } from './api'
import type { Reading } from './types'

const POLL = 1_500

/** Returns what is being read, polled while `any`; calls `finished` when an article answers. */
export function useReadings(any: boolean, finished: () => void): Reading[] {
  const [readings, put] = useState<Reading[]>([])
  const latest = useRef({ readings, finished })
  latest.current = { readings, finished }
  useEffect(() => {
    if (!any) return put([])
    const look = () =>
      readReadings().then(
        (fresh) => {
          const before = latest.current.readings
          put(fresh)
          if (fresh.length === 0 || before.some((one) => !fresh.some(({ article_id }) => article_id === one.article_id))) latest.current.finished()
        },
        // Asked again at the next turn.
        () => undefined,
      )
    void look()
    const timer = setInterval(() => void look(), POLL)
    return () => clearInterval(timer)
  }, [any])
  return readings
}

export function ReadingBar({ reading, before }: { reading: Reading; before: number | null }) {
  return (
    <p class="card reading" role="status" data-testid="reading">
      <span>
        Version {reading.version} is saved and being read. {before === null ? 'It is used once all of it has been read.' : `Until all of it is, version ${before} answers.`}
      </span>
      <progress value={reading.done} max={reading.total} aria-label="Passages read" />
      <span class="soft">{farOf(reading)}</span>
    </p>
  )
}

export const farOf = ({ done, total }: Reading) => `${done.toLocaleString()} of ${total.toLocaleString()} passages`
