// Addresses from a member's own file: a sitemap, which may be gzipped, or a list with one per line.

const LOC = /<(?:\w+:)?loc>\s*(?:<!\[CDATA\[)?([^<\]]+?)\s*(?:\]\]>)?\s*<\/(?:\w+:)?loc>/g

/** Returns the file's addresses, one per line. Rejects with a sentence to show. */
export async function readAddresses(file: File): Promise<string> {
  const found = addressesIn(await textOf(file))
  if (found.length === 0) throw new Error(`${file.name} holds no addresses.`)
  return found.join('\n')
}

/** Returns the addresses in a sitemap or sitemap index, or the lines that are addresses. */
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
