// The conversation, a polite live region: new messages are read out without taking the focus.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../../shared/icon.tsx'
import type { Source } from '../../protocol/protocol.ts'
import type { Texts } from '../languages/en.ts'
import { firstSeq, type Bubble } from '../view/view.ts'
import { AttachedFile } from './attached.tsx'
import { momentOf } from './dates.ts'
import type { PartProps } from './dialog.tsx'
import type { Deeds } from './face.ts'

/** Milliseconds after which "writing…" disappears, in case its end got lost. */
const TYPING_LIMIT = 8_000

export function Log({ view, deeds, texts }: PartProps) {
  const log = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const typing = useFading(view.typing)
  const stay = () => {
    const element = log.current
    if (element && atEnd.current) element.scrollTop = element.scrollHeight
  }
  useLayoutEffect(stay, [view.bubbles, typing])
  const first = firstSeq(view)
  useEffect(() => {
    // The end stays in view when the panel opens, a keyboard appears or options come.
    const watcher = new ResizeObserver(stay)
    watcher.observe(log.current!)
    return () => watcher.disconnect()
  }, [])
  const onScroll = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: { currentTarget: HTMLDivElement }) => {
    atEnd.current = scrollHeight - scrollTop - clientHeight < 60
  }
  const lastOwn = view.bubbles.findLast(({ author }) => author === 'contact')?.key
  return (
    <div ref={log} class="log" role="log" aria-live="polite" aria-label={texts.log} tabIndex={0} data-vcsm="log" onScroll={onScroll}>
      {!view.bubbles.length && <Greeting texts={texts} />}
      {first > 1 && first < Infinity && (
        <button type="button" class="earlier" data-vcsm="earlier" onClick={deeds.earlier}>{texts.earlier}</button>
      )}
      {view.bubbles.map((bubble) => (
        <Message key={bubble.key} bubble={bubble} texts={texts} deeds={deeds} last={bubble.key === lastOwn} seen={view.seen} />
      ))}
      {typing !== null && <p class="typing" data-vcsm="typing"><span class="dots" aria-hidden="true"><i /><i /><i /></span>{texts.typing(typing)}</p>}
    </div>
  )
}

export function Greeting({ texts }: { texts: Texts }) {
  return (
    <div class="greeting">
      <h3><bdi>{texts.greeting}</bdi></h3>
      <p><bdi>{texts.greetingMore}</bdi></p>
    </div>
  )
}

interface MessageProps {
  bubble: Bubble
  texts: Texts
  /** Whether it is the contact's newest message, the only one whose state is worth showing. */
  last: boolean
  /** Number of the last message that a member has read. */
  seen: number
  deeds: Deeds
}

function Message({ bubble, texts, last, seen, deeds }: MessageProps) {
  const { author, name, state, source, files, seq } = bubble
  const [title, text] = texts.notices[bubble.notice] ?? [bubble.title, sentenceOf(bubble, texts)]
  if (author === 'notice') return <p class="notice" data-vcsm="message" data-author="notice"><bdi>{text}</bdi></p>
  const who = author === 'contact' ? texts.you : author === 'member' ? name || texts.member : texts.assistant
  return (
    <article class={`message message-${author}`} data-vcsm="message" data-author={author} data-state={state}>
      <p class={author === 'member' ? 'who' : 'vc-hidden-text'}>{who}</p>
      {(text || title) && <p class="words" dir="auto">{title && <b class="title">{title}</b>}{text}</p>}
      {files.map((file) => <AttachedFile key={file.id} file={file} deeds={deeds} texts={texts} />)}
      {source && <SourceLink source={source} texts={texts} />}
      {state === 'failed' ? (
        <p class="fate fate-failed">
          <Icon name="warning" /> {texts.failed} · <button type="button" class="link" onClick={() => deeds.retry(bubble.key)}>{texts.retry}</button>
        </p>
      ) : (
        (last || state === 'sending') && <p class="fate">{state === 'sending' ? texts.sending : seq && seq <= seen ? texts.seen : texts.sent}</p>
      )}
    </article>
  )
}

/**
 * Returns the message in the contact's language where it is a notice of ours that carries its
 * facts, otherwise as it was written.
 */
function sentenceOf({ notice, name, text }: Bubble, texts: Texts): string {
  const [what, due] = notice.split(':')
  if (what === 'joined') return texts.joined(name)
  if (what === 'left') return texts.left(name)
  if (what === 'not_known') return texts.notKnown
  const when = Number(due) > 0 ? momentOf(Number(due) * 1000, texts.language) : ''
  if (what === 'expected') return texts.personExpected(name, when)
  return what === 'called' && when ? texts.personCalled(name, when) : text
}

/** `short` leaves out the heading, which a nudge has as its title. */
export function SourceLink({ source, texts, short = false }: { source: Source; texts: Texts; short?: boolean }) {
  const name = source.heading && !short ? `${source.title} › ${source.heading}` : source.title
  const words = <><Icon name="book" /><span><span class="vc-hidden-text">{texts.source}: </span>{name}</span></>
  const safe = /^(https?:\/\/|\/(?!\/))/i.test(source.url ?? '')
  // An address with any other scheme is not linked: it came from a document, not from us.
  if (!safe) return <p class="source" data-vcsm="source">{words}</p>
  return <a class="source" data-vcsm="source" href={source.url} target="_blank" rel="noopener">{words}</a>
}

function useFading(typing: string | null): string | null {
  const [gone, setGone] = useState(false)
  useEffect(() => {
    setGone(false)
    if (typing === null) return undefined
    const timer = setTimeout(() => setGone(true), TYPING_LIMIT)
    return () => clearTimeout(timer)
  }, [typing])
  return gone ? null : typing
}
