// The page as the wire names it: the path without query, with identifiers replaced by `:id`.
const IDENTIFIER = /^(\d+|[0-9a-f]{8}-[0-9a-f-]{27}|(?=.*\d)[0-9a-z_-]{16,})$/i

export function pagePath(path: string = location.pathname): string {
  const parts = path.split('/').map((one) => (IDENTIFIER.test(one) ? ':id' : one))
  return parts.join('/').slice(0, 512)
}
