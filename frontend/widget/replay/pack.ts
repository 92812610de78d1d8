// Turns events into bodies that the server accepts: a JSON array each, compressed where possible.

export interface Packed {
  events: string[]
  body: Blob
  kind: 'application/gzip' | 'application/json'
}

/** The most bytes that `widget/replay_upload.py` accepts. */
export const MAX_BODY = 512 * 1024
const MAX_UNPACKED = 8 * 1024 * 1024

/** Splits the events in halves until each fits; a single event that does not fit is left out. */
export async function pack(events: string[]): Promise<Packed[]> {
  if (!events.length) return []
  const plain = new Blob([`[${events.join(',')}]`])
  const packed = await compress(plain)
  const body = packed ?? plain
  if (body.size <= MAX_BODY && plain.size <= MAX_UNPACKED) {
    return [{ events, body, kind: packed ? 'application/gzip' : 'application/json' }]
  }
  if (events.length === 1) return []
  const middle = events.length >> 1
  return [...(await pack(events.slice(0, middle))), ...(await pack(events.slice(middle)))]
}

async function compress(plain: Blob): Promise<Blob | null> {
  if (typeof CompressionStream !== 'function') return null
  return new Response(plain.stream().pipeThrough(new CompressionStream('gzip'))).blob()
}
