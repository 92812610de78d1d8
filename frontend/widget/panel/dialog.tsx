// The panel's frame: title, log, composer. Modal where it must be: on phones, which it fills, and
// when the host page has a modal dialog open, which would make anything else inert.
import { useEffect, useRef } from 'preact/hooks'
import { Avatar } from '../../shared/avatar.tsx'
import { Button } from '../../shared/button.tsx'
import { Icon } from '../../shared/icon.tsx'
import type { Deeds } from './face.ts'
import type { Texts } from '../texts.ts'
import type { View } from '../view/view.ts'
import { Composer } from './composer.tsx'
import { Log } from './log.tsx'
import { Options } from './options.tsx'

export interface PartProps {
  view: View
  deeds: Deeds
  texts: Texts
}

const PHONE = '(max-width: 480px)'

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
  const onKeyDown = (event: KeyboardEvent) => {
    // The host page has shortcuts of its own; what is typed here is not meant for them.
    event.stopPropagation()
    if (event.key === 'Escape') {
      event.preventDefault()
      deeds.close()
    }
  }
  return (
    <dialog
      ref={dialog}
      class="panel"
      data-vcsm="panel"
      aria-labelledby="vc-title"
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault()
        deeds.close()
      }}
    >
      <Head view={view} deeds={deeds} texts={texts} />
      <Log view={view} deeds={deeds} texts={texts} />
      <Options view={view} deeds={deeds} texts={texts} />
      <Composer view={view} deeds={deeds} texts={texts} />
    </dialog>
  )
}

function Head({ view, deeds, texts }: PartProps) {
  const title = texts.panelTitle(view.company)
  return (
    <header class="head">
      <Avatar name={view.speaker || view.company || title} of={view.speaker ? 'member' : 'assistant'} />
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

/** On phones the keyboard covers the page instead of shrinking it. */
function fitKeyboard(element: HTMLElement): () => void {
  const view = window.visualViewport
  if (!view) return () => undefined
  const fit = () => element.style.setProperty('--vc-view', `${view.height}px`)
  fit()
  view.addEventListener('resize', fit)
  return () => view.removeEventListener('resize', fit)
}

/** To the launcher, unless the contact has gone elsewhere meanwhile. */
function giveFocusBack(root: ShadowRoot): void {
  const elsewhere = document.activeElement !== root.host && document.activeElement !== document.body
  if (!elsewhere) root.querySelector<HTMLElement>('[data-vcsm=launcher]')?.focus()
}
