// What the widget shows, as one immutable value, and how frames change it. Pure.
import type {
  BelievedIntentFrame, ErrorFrame, MessageFrame, SayFrame, ShowNudgeFrame, Source, ToWidget,
} from '../../protocol/protocol.ts'

export interface Bubble {
  /** The message's number, or the widget's own id while it has none. */
  key: string
  seq: number | null
  author: MessageFrame['author']
  title?: string
  text: string
  at: number
  name: string
  source: Source | null
  state: 'sending' | 'stored' | 'failed'
}

export interface View {
  open: boolean
  online: boolean
  company: string
  /** The member who has taken over, or '' while the assistant answers. */
  speaker: string
  /** Who is writing; '' is the assistant, null nobody. */
  typing: string | null
  bubbles: readonly Bubble[]
  /** The last message the contact has had before their eyes. */
  read: number
  nudge: ShowNudgeFrame | null
  intent: BelievedIntentFrame | null
}

export const NOTHING: View = {
  open: false,
  online: false,
  company: '',
  speaker: '',
  typing: null,
  bubbles: [],
  read: 0,
  nudge: null,
  intent: null,
}

export function unread(view: View): number {
  return view.bubbles.filter(
    ({ author, seq }) => Number.isInteger(seq) && seq! > view.read && (author === 'assistant' || author === 'member'),
  ).length
}

/** The highest number of the conversation that is here. */
function lastSeq(view: View): number {
  return view.bubbles.reduce((last, { seq }) => Math.max(last, Math.floor(seq ?? 0)), 0)
}

export function opened(view: View, open: boolean): View {
  return { ...view, open, read: open ? Math.max(view.read, lastSeq(view)) : view.read }
}

/** One of the asked-back intents was chosen: shown like words of the contact's own. */
export function chose(view: View, intent: number, at: number): View {
  const option = view.intent?.options?.find(({ id }) => id === intent)
  if (!option) return view
  const bubble: Bubble = {
    key: `chose-${intent}-${at}`, seq: lastSeq(view) + 0.5, author: 'contact', text: option.title, at,
    name: '', source: null, state: 'stored',
  }
  return { ...view, intent: null, bubbles: inOrder([...view.bubbles, bubble]) }
}

/** The nudge's full text, as the assistant's words, between what was said before and after it. */
export function shownNudge(view: View, nudge: ShowNudgeFrame, at: number): View {
  const bubble: Bubble = {
    key: nudge.nudge,
    seq: lastSeq(view) + 0.5,
    author: 'assistant',
    title: nudge.title,
    text: nudge.text,
    at,
    name: '',
    source: nudge.source ?? null,
    state: 'stored',
  }
  const others = view.bubbles.filter(({ key }) => key !== bubble.key)
  return { ...view, nudge: null, bubbles: inOrder([...others, bubble]) }
}

export function said(view: View, frame: SayFrame, at: number, state: Bubble['state'] = 'sending'): View {
  const bubble: Bubble = {
    key: frame.id, seq: null, author: 'contact', text: frame.text, at, name: '', source: null, state,
  }
  const bubbles = [...view.bubbles.filter(({ key }) => key !== frame.id), bubble]
  // What was asked back has been answered in the contact's own words.
  return { ...view, bubbles, intent: null }
}

export function received(view: View, frame: ToWidget): View {
  switch (frame.type) {
    case 'welcome':
      return { ...view, company: frame.company }
    case 'ack':
      return frame.message ? stored(view, frame.message, frame.seq ?? null) : view
    case 'message':
      return arrived(view, frame)
    case 'nudge':
      return { ...view, nudge: frame }
    case 'intent':
      return { ...view, intent: frame.outcome === 'unsure' && frame.options?.length ? frame : null }
    case 'typing':
      return { ...view, typing: frame.on ? (frame.name ?? '') : null }
    case 'error':
      return failed(view, frame)
    default:
      // Frames that change nothing to see, also those of a newer server.
      return view
  }
}

function stored(view: View, id: string, seq: number | null): View {
  // The message itself may have come before its acknowledgement.
  if (seq !== null && view.bubbles.some((one) => one.seq === seq)) {
    return { ...view, bubbles: view.bubbles.filter((one) => one.key !== id || one.seq === seq) }
  }
  const bubbles = view.bubbles.map((one) => (one.key === id ? { ...one, seq, state: 'stored' as const } : one))
  return { ...view, bubbles: inOrder(bubbles) }
}

function arrived(view: View, frame: MessageFrame): View {
  if (view.bubbles.some(({ seq }) => seq === frame.seq)) return view
  const bubble: Bubble = {
    key: frame.client_id ?? `#${frame.seq}`,
    seq: frame.seq,
    author: frame.author,
    text: frame.text,
    at: frame.at,
    name: frame.name ?? '',
    source: frame.source ?? null,
    state: 'stored',
  }
  const others = view.bubbles.filter(({ key }) => key !== bubble.key)
  const theirs = frame.author !== 'contact'
  return {
    ...view,
    bubbles: inOrder([...others, bubble]),
    speaker: speakerAfter(view.speaker, frame),
    typing: theirs ? null : view.typing,
    read: view.open ? Math.max(view.read, frame.seq) : view.read,
  }
}

/** A member's notice comes when they join and again when they leave. */
function speakerAfter(speaker: string, { author, name = '' }: MessageFrame): string {
  if (author === 'member') return name
  if (author === 'notice' && name) return speaker === name ? '' : name
  return author === 'assistant' ? '' : speaker
}

function failed(view: View, frame: ErrorFrame): View {
  if (!frame.message || frame.retry_after) return view
  const bubbles = view.bubbles.map((one) =>
    one.key === frame.message && one.state === 'sending' ? { ...one, state: 'failed' as const } : one,
  )
  return { ...view, bubbles }
}

/** Numbered messages by number; what is still on its way comes after them as it was written. */
function inOrder(bubbles: Bubble[]): Bubble[] {
  return bubbles.sort((one, other) => (one.seq ?? Infinity) - (other.seq ?? Infinity) || 0)
}
