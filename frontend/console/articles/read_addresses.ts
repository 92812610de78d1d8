// Addresses out of a file of the member's own: a sitemap, also packed, or a list with one a line.

const LOC = /<(?:\w+:)?loc>\s*(?:<!\[CDATA\[)?([^<\]]+?)\s*(?:\]\]>)?\s*<\/(?:\w+:)?loc>/g

/** One address a line. Rejects with a sentence. */
export async function readAddresses(file: File): Promise<string> {
  const found = addressesIn(await textOf(file))
  if (found.length === 0) throw new Error(`${file.name} holds no addresses.`)
  return found.join('\n')
}

/** Of a sitemap or an index of them; of anything else the lines that are addresses. */
export function addressesIn(text: string): string[] {
  const located = [...text.matchAll(LOC)].map(([, address]) => address!.replaceAll('&amp;', '&'))
  const found = located.length > 0 ? located : text.split(/\r?\n/).map((line) => line.trim())
  return found.filter((one) => /^https?:\/\//.test(one))
}

async function textOf(file: File): Promise<string> {
  if (!file.name.endsWith('.gz')) return file.text()
  try {
    return await new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).text()
  } catch {
    throw new Error(`${file.name} cannot be unpacked.`)
  }
}
