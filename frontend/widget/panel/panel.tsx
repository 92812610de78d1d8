// The panel and the nudge card: everything of the widget that Preact draws. Loaded on first need.
import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import controls from '../../shared/controls.css?inline'
import { styles } from '../element/styles.ts'
import type { PanelPart } from '../loader/parts.ts'
import { NudgeCard } from '../nudge/card.tsx'
import nudgeStyles from '../nudge/card.css?inline'
import type { Store } from '../view/store.ts'
import { Dialog } from './dialog.tsx'
import panelStyles from './panel.css?inline'

export const mountPanel: PanelPart['mountPanel'] = ({ root, store, deeds, texts }) => {
  const sheets = [controls, panelStyles, nudgeStyles].map(styles)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...sheets]
  const container = document.createElement('div')
  root.append(container)
  function Face() {
    const view = useView(store)
    return (
      <>
        <NudgeCard view={view} store={store} deeds={deeds} texts={texts} />
        {view.open && <Dialog view={view} deeds={deeds} texts={texts} />}
      </>
    )
  }
  render(<Face />, container)
  return () => {
    render(null, container)
    container.remove()
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet))
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
