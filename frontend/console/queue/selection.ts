// Which rows are chosen for one act on all of them. Pure.
import type { Row } from '../types'

export interface Selection {
  ids: Set<string>
  /** Where a range begins. */
  anchor: string | null
}

export const NOTHING: Selection = { ids: new Set(), anchor: null }

export function toggled(selection: Selection, id: string): Selection {
  const ids = new Set(selection.ids)
  if (!ids.delete(id)) ids.add(id)
  return { ids, anchor: id }
}

/** All rows from the anchor to `id`, beside what is chosen already. */
export function extended(selection: Selection, id: string, shown: Row[]): Selection {
  const from = shown.findIndex((row) => row.id === selection.anchor)
  const to = shown.findIndex((row) => row.id === id)
  if (from < 0 || to < 0) return toggled({ ...selection, ids: new Set([...selection.ids].filter((one) => one !== id)) }, id)
  const range = shown.slice(Math.min(from, to), Math.max(from, to) + 1)
  return { ids: new Set([...selection.ids, ...range.map((row) => row.id)]), anchor: selection.anchor }
}

/** In the list's order, so that what is done to the first is done to the most valuable. */
export function chosen(selection: Selection, shown: Row[]): Row[] {
  return shown.filter((row) => selection.ids.has(row.id))
}
