// The panel's frame: title, one of its screens, composer. It is modal where it must be: on phones,
// which it fills, and beside a modal dialog of the host page, which makes all else inert.
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { Avatar } from '../../shared/avatar.tsx'
import { Button } from '../../shared/button.tsx'
import { Icon } from '../../shared/icon.tsx'
import type { Deeds } from './face.ts'
import type { Texts } from '../languages/en.ts'
import type { View } from '../view/view.ts'
import { Beliefs } from './beliefs.tsx'
import { Composer } from './composer.tsx'
import { Home } from './home.tsx'
import { Log } from './log.tsx'
import { Options } from './options.tsx'
import { RateAsk } from './rate.tsx'

export interface PartProps {
  view: View
  deeds: Deeds
  texts: Texts
}

const PHONE = '(max-width: 480px), (max-height: 420px)'

export function Dialog({ view, deeds, texts }: PartProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current!
    const modal = deeds.hostIsModal() || matchMedia(PHONE).matches
    if (modal) element.showModal()
    else element.show()
    element.querySelector('textarea')?.focus()
    const unfit = fitKeyboard(element)
    const root = element.getRootNode() as ShadowRoot
    return () => {
      unfit()
      giveFocusBack(root)
    }
  }, [])
  useScreenFocus(dialog, view.screen)
  const onKeyDown = (event: KeyboardEvent) => {
    // The host page has shortcuts of its own; what is typed here is not meant for them.
    event.stopPropagation()
    // The Escape that ends a Japanese or Chinese composition ends nothing else.
    if (event.key === 'Escape' && !event.isComposing) {
      event.preventDefault()
      deeds.close()
    }
  }
  const parts = { view, deeds, texts }
  return (
    <dialog
      ref={dialog}
      class="panel"
      data-vcsm="panel"
      data-screen={view.screen}
      aria-labelledby="vc-title"
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault()
        deeds.close()
      }}
    >
      <Head {...parts} />
      {view.screen === 'home' && <Home {...parts} />}
      {view.screen === 'beliefs' && <Beliefs {...parts} />}
      {view.screen === 'talk' && (
        <>
          <Log {...parts} />
          <RateAsk {...parts} />
          <Options {...parts} />
        </>
      )}
      {view.screen !== 'beliefs' && <Composer {...parts} />}
    </dialog>
  )
}

function Head({ view, deeds, texts }: PartProps) {
  const title = texts.panelTitle(view.company)
  return (
    <header class="head">
      {view.screen === 'home' ? (
        <Avatar name={view.speaker || view.company || title} of={view.speaker ? 'member' : 'assistant'} />
      ) : (
        <Button look="quiet" square class="turn" aria-label={texts.back} data-vcsm="back" onClick={() => deeds.turn('home')}>
          <Icon name="back" />
        </Button>
      )}
      <div class="head-words">
        <h2 id="vc-title"><bdi>{title}</bdi></h2>
        <p class={view.online ? 'state' : 'state state-off'} data-vcsm="state" role="status">
          <bdi>{!view.online ? texts.offline : view.speaker ? texts.withMember(view.speaker) : texts.withAssistant}</bdi>
        </p>
      </div>
      <Button look="quiet" square aria-label={texts.close} data-vcsm="close" onClick={deeds.close}>
        <Icon name="close" />
      </Button>
    </header>
  )
}

/**
 * Moves the focus when the screen changes, before it is painted: otherwise a keyboard user would be
 * left on a button that is gone, and the next key would reach nothing.
 */
function useScreenFocus(dialog: { current: HTMLDialogElement | null }, screen: string): void {
  const before = useRef(screen)
  useLayoutEffect(() => {
    if (before.current === screen) return
    before.current = screen
    const root = dialog.current?.getRootNode() as ShadowRoot | undefined
    if (root?.activeElement && root.activeElement !== dialog.current) return
    const next = screen === 'talk' ? 'textarea' : screen === 'beliefs' ? '[data-vcsm=back]' : '[data-vcsm=close]'
    dialog.current?.querySelector<HTMLElement>(next)?.focus()
  }, [screen])
}

/**
 * On phones the keyboard covers the page instead of shrinking it, and the page may be scrolled.
 * Returns the function that stops following it.
 */
function fitKeyboard(element: HTMLElement): () => void {
  const view = window.visualViewport
  if (!view) return () => undefined
  const fit = () => {
    element.style.setProperty('--vc-view', `${view.height}px`)
    element.style.setProperty('--vc-top', `${view.offsetTop}px`)
  }
  fit()
  const ending = new AbortController()
  view.addEventListener('resize', fit, ending)
  view.addEventListener('scroll', fit, ending)
  return () => ending.abort()
}

/** Gives the focus to the launcher, unless the contact has moved it elsewhere meanwhile. */
function giveFocusBack(root: ShadowRoot): void {
  const elsewhere = document.activeElement !== root.host && document.activeElement !== document.body
  if (!elsewhere) root.querySelector<HTMLElement>('[data-vcsm=launcher]')?.focus()
}
