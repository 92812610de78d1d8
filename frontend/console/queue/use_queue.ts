// The queue on the screen, kept current: one read to begin with, then only the rows that changed.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { queueAsked, readQueue, readRows } from '../api'
import { serverNow } from '../clock'
import { useGathered, useLoaded } from '../hooks'
import { listen } from '../live'
import type { Queue, Row, View } from '../types'
import { arrive, gone, joined, letIn, type Rows, type Scope } from './rows'

export interface LiveQueue {
  rows: Rows | undefined
  counts: Record<View, number> | undefined
  more: boolean
  seen: boolean
  /** Reads the next piece; nothing happens while one is on its way. */
  further(): void
  error: Error | undefined
  again(): void
  show(): void
  take(row: Row): void
}

interface Held {
  key: string
  rows: Rows
  more: boolean
}

/** `hand` says whether somebody is using the list just now. */
export function useQueue(scope: Scope, hand: () => boolean): LiveQueue {
  const { view, order } = scope
  const filters = scope.filters ?? {}
  const key = queueAsked(view, order, filters).query
  const read = useLoaded<Queue>(key, () => readQueue(queueAsked(view, order, filters)))
  const [held, hold] = useState<Held>()
  const [counts, setCounts] = useState<Record<View, number>>()
  const current = useRef({ scope, hand, held })
  current.current = { scope, hand, held }

  const take = useCallback((fresh: Row[]) => {
    const { scope, hand } = current.current
    hold((held) => held && { ...held, rows: arrive(held.rows, fresh, hand(), { ...scope, more: held.more }, serverNow()) })
  }, [])

  useEffect(() => {
    if (!read.value) return
    const { rows, counts, more } = read.value
    setCounts(counts)
    // Read again after a gap, the same list changes in place; another list is simply shown.
    if (current.current.held?.key === key) take(rows)
    else hold({ key, rows: { shown: rows, waiting: [] }, more })
  }, [read.value, key, take])

  const note = useChangedRows((queue, lost) => {
    setCounts(queue.counts)
    take(queue.rows)
    if (lost.length > 0) hold((held) => held && { ...held, rows: gone(held.rows, lost) })
  })
  const { again } = read
  useEffect(
    () =>
      listen({
        hint(hint) {
          if (hint.what === 'escalation') note([hint.id])
        },
        resumed() {
          note((current.current.held?.rows.shown ?? []).map((row) => row.id))
          again()
        },
      }),
    [note, again],
  )

  const reading = useRef('')
  const further = useCallback(() => {
    const last = current.current.held?.rows.shown.at(-1)
    if (!last || reading.current === key + last.id) return
    reading.current = key + last.id
    readQueue(queueAsked(view, order, filters, last.id)).then(
      ({ rows, more }) => hold((held) => (held?.key === key ? { ...held, rows: joined(held.rows, rows), more } : held)),
      // Scrolled again, it is asked for again.
      () => (reading.current = ''),
    )
  }, [key])

  return {
    rows: held?.key === key ? held.rows : undefined,
    counts,
    more: held?.key === key && held.more,
    seen: read.value?.seen ?? true,
    further,
    error: read.error,
    again,
    show: () => hold((held) => held && { ...held, rows: letIn(held.rows, { ...scope, more: held.more }, serverNow()) }),
    take: (row) => take([row]),
  }
}

/** Gathers the ids of changed rows for a moment and reads them in one call, at most 200 at a time;
 * `lost` are those that are no more. */
function useChangedRows(took: (queue: Queue, lost: string[]) => void): (ids: string[]) => void {
  const changed = useRef(new Set<string>())
  const read = useGathered(() => {
    const ids = [...changed.current].slice(0, 200)
    for (const id of ids) changed.current.delete(id)
    if (ids.length === 0) return
    readRows(ids).then(
      (queue) => {
        const found = new Set(queue.rows.map((row) => row.id))
        took(queue, ids.filter((id) => !found.has(id)))
        if (changed.current.size > 0) read()
      },
      // Offline: the socket is too, and its return reads everything again.
      () => undefined,
    )
  }, 60)
  return useCallback(
    (ids) => {
      for (const id of ids) changed.current.add(id)
      read()
    },
    [read],
  )
}
