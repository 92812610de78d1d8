// What the widget shows, as one immutable value, and how frames change it. Pure.
import type {
  Attached, BelievedIntentFrame, ErrorFrame, HomeFrame, MessageFrame, SayFrame, ShowNudgeFrame, Source,
  ThreadFrame, ToWidget,
} from '../../protocol/protocol.ts'

export interface Bubble {
  /** The message's own id if it has one, otherwise one made for the bubble. */
  key: string
  seq: number | null
  author: MessageFrame['author']
  title?: string
  text: string
  at: number
  name: string
  /** Code of a text that exists in every language; '' for any other text. */
  notice: string
  files: readonly Attached[]
  source: Source | null
  state: 'sending' | 'stored' | 'failed'
}

export type Screen = 'home' | 'talk' | 'beliefs'

export interface View {
  open: boolean
  screen: Screen
  online: boolean
  /** Whether the tab is being looked at; messages count as read only then. */
  visible: boolean
  company: string
  /** The numbering that the bubbles' numbers belong to; '' while no conversation is known. */
  epoch: string
  /** The member who has taken over, or '' while the assistant answers. */
  speaker: string
  /** Who is writing: '' is the assistant, null nobody. */
  typing: string | null
  bubbles: readonly Bubble[]
  /** Number of the last message the contact has seen, here or in another tab. */
  read: number
  /** Number of the last message a member has seen. */
  seen: number
  nudge: ShowNudgeFrame | null
  intent: BelievedIntentFrame | null
  home: HomeFrame | null
  /** Raised whenever what `home` says may be out of date. */
  changes: number
}

export const NOTHING: View = {
  open: false,
  screen: 'home',
  online: false,
  visible: true,
  company: '',
  epoch: '',
  speaker: '',
  typing: null,
  bubbles: [],
  read: 0,
  seen: 0,
  nudge: null,
  intent: null,
  home: null,
  changes: 0,
}

export function unread(view: View): number {
  return view.bubbles.filter(
    ({ author, seq }) => Number.isInteger(seq) && seq! > view.read && (author === 'assistant' || author === 'member'),
  ).length
}

/** Returns the highest message number that is here, 0 without any. */
function lastSeq(view: View): number {
  return view.bubbles.reduce((last, { seq }) => Math.max(last, Math.floor(seq ?? 0)), 0)
}

/**
 * Returns the lowest message number that is here (1 is the conversation's beginning), or Infinity.
 */
export function firstSeq(view: View): number {
  return view.bubbles.reduce((first, { seq }) => (Number.isInteger(seq) ? Math.min(first, seq!) : first), Infinity)
}

/**
 * Returns the number after the last gap among the messages that are here, or null. A gap means that
 * a live frame was lost; asking for what is older than this number brings it.
 */
export function holeIn(view: View): number | null {
  const seqs = view.bubbles.flatMap(({ seq }) => (Number.isInteger(seq) ? [seq!] : []))
  return seqs.findLast((seq, at) => at > 0 && seq !== seqs[at - 1]! + 1) ?? null
}

/** Opens the conversation when something waits for the contact, otherwise the home screen. */
export function opened(view: View, open: boolean): View {
  if (!open) return { ...view, open }
  const waits = unread(view) > 0 || view.speaker !== '' || view.bubbles.some(({ seq }) => !Number.isInteger(seq))
  return shown({ ...view, open, screen: waits ? 'talk' : 'home' })
}

export function turned(view: View, screen: Screen): View {
  return shown({ ...view, screen })
}

export function looked(view: View, visible: boolean): View {
  return shown({ ...view, visible })
}

/** Marks what is on the screen as read. */
function shown(view: View): View {
  return view.open && view.visible && view.screen === 'talk' ? { ...view, read: Math.max(view.read, lastSeq(view)) } : view
}

/** The contact chose one of the intents offered: it is shown like words of their own. */
export function chose(view: View, intent: number, at: number): View {
  const option = view.intent?.options?.find(({ id }) => id === intent)
  if (!option) return view
  const bubble = between(view, { key: `chose-${intent}-${at}`, author: 'contact', text: option.title, at })
  return { ...view, intent: null, bubbles: inOrder([...view.bubbles, bubble]) }
}

/**
 * Shows the nudge's full text as the assistant's words, between what was said before and after it.
 */
export function shownNudge(view: View, nudge: ShowNudgeFrame, at: number): View {
  const { nudge: key, title, text, source = null, notice = '' } = nudge
  const bubble = { ...between(view, { key, author: 'assistant', text, at }), title, source, notice }
  const others = view.bubbles.filter((one) => one.key !== key)
  return { ...view, nudge: null, bubbles: inOrder([...others, bubble]) }
}

type Essence = Pick<Bubble, 'key' | 'author' | 'text' | 'at'>

function bubbleOf(essence: Essence): Bubble {
  return { seq: null, name: '', notice: '', files: [], source: null, state: 'stored', ...essence }
}

/** Makes a bubble that has no number from the server; it comes after everything numbered so far. */
function between(view: View, essence: Essence): Bubble {
  return { ...bubbleOf(essence), seq: lastSeq(view) + 0.5 }
}

export function said(
  view: View, frame: SayFrame, at: number, state: Bubble['state'] = 'sending', files: readonly Attached[] = [],
): View {
  const before = view.bubbles.find(({ key }) => key === frame.id)
  const bubble: Bubble = {
    ...bubbleOf({ key: frame.id, author: 'contact', text: frame.text, at }), state, files: before?.files ?? files,
  }
  const bubbles = [...view.bubbles.filter(({ key }) => key !== frame.id), bubble]
  // The contact has answered the question in their own words.
  return { ...view, bubbles, intent: null }
}

export function received(view: View, frame: ToWidget): View {
  switch (frame.type) {
    case 'welcome':
      return { ...view, company: frame.company }
    case 'conversation':
      return begun(view, frame)
    case 'ack':
      return frame.message ? stored(view, frame.message, frame.seq ?? null) : view
    case 'message':
      return arrived(numbered(view, frame.epoch), frame)
    case 'read':
      return frame.epoch === view.epoch ? { ...view, read: Math.max(view.read, frame.seq) } : view
    case 'seen':
      return frame.epoch === view.epoch ? { ...view, seen: Math.max(view.seen, frame.seq) } : view
    case 'home':
      return { ...view, home: frame }
    case 'changed':
      return { ...view, changes: view.changes + 1 }
    case 'nudge':
      return { ...view, nudge: frame }
    case 'intent':
      return { ...view, intent: frame.outcome === 'unsure' && frame.options?.length ? frame : null }
    case 'typing':
      return { ...view, typing: frame.on ? (frame.name ?? '') : null }
    case 'error':
      return failed(view, frame)
    default:
      // Frames that change nothing visible, including those of a newer server.
      return view
  }
}

/** Another numbering began: bubbles numbered in the old one are dropped; unsent ones stay. */
function numbered(view: View, epoch: string): View {
  if (epoch === view.epoch) return view
  const known = view.epoch !== ''
  return known ? { ...forgotten(view), epoch } : { ...view, epoch }
}

function forgotten(view: View): View {
  const bubbles = view.bubbles.filter(({ seq }) => seq === null)
  return { ...view, bubbles, read: 0, seen: 0, speaker: '', typing: null, intent: null, home: null, changes: view.changes + 1 }
}

function begun(view: View, { epoch, read, seen, fresh }: ThreadFrame): View {
  const next = fresh || epoch !== view.epoch ? { ...forgotten(view), epoch } : view
  return { ...next, read: Math.max(next.read, read), seen: Math.max(next.seen, seen) }
}

function stored(view: View, id: string, seq: number | null): View {
  // The message itself may have come before its acknowledgement.
  if (seq !== null && view.bubbles.some((one) => one.seq === seq)) {
    return { ...view, bubbles: view.bubbles.filter((one) => one.key !== id || one.seq === seq) }
  }
  const bubbles = view.bubbles.map((one) => (one.key === id ? { ...one, seq, state: 'stored' as const } : one))
  return { ...view, bubbles: inOrder(bubbles), typing: typingAfter(view, id, seq) }
}

/**
 * Once a message is stored the assistant is writing, unless a member has taken over or the message
 * is a file alone, which the assistant does not read.
 */
function typingAfter(view: View, id: string, seq: number | null): string | null {
  const own = view.bubbles.find(({ key, state }) => key === id && state === 'sending')
  return own?.text && view.speaker === '' && seq !== null && seq > lastSeq(view) ? '' : view.typing
}

function arrived(view: View, frame: MessageFrame): View {
  if (view.bubbles.some(({ seq }) => seq === frame.seq)) return view
  const { author, text, at, seq } = frame
  const bubble: Bubble = {
    ...bubbleOf({ key: frame.client_id ?? `#${seq}`, author, text, at }),
    seq, name: frame.name ?? '', notice: frame.notice ?? '', files: frame.files ?? [], source: frame.source ?? null,
  }
  const others = view.bubbles.filter(({ key }) => key !== bubble.key)
  const latest = seq > lastSeq(view)
  return shown({
    ...view,
    bubbles: inOrder([...others, bubble]),
    speaker: latest ? speakerAfter(view.speaker, frame) : view.speaker,
    typing: author === 'contact' ? typingAfter(view, bubble.key, seq) : null,
    changes: view.changes + 1,
  })
}

/** A member's notice comes when they join and again when they leave. */
function speakerAfter(speaker: string, { author, notice, name = '' }: MessageFrame): string {
  if (author === 'member') return name
  if (author === 'notice' && notice) return notice === 'joined' ? name : ''
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

/** Sorts numbered messages by number; unsent ones follow in the order they were written. */
function inOrder(bubbles: Bubble[]): Bubble[] {
  return bubbles.sort((one, other) => (one.seq ?? Infinity) - (other.seq ?? Infinity) || 0)
}
