// One escalation's facts, timeline and conversation, kept current by hints.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { readDetail, readMessages, readTimeline } from '../api'
import { type Loaded, useGathered, useLoaded } from '../hooks'
import { listen } from '../live'
import type { Detail, Message, Timeline } from '../types'
import { type Around, readAround } from './around'
import { merged } from './conversation'
import { continued, renewed } from './story'

const TYPING_SHOWN = 6_000

export interface LiveEscalation {
  detail: Loaded<Detail>
  around: Loaded<Around>
  timeline: Loaded<Timeline>
  older(): void
  messages: Message[]
  typing: boolean
  said(message: Message): void
}

export function useEscalation(id: string): LiveEscalation {
  const detail = useLoaded(`detail ${id}`, () => readDetail(id))
  const around = useLoaded(`around ${id}`, () => readAround(id))
  const readAroundSoon = useGathered(around.again, 1_000)
  const { timeline, older } = useTimeline(id)
  const { messages, catchUp, said } = useMessages(id)
  const [typing, setTyping] = useTyping()
  const readTimelineSoon = useGathered(timeline.again, 400)
  const conversation = detail.value?.escalation.conversation
  const contactSays = useRef(conversation)
  contactSays.current = conversation
  const contact = useRef<number | undefined>(undefined)
  contact.current = detail.value?.escalation.contact.id

  useEffect(
    () =>
      listen({
        hint(hint) {
          if (hint.what === 'escalation' && hint.id === id) {
            detail.again()
            readTimelineSoon()
            readAroundSoon()
          } else if (hint.what === 'signal') {
            if (hint.contact === contact.current) readTimelineSoon()
          } else if ('conversation' in hint && hint.conversation === contactSays.current) {
            if (hint.what === 'typing') return setTyping(hint.on)
            setTyping(false)
            // Read from the server, not from the hint, so that no earlier message is missed.
            catchUp()
            readTimelineSoon()
            readAroundSoon()
          }
        },
        resumed() {
          detail.again()
          around.again()
          timeline.again()
          catchUp()
        },
      }),
    [id, detail.again, timeline.again, catchUp, readTimelineSoon, readAroundSoon, around.again],
  )
  useEffect(catchUp, [catchUp, conversation])

  return { detail, around, timeline, older, messages, typing, said }
}

function useTimeline(id: string) {
  const held = useRef<Timeline | undefined>(undefined)
  const timeline = useLoaded(`timeline ${id}`, async () => renewed(held.current, await readTimeline(id, '')))
  held.current = timeline.value
  const older = () => {
    const before = held.current
    if (!before?.older) return
    // After a failure the button is still there to be pressed again.
    readTimeline(id, before.older).then((piece) => timeline.put(continued(held.current ?? before, piece)), () => undefined)
  }
  return { timeline, older }
}

function useMessages(id: string) {
  const [held, hold] = useState<{ id: string; messages: Message[] }>({ id, messages: [] })
  const last = useRef(0)
  const mine = held.id === id ? held.messages : []
  last.current = mine.at(-1)?.seq ?? 0
  const take = useCallback(
    (fresh: Message[]) => hold((before) => ({ id, messages: merged(before.id === id ? before.messages : [], fresh) })),
    [id],
  )
  const catchUp = useCallback(() => {
    const read = async (after: number): Promise<void> => {
      const fresh = await readMessages(id, after)
      take(fresh)
      if (fresh.length === 200) await read(fresh.at(-1)?.seq ?? after)
    }
    // A failed read is repeated at the next hint or when the socket is back.
    read(last.current).catch(() => undefined)
  }, [id, take])
  return { messages: mine, catchUp, said: (message: Message) => take([message]) }
}

function useTyping(): [boolean, (on: boolean) => void] {
  const [typing, setTyping] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const set = useCallback((on: boolean) => {
    clearTimeout(timer.current)
    setTyping(on)
    if (on) timer.current = setTimeout(() => setTyping(false), TYPING_SHOWN)
  }, [])
  return [typing, set]
}
