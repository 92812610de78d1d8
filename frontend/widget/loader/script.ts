// What the `<script>` tag says: the key, and where everything else is.
export interface Settings {
  key: string
  /** Address of the loader; the other parts are beside it. */
  script: string
  /** Origin of the server. */
  server: string
  release: string
  theme: string
  /** Whether names and titles of the page may be shown to members. */
  names: boolean
}

/** Returns the tag's settings, or null when it has no key. */
export function readScript(tag: HTMLScriptElement): Settings | null {
  const address = new URL(tag.src)
  // The key is in the address where a product can set script URLs but no attributes.
  const key = tag.dataset.key ?? address.searchParams.get('key')
  if (!key) return null
  return {
    key,
    script: tag.src,
    server: new URL(tag.dataset.server ?? '/', address).origin,
    release: tag.dataset.release ?? '',
    theme: tag.dataset.theme ?? '',
    names: tag.dataset.names === 'shown',
  }
}

export function socketUrl({ server, key }: Settings): string {
  return `${server.replace(/^http/, 'ws')}/widget/socket?key=${encodeURIComponent(key)}`
}
