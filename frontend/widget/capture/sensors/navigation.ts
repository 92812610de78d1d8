// Which page is shown. The Navigation API says so where it exists; elsewhere history is wrapped.

import type { PageEvent } from '../../../protocol/protocol.ts'
import type { Host } from './host.ts'

type How = NonNullable<PageEvent['how']>

interface EntryChange extends Event {
  navigationType: 'push' | 'replace' | 'reload' | 'traverse' | null
}

/** `first` is the page that the ledger has been told of already. */
export function watchNavigation(host: Host, first: string, names: boolean): void {
  const view = window as Window & { navigation?: EventTarget }
  let shown = first
  const tell = (how: How, t: number) =>
    host.emit({ type: 'page', at: Math.round(t), page: shown, how, title: names ? document.title.slice(0, 120) : '' })
  const show = (how: How, t = host.now()) => {
    const page = host.page()
    // A changed query is the page's answer, but not another page.
    if (page === shown && how !== 'restore') {
      return host.note({ type: 'life', t, what: 'navigation' })
    }
    shown = page
    tell(how, t)
    host.note({ type: 'page', t, page, how })
  }
  tell(firstHow(), host.now())
  if (host.page() !== first) show('replace')
  if (view.navigation) {
    host.on(view.navigation, 'currententrychange', (event: EntryChange) => {
      const how = event.navigationType
      show(how === 'traverse' ? 'back' : how === 'replace' ? how : 'push')
    })
  } else {
    for (const how of ['push', 'replace'] as const) {
      host.wrap(history, `${how}State`, (original) => function (this: History, ...args) {
        original.apply(this, args)
        host.guard(show)(how)
      })
    }
    host.on(view, 'popstate', () => show('back'))
    host.on(view, 'hashchange', () => show('hash'))
  }
  host.on(view, 'pageshow', (event: PageTransitionEvent) => {
    if (event.persisted) show('restore')
  })
  host.on(document, 'visibilitychange', (event: Event) => {
    host.emit({ type: 'visibility', at: Math.round(host.at(event)), page: shown, state: document.hidden ? 'hidden' : 'visible' })
  })
}

function firstHow(): How {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const type = entry?.type
  return type === 'reload' ? type : type === 'back_forward' ? 'back' : 'load'
}
