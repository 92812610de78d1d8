// Sending a file and getting one back, over HTTP: a picture on the socket would hold up every
// message behind it. The id is made here, so sending again is harmless.
import type { Attached } from '../../protocol/protocol.ts'
import type { Core } from '../loader/parts.ts'
import { newId } from '../../shared/new_id.ts'

export const MAX_FILE = 8 * 1024 * 1024
export const MAX_FILES = 5
export const ACCEPTED = 'image/png,image/jpeg,image/webp,image/gif,application/pdf,text/plain,.csv,.log,.md,.json'

/** A file in the composer. */
export interface Draft {
  id: string
  name: string
  /** Why it was refused or lost, as a code of the server's; '' while there is no trouble. */
  trouble: string
  /** What the server stored; null until then. */
  kept: Attached | null
}

export function draftOf(file: File): Draft {
  const trouble = file.size > MAX_FILE ? 'too_large' : file.size ? '' : 'empty'
  return { id: newId(), name: file.name, trouble, kept: null }
}

/** Milliseconds after which a server that was reading other files, or was not reached, is asked again. */
const AGAIN = [500, 1_500, 3_000]
/** Milliseconds after which the server has hung up on whoever still sends. */
const LONGEST = 125_000
/** Troubles that are over when the network or the server is back. */
export const PASSING = ['lost', 'busy']

/**
 * Sends a draft and returns its new state. A busy server (503) or a lost connection is tried again
 * after each pause in `again`. Never rejects: a connection that stays lost is trouble 'lost'.
 */
export async function upload(core: Core, draft: Draft, file: Blob, again = AGAIN): Promise<Draft> {
  const done = await attempt(core, draft, file)
  if (!PASSING.includes(done.trouble) || again[0] === undefined) return done
  await new Promise((done) => setTimeout(done, again[0]))
  return upload(core, draft, file, again.slice(1))
}

async function attempt(core: Core, draft: Draft, file: Blob): Promise<Draft> {
  try {
    const answer = await core.fetch(address(core, draft.id, draft.name), {
      method: 'POST',
      body: file,
      headers: { 'x-vcsm-browser': core.browser(), 'content-type': 'application/octet-stream' },
      signal: AbortSignal.timeout(LONGEST),
    })
    if (answer.status === 503) return { ...draft, trouble: 'busy' }
    const body = (await answer.json()) as Attached & { code?: string }
    return answer.status === 201 ? { ...draft, kept: body } : { ...draft, trouble: body.code ?? 'other' }
  } catch {
    return { ...draft, trouble: 'lost' }
  }
}

export async function fetchFile(core: Core, id: string): Promise<Blob | null> {
  try {
    const answer = await core.fetch(address(core, id), { headers: { 'x-vcsm-browser': core.browser() } })
    return answer.ok ? await answer.blob() : null
  } catch {
    return null
  }
}

/** Hands the file to the browser's downloads; nothing is opened in the page. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([blob], { type: 'application/octet-stream' }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

function address({ settings }: Core, id: string, name?: string): string {
  const query = new URLSearchParams({ key: settings.key, id, ...(name ? { name } : {}) })
  return `${settings.server}/widget/file?${query}`
}
