// What the ledger is told. Facts are abstract: sensors make them from the DOM, the friction cases
// make them from other people's recorded tests, and the ledger cannot tell which. Times are
// milliseconds of one clock: the time of the event itself, not of its handling.

import type { EventElement, PageEvent } from '../../protocol/protocol.ts'

/**
 * What a click on a target promises, and so what its silence means.
 *
 * control  the page should answer
 * outside  the answer may be out of sight: a link, a download, a file picker
 * itself   the browser answers: check box, slider, select, summary
 * text     a click places the caret
 * surface  answers in pixels nobody can watch: canvas, video, embedded documents
 * plain    nothing: paragraphs, margins
 * nothing  not a place a person can mean: the root element, a text node
 */
export type Nature = 'control' | 'outside' | 'itself' | 'text' | 'surface' | 'plain' | 'nothing'

export interface Target {
  /** Identity within this page: clicks with one key are clicks on one control. */
  key: string
  element: EventElement
  nature: Nature
  disabled?: boolean
  /** Made to be pressed repeatedly: next, previous, +, −, a calendar's arrow. */
  stepper?: boolean
  /** Made to be switched back and forth. */
  toggle?: boolean
  /** A swipe here asks for something; unset on a page that merely has nothing to scroll. */
  swipes?: boolean
}

export type Life =
  | 'mutation' | 'value' | 'toggle' | 'dialog' | 'animation' | 'scroll' | 'selection' | 'input'
  | 'focus' | 'navigation' | 'open' | 'away' | 'media' | 'print' | 'clipboard' | 'download'
  | 'picker' | 'canvas' | 'resource'

export type Fact =
  | { type: 'press'; t: number; target: Target; x?: number; y?: number; by?: 'mouse' | 'touch' | 'key' }
  /** The pointer left the surface. A mouse or pen may have dragged; a finger may have swiped. */
  | { type: 'lift'; t: number; x?: number; y?: number }
  | { type: 'cancel'; t: number }
  | { type: 'click'; t: number; target: Target; x?: number; y?: number; odd?: boolean }
  /** The contact typed: what follows answers the keyboard. */
  | { type: 'key'; t: number }
  | {
      type: 'life'
      t: number
      what: Life
      /**
       * Keys of the controls that the life happened at or around; absent when the place is unknown.
       */
      near?: string[]
      /** Where it happened, so that the ledger learns which places change by themselves. */
      region?: string
      /** What the place looked like afterwards: clicks that undo each other alternate two faces. */
      face?: string
      /** Surely the page's doing, although life of this kind is usually the contact's. */
      own?: boolean
    }
  /** The page's own changes were not observed for the last `ms` milliseconds. */
  | { type: 'blind'; t: number; ms: number }
  | { type: 'request'; t: number; id: number | string; method: string; route: string; quiet?: boolean }
  /** Status 0 means no answer; `stopped`, that the page itself gave up waiting. */
  | { type: 'response'; t: number; id: number | string; status: number; stopped?: boolean }
  | { type: 'error'; t: number; message: string; source?: string; line?: number }
  | { type: 'page'; t: number; page: string; how: NonNullable<PageEvent['how']> }
