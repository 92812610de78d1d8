// Hands the wire events of many sessions to the real detectors, in one process, and reads the
// signals left at the end as the kinds that cases name.

import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import type { SentEvent } from '../protocol/protocol.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const MANY = 1 << 28

interface Signal {
  session: string
  kind: string
  key: string
  count: number
  retracted: boolean
  facts: Record<string, string | number>
}

export const NAMES = new Map([
  ['error_click', 'error'], ['slow_interaction', 'slow'], ['thrashed_cursor', 'thrash'],
])

/** Names a signal's kind. Dead episodes of swipes alone, or disabled controls, have their own. */
function kindOf({ kind, count, facts }: Signal): string {
  if (kind === 'dead' && facts['swipes'] === count) return 'dead_swipe'
  if (kind === 'dead' && facts['disabled'] === count) return 'disabled'
  return NAMES.get(kind) ?? kind
}

export interface Session {
  session: string
  events: SentEvent[]
  /** `kind.threshold=value`, in the form that the replay takes. */
  settings: string[]
}

/**
 * Returns the kinds of the signals left at the end of each session, in the order given. Sessions
 * with the same settings run together.
 */
export function detect(sessions: Session[]): Set<string>[] {
  const groups = new Map<string, Session[]>()
  for (const one of sessions) {
    const name = one.settings.join(' ')
    groups.set(name, [...(groups.get(name) ?? []), one])
  }
  const kinds = new Map<string, Set<string>>()
  for (const group of groups.values()) replay(group, kinds)
  return sessions.map(({ session }) => kinds.get(session)!)
}

function replay(sessions: Session[], kinds: Map<string, Set<string>>): void {
  // A detector reads events in the order in which the browser would have sent them.
  const ordered = sessions.map(({ session, events }) => ({
    session, events: [...events].sort((a, b) => a.at - b.at),
  }))
  const python = process.env['PYTHON'] ?? resolve(ROOT, '.venv/bin/python')
  const run = spawnSync(python, ['-m', 'vcsm.friction.replay', '-', ...sessions[0]!.settings.flatMap((one) => ['--set', one])], {
    cwd: ROOT, encoding: 'utf8', maxBuffer: MANY,
    input: ordered.map((session) => JSON.stringify(session)).join('\n'),
  })
  if (run.stderr) process.stderr.write(run.stderr)
  if (run.error) throw run.error
  // Settings that the detectors refuse make their own cases miss, and no others.
  if (run.status === 2) return sessions.forEach(({ session }) => kinds.set(session, new Set(['refused'])))
  if (run.status !== 0) throw new Error(run.stderr)
  const standing = new Map<string, Signal>()
  for (const line of run.stdout.split('\n')) {
    if (!line) continue
    const signal = JSON.parse(line) as Signal
    standing.set(`${signal.session} ${signal.key}`, signal)
  }
  for (const { session } of sessions) kinds.set(session, new Set())
  for (const signal of standing.values()) {
    if (!signal.retracted) kinds.get(signal.session)?.add(kindOf(signal))
  }
}
