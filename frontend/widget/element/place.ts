// The widget's one node in the host page: `<vcsm-widget>` with a shadow root. The tag is a custom
// element's name, because hydrating frameworks remove foreign `<div>`s but leave those alone. It is
// never registered, so that nothing remains after `shutdown`.
import { styles } from './styles.ts'
import launcher from './launcher.css?inline'

export interface Place {
  root: ShadowRoot
  remove: () => void
}

/** Puts the node into the page. Needs `document.body`. */
export function place(theme: string): Place {
  const host = document.createElement('vcsm-widget')
  if (theme) host.dataset.theme = theme
  const root = host.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [styles(launcher)]
  // Only children of `<html>` and `<body>`: page transitions swap the body, hydration clears it.
  const watcher = new MutationObserver(attach)
  let body: HTMLElement | null = null
  function attach(): void {
    if (body !== document.body) {
      watcher.disconnect()
      watcher.observe(document.documentElement, { childList: true })
      if (document.body) watcher.observe(document.body, { childList: true })
    }
    body = document.body
    if (body && host.parentNode !== body) body.append(host)
  }
  attach()
  return {
    root,
    remove() {
      watcher.disconnect()
      host.remove()
    },
  }
}
