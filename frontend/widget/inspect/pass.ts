// The pass with which a member inspects a page. It comes in the address from the console, is taken
// out of it at once, and lives as long as the tab, so that the next page can be inspected too.
export interface Spot {
  element: string
  name: string
  kind: string
  words: string
  sessions: number
  seen: number
  share: number
  share_low: number
  share_high: number
}

const NAME = 'vcsm-inspect'
const MARK = `#${NAME}=`

export const passOf = {
  /** Returns the pass, or '' when nobody is inspecting this page. */
  read(): string {
    try {
      if (location.hash.startsWith(MARK)) {
        sessionStorage.setItem(NAME, location.hash.slice(MARK.length))
        history.replaceState(history.state, '', location.pathname + location.search)
      }
      return sessionStorage.getItem(NAME) ?? ''
    } catch {
      return '' // no storage in this frame, so nobody can inspect here
    }
  },
  forget(): void {
    sessionStorage.removeItem(NAME)
  },
}
