// Help shown to the contact unasked: small, in the corner, out of the way of what they are doing,
// dismissed with one key. It never takes the focus.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { guideTo, type Guide } from '../element/guide.ts'
import { isTyping } from '../element/occupied.ts'
import { Button } from '../../shared/button.tsx'
import { Icon, type IconName } from '../../shared/icon.tsx'
import type { ShowNudgeFrame } from '../../protocol/protocol.ts'
import type { Deeds } from '../panel/face.ts'
import { SourceLink } from '../panel/log.tsx'
import type { Texts } from '../languages/en.ts'
import type { Store } from '../view/store.ts'
import { shownNudge, type View } from '../view/view.ts'

/** Only one ring is shown at a time, whoever started it. */
let guide: Guide | null = null
/** Screens on which the panel and what it refers to fit beside each other. */
const ROOMY = '(min-width: 800px) and (min-height: 421px)'
const SIGNS: Record<string, IconName> = { problem_known: 'warning', problem_fixed: 'check' }

interface Props {
  view: View
  store: Store
  deeds: Deeds
  texts: Texts
}

export function NudgeCard({ view, store, deeds, texts }: Props) {
  const { nudge, open } = view
  const calm = useCalm(view.visible, nudge?.nudge)
  useEffect(() => {
    // A contact who is reading the conversation sees the nudge there.
    if (nudge && open) store.update((view) => shownNudge(view, nudge, Date.now()))
  }, [nudge, open])
  const card = nudge && calm && !open
  useEffect(() => {
    if (nudge && (calm || open)) deeds.answerNudge(nudge.nudge, 'shown')
  }, [nudge?.nudge, calm, open])
  // The live region exists before its content comes: only then is the content read out.
  return (
    <div class="nudge-place" role="status" aria-live="polite">
      {card && <Card key={nudge.nudge} nudge={nudge} store={store} deeds={deeds} texts={texts} />}
    </div>
  )
}

function Card({ nudge, store, deeds, texts }: Omit<Props, 'view'> & { nudge: ShowNudgeFrame }) {
  const card = useRef<HTMLElement>(null)
  const [aside, setAside] = useState(false)
  useLayoutEffect(() => {
    const mine = card.current!.getBoundingClientRect()
    setAside(deeds.occupied(nudge.element).some((rect) => overlap(mine, rect)))
  }, [])
  /** Where the focus was before it came here by key or click; it goes back there. */
  const before = useRef<HTMLElement | null>(null)
  const enter = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget instanceof HTMLElement && !card.current!.contains(relatedTarget)) before.current = relatedTarget
  }
  const answer = (state: 'accepted' | 'dismissed') => {
    if (card.current!.matches(':focus-within')) before.current?.focus()
    deeds.answerNudge(nudge.nudge, state)
    store.update((view) => ({ ...view, nudge: null }))
  }
  const dismiss = () => answer('dismissed')
  /** Reading and understanding is not a dismissal: the contact does not ask to be left in peace. */
  const understand = () => answer('accepted')
  const accept = () => {
    guide?.end()
    deeds.answerNudge(nudge.nudge, 'accepted')
    store.update((view) => shownNudge(view, nudge, Date.now()))
  }
  const show = () => {
    accept()
    guide = guideTo({ root: deeds.core.root, words: texts.guideHere, find: () => deeds.find(nudge.element), ended: () => undefined })
    // Where it leaves no room for the page, the panel would cover what it points at.
    if (!guide || (nudge.source && matchMedia(ROOMY).matches)) deeds.open()
  }
  const person = () => {
    accept()
    deeds.open()
    deeds.say(texts.askPerson)
  }
  // That a problem is known or fixed is said in the contact's own language.
  const notice = nudge.notice ?? ''
  const [title, text] = texts.notices[notice] ?? [nudge.title, nudge.text]
  // A nudge without an article has nothing to show; a notice shows its element once mended.
  const shows = notice ? notice === 'problem_fixed' && deeds.find(nudge.element) !== null : Boolean(nudge.source)
  return (
    <section
      ref={card}
      class={aside ? 'nudge nudge-aside' : 'nudge'}
      data-vcsm="nudge"
      data-nudge={nudge.nudge}
      aria-labelledby="vc-nudge-title"
      onFocusIn={enter}
      onKeyDown={(event) => event.key === 'Escape' && dismiss()}
    >
      <h2 id="vc-nudge-title"><span class="nudge-sign"><Icon name={SIGNS[notice] ?? 'help'} /></span><bdi>{title}</bdi></h2>
      <p class="nudge-text"><bdi>{text}</bdi></p>
      {nudge.source && <SourceLink source={nudge.source} texts={texts} short />}
      <div class="nudge-deeds">
        {shows && <Button look="primary" data-vcsm="nudge-show" onClick={show}>{texts.nudgeShow}</Button>}
        {notice && <Button look={shows ? 'plain' : 'primary'} data-vcsm="nudge-understood" onClick={understand}>{texts.nudgeUnderstood}</Button>}
        <Button look={shows || notice ? 'plain' : 'primary'} data-vcsm="nudge-person" onClick={person}>{texts.person}</Button>
      </div>
      <Button look="quiet" square class="nudge-close" aria-label={texts.nudgeDismiss} data-vcsm="nudge-dismiss" onClick={dismiss}>
        <Icon name="close" />
      </Button>
    </section>
  )
}

function overlap(one: DOMRect, other: DOMRect): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
}

const PAUSE = 300
/** Milliseconds after the last key until the contact counts as not typing. */
const TYPING = 1_500
/** Milliseconds after which a contact who never pauses gets the card anyway, out of their way. */
const PATIENCE = 20_000

/** Whether a card may appear: the tab is being looked at and the contact has stopped typing. */
function useCalm(visible: boolean, nudge: string | undefined): boolean {
  const [calm, setCalm] = useState(false)
  useEffect(() => {
    setCalm(false)
    if (!nudge || !visible) return undefined
    const start = Date.now()
    let pressed = isTyping() ? start : 0
    const press = () => (pressed = Date.now())
    document.addEventListener('keydown', press, true)
    const look = () => {
      const now = Date.now()
      if (now - pressed > TYPING || now - start > PATIENCE) setCalm(true)
    }
    look()
    const timer = setInterval(look, PAUSE)
    return () => {
      document.removeEventListener('keydown', press, true)
      clearInterval(timer)
    }
  }, [nudge, visible])
  return calm
}
