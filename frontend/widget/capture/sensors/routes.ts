// Addresses without what identifies anybody: no query, no fragment, identifiers as `:id`.

const ID = /^(\d+|[0-9a-f]{8,}|[0-9a-f-]{32,}|(?=.*\d)[\w-]{16,}|.*@.*|.*%40.*)$/i

export function maskPath(path: string): string {
  return path.split('/').map((part) => (ID.test(part) ? ':id' : part)).join('/').slice(0, 500)
}

/** Returns the route of an address as seen from this page; other origins keep their host. */
export function routeOf(address: string): string {
  const url = new URL(address, location.href)
  const path = maskPath(url.pathname)
  return url.origin === location.origin ? path : `${url.host}${path}`.slice(0, 500)
}

/** Returns this page's path, with a hash route where the application uses one. */
export function pageOf(place: Location): string {
  const hash = place.hash.startsWith('#/') ? `#${maskPath(place.hash.slice(1).split('?')[0]!)}` : ''
  return `${maskPath(place.pathname)}${hash}`.slice(0, 500)
}
