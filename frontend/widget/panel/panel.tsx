// The face of the widget, panel and nudge card, drawn by Preact. Loaded when first needed.
import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import controls from '../../shared/controls.css?inline'
import tokens from '../../shared/tokens.css?inline'
import guideStyles from '../element/guide.css?inline'
import { styles } from '../element/styles.ts'
import { en, type Texts } from '../languages/en.ts'
import { loadTexts, pickLanguage, wantedLanguages } from '../languages/languages.ts'
import type { Core, Face, PanelPart } from '../loader/parts.ts'
import { NudgeCard } from '../nudge/card.tsx'
import nudgeStyles from '../nudge/card.css?inline'
import { Store } from '../view/store.ts'
import { looked, received, said } from '../view/view.ts'
import { Dialog } from './dialog.tsx'
import { announce, askHome, createDeeds } from './face.ts'
import homeStyles from './home.css?inline'
import { dressLauncher } from './launcher.ts'
import launcherStyles from './launcher.css?inline'
import panelStyles from './panel.css?inline'
import { followTabs } from './tabs.ts'

export const mountFace: PanelPart['mountFace'] = (core: Core): Face => {
  const store = new Store()
  const deeds = createDeeds(core, store)
  const speech = new Speech(core)
  const dress = dressLauncher(core.launcher, () => speech.texts)
  store.watch(dress.show)
  store.watch((view, before) => announce(core, view, before))
  const ends = [dress.undo, followTabs(core, store), askHome(core, store), followEyes(store), () => speech.end()]
  for (const frame of core.waiting()) store.update((view) => said(view, frame, Date.now()))
  speech.begin(() => dress.show(store.view))
  ends.push(draw(core.root, () => {
    const view = useView(store)
    const texts = useTexts(speech)
    if (!texts) return null
    return (
      <div class="vc-all" lang={texts.language} dir={texts.direction}>
        <NudgeCard view={view} store={store} deeds={deeds} texts={texts} />
        {view.open && <Dialog view={view} deeds={deeds} texts={texts} />}
      </div>
    )
  }))
  return {
    receive: (frame) => store.update((view) => received(view, frame)),
    online: (online) => store.update((view) => ({ ...view, online })),
    open: (wanted) => (wanted ? deeds.open() : deeds.close()),
    unmount: () => ends.reverse().forEach((end) => end()),
  }
}

/** The texts in use: those of the page's language, even after the page has changed it. */
class Speech {
  /** English until the first table is loaded; until then only the launcher's name is shown. */
  texts: Texts = en
  ready = false
  private code = ''
  private readonly core: Core
  private readonly listeners = new Set<() => void>()
  private readonly watcher = new MutationObserver(() => void this.load())

  constructor(core: Core) {
    this.core = core
  }

  begin(changed: () => void): void {
    this.listeners.add(changed)
    this.watcher.observe(document.documentElement, { attributes: true, attributeFilter: ['lang'] })
    void this.load()
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  end(): void {
    this.watcher.disconnect()
    this.listeners.clear()
  }

  private async load(): Promise<void> {
    const code = pickLanguage(wantedLanguages(this.core.settings.key))
    if (code === this.code) return
    this.code = code
    const texts = await loadTexts(code)
    if (code !== this.code) return
    this.texts = texts
    this.ready = true
    // The launcher and the panel sit where readers of this language look for them.
    ;(this.core.root.host as HTMLElement).dir = texts.direction
    for (const listener of [...this.listeners]) listener()
  }
}

function followEyes(store: Store): () => void {
  const look = () => store.update((view) => looked(view, document.visibilityState === 'visible'))
  document.addEventListener('visibilitychange', look)
  look()
  return () => document.removeEventListener('visibilitychange', look)
}

function draw(root: ShadowRoot, Everything: () => preact.JSX.Element | null): () => void {
  const sheets = [tokens, controls, launcherStyles, panelStyles, homeStyles, nudgeStyles, guideStyles].map(styles)
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

function useTexts(speech: Speech): Texts | null {
  const [, redraw] = useState(0)
  useEffect(() => {
    redraw((count) => count + 1)
    return speech.listen(() => redraw((count) => count + 1))
  }, [speech])
  return speech.ready ? speech.texts : null
}
