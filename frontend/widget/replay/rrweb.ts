// As much of rrweb's format as is used here (rrweb 2.1, packages/types): numbers on the wire.
// Everything is read as if a stranger had written it; in the console, one may have.
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json | undefined }
export type Dict = { [name: string]: Json | undefined }

export interface ReplayEvent {
  type: number
  timestamp: number
  data: Dict
}

export const FULL_SNAPSHOT = 2
export const INCREMENTAL = 3
export const META = 4

export const ELEMENT = 2
export const TEXT = 3
export const CDATA = 4
export const COMMENT = 5

export const MUTATION = 0
export const INPUT = 5
export const STYLE_RULE = 8
export const STYLE_DECLARATION = 13
export const ADOPTED_STYLE = 15
/**
 * Pointer, interaction, scroll, viewport, touch, drag, selection: positions and ids, no content.
 */
export const PLACES = new Set([1, 2, 3, 4, 6, 12, 14])
