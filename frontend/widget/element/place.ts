// The widget's one node in the host page: <vcsm-widget> with a shadow root. The tag is a custom
// element's name, because hydrating frameworks remove foreign <div>s but leave those alone; it is
// never registered, so that nothing stays behind after `shutdown`.
import { styles } from './styles.ts'
import tokens from '../../shared/tokens.css?inline'
import launcher from './launcher.css?inline'

export interface Place {
  root: ShadowRoot
  remove: () => void
}

export function place(theme: string | undefined): Place {
  const host = document.createElement('vcsm-widget')
  if (theme === 'light' || theme === 'dark') host.dataset.theme = theme
  const root = host.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [styles(tokens), styles(launcher)]
  const attach = () => {
    if (document.body && host.parentNode !== document.body) document.body.append(host)
  }
  // Children of <html> and <body> only: page transitions swap the body, hydration clears it.
  const watcher = new MutationObserver(() => {
    watch()
    attach()
  })
  let body: HTMLElement | null = null
  const watch = () => {
    if (document.body === body) return
    body = document.body
    watcher.observe(document.documentElement, { childList: true })
    if (body) watcher.observe(body, { childList: true })
  }
  watch()
  attach()
  return {
    root,
    remove() {
      watcher.disconnect()
      host.remove()
    },
  }
}
