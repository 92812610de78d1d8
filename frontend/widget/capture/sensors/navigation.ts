// Which page is shown. The Navigation API tells where it exists; elsewhere history is wrapped.

import type { PageEvent } from '../../../protocol/protocol.ts'
import type { Host } from './host.ts'
import { pageOf } from './routes.ts'

type How = NonNullable<PageEvent['how']>

interface EntryChange extends Event {
  navigationType: 'push' | 'replace' | 'reload' | 'traverse' | null
}

export function watchNavigation(host: Host): void {
  const view = window as Window & { navigation?: EventTarget }
  let shown = ''
  const show = (how: How, t = host.now()) => {
    const page = pageOf(location)
    // A query that changed is the page's answer, but not another page.
    if (page === shown && how !== 'restore') {
      return host.note({ type: 'life', t, what: 'navigation' })
    }
    shown = page
    host.emit({ type: 'page', at: Math.round(t), page, how, title: host.settings.names ? document.title.slice(0, 120) : '' })
    host.note({ type: 'page', t, page, how })
  }
  show(firstHow())
  if (view.navigation) {
    host.on(view.navigation, 'currententrychange', (event: EntryChange) => {
      const how = event.navigationType
      show(how === 'traverse' ? 'back' : how === 'replace' ? 'replace' : 'push')
    })
  } else {
    for (const [name, how] of [['pushState', 'push'], ['replaceState', 'replace']] as const) {
      host.wrap(history, name, (original) => function (this: History, ...args) {
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
    const t = host.at(event)
    host.note({ type: 'life', t, what: 'away' })
    host.emit({ type: 'visibility', at: Math.round(t), page: shown, state: document.hidden ? 'hidden' : 'visible' })
  })
}

function firstHow(): How {
  const entry = performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined
  return entry?.type === 'reload' ? 'reload' : entry?.type === 'back_forward' ? 'back' : 'load'
}
