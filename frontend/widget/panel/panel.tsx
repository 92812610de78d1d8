// The face of the widget, panel and nudge card, drawn by Preact. Loaded on first need.
import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import controls from '../../shared/controls.css?inline'
import tokens from '../../shared/tokens.css?inline'
import { styles } from '../element/styles.ts'
import type { Core, Face, PanelPart } from '../loader/parts.ts'
import { NudgeCard } from '../nudge/card.tsx'
import nudgeStyles from '../nudge/card.css?inline'
import { textsFor } from '../texts.ts'
import { Store } from '../view/store.ts'
import { received, said } from '../view/view.ts'
import { Dialog } from './dialog.tsx'
import { announce, createDeeds } from './face.ts'
import { dressLauncher } from './launcher.ts'
import launcherStyles from './launcher.css?inline'
import panelStyles from './panel.css?inline'
import { followTabs, readMark, tellTabs } from './tabs.ts'

export const mountFace: PanelPart['mountFace'] = (core: Core): Face => {
  const texts = textsFor(document.documentElement.lang || navigator.language)
  const store = new Store()
  const deeds = createDeeds(core, store)
  const { show, undo } = dressLauncher(core.launcher, texts)
  store.update((view) => ({ ...view, read: readMark(core) }))
  store.watch(show)
  store.watch((view, before) => {
    if (view.read !== before.read) tellTabs(core, 'read', String(view.read))
    announce(core, view, before)
  })
  const unfollow = followTabs(core, store)
  for (const frame of core.waiting()) store.update((view) => said(view, frame, Date.now()))
  const erase = draw(core.root, () => {
    const view = useView(store)
    return (
      <>
        <NudgeCard view={view} store={store} deeds={deeds} texts={texts} />
        {view.open && <Dialog view={view} deeds={deeds} texts={texts} />}
      </>
    )
  })
  return {
    receive: (frame) => store.update((view) => received(view, frame)),
    online: (online) => store.update((view) => ({ ...view, online })),
    open: (wanted) => (wanted ? deeds.open() : deeds.close()),
    unmount() {
      unfollow()
      erase()
      undo()
    },
  }
}

function draw(root: ShadowRoot, Everything: () => preact.JSX.Element): () => void {
  const sheets = [tokens, controls, launcherStyles, panelStyles, nudgeStyles].map(styles)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...sheets]
  const container = document.createElement('div')
  root.append(container)
  render(<Everything />, container)
  return () => {
    render(null, container)
    container.remove()
  }
}

function useView(store: Store) {
  const [view, setView] = useState(store.view)
  useEffect(() => {
    setView(store.view)
    return store.watch(setView)
  }, [store])
  return view
}
