// Sends out what the capture found: elements get names, errors lose what may identify someone, and
// page views are reported beside the clicks.

import type { SentEvent } from '../../protocol/protocol.ts'
import type { Capture } from './capture.ts'
import { conceal } from './sensors/conceal.ts'
import { knowElement } from './sensors/known.ts'
import { watchNavigation } from './sensors/navigation.ts'

interface Options {
  emit(event: SentEvent): void
  /** Whether accessible names and page titles may be shown to members. */
  names: boolean
}

/** Hands over everything since the capture began, and everything from now on. */
export function report({ host, page, connect }: Capture, { emit, names }: Options): void {
  const tell = host.guard((event: SentEvent) => emit(conceal(event)))
  host.guard(watchNavigation)({ ...host, emit: tell }, page, names)
  connect(tell, (element) => knowElement(element, names))
}
