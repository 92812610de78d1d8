// Capture without a loader or a server, for the pages of tests and benchmarks.

import type { SentEvent } from '../../protocol/protocol.ts'
import { watchPage } from './capture.ts'
import { report } from './report.ts'
import { addSenses } from './senses.ts'

interface Options {
  emit(event: SentEvent): void
  settings?: { names?: boolean }
}

/** Watches this page until the returned function is called. */
export function startCapture({ emit, settings: { names = false } = {} }: Options): () => void {
  const capture = watchPage()
  report(capture, { emit, names })
  addSenses(capture)
  return capture.stop
}
