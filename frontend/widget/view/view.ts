// What the widget shows, as one immutable value, and how frames change it. Pure.
import type {
  Attached, BelievedIntentFrame, ErrorFrame, HomeFrame, MessageFrame, SayFrame, ShowNudgeFrame, Source,
  ThreadFrame, ToWidget,
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
  /** Of a notice: what it says, in every language. */
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
  /** The tab is looked at: only then is anything read. */
  visible: boolean
  company: string
  /** The numbering that the bubbles' numbers belong to; '' while no conversation is known. */
  epoch: string
  /** The member who has taken over, or '' while the assistant answers. */
  speaker: string
  /** Who is writing; '' is the assistant, null nobody. */
  typing: string | null
  bubbles: readonly Bubble[]
  /** The last message the contact has had before their eyes, here or in another tab. */
  read: number
  /** The last message a member has had before theirs. */
  seen: number
  nudge: ShowNudgeFrame | null
  intent: BelievedIntentFrame | null
  home: HomeFrame | null
  /** Raised whenever what `home` says may be no longer so. */
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

/** The highest number of the conversation that is here. */
function lastSeq(view: View): number {
  return view.bubbles.reduce((last, { seq }) => Math.max(last, Math.floor(seq ?? 0)), 0)
}

/** The lowest number of the conversation that is here; 1 is its beginning. */
export function firstSeq(view: View): number {
  return view.bubbles.reduce((first, { seq }) => (Number.isInteger(seq) ? Math.min(first, seq!) : first), Infinity)
}

/**
 * The number after the last gap among the messages that are here, or null: a live frame was lost on
 * its way, and asking for what is older than this brings it.
 */
export function holeIn(view: View): number | null {
  const seqs = view.bubbles.flatMap(({ seq }) => (Number.isInteger(seq) ? [seq!] : []))
  return seqs.findLast((seq, at) => at > 0 && seq !== seqs[at - 1]! + 1) ?? null
}

/** Opened where something waits for the contact, otherwise at home. */
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

/** What is on the screen has been read. */
function shown(view: View): View {
  return view.open && view.visible && view.screen === 'talk' ? { ...view, read: Math.max(view.read, lastSeq(view)) } : view
}

/** One of the asked-back intents was chosen: shown like words of the contact's own. */
export function chose(view: View, intent: number, at: number): View {
  const option = view.intent?.options?.find(({ id }) => id === intent)
  if (!option) return view
  const bubble = between(view, { key: `chose-${intent}-${at}`, author: 'contact', text: option.title, at })
  return { ...view, intent: null, bubbles: inOrder([...view.bubbles, bubble]) }
}

/** The nudge's full text, as the assistant's words, between what was said before and after it. */
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

/** Something the server has no number for, after all that has one now. */
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
  // What was asked back has been answered in the contact's own words.
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
      // Frames that change nothing to see, also those of a newer server.
      return view
  }
}

/** Another numbering: what had a number in the old one is forgotten; what is on its way stays. */
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

/** Once a message is stored the assistant is at it, where nobody has taken over; but a file alone it does not read. */
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

/** Numbered messages by number; what is still on its way comes after them as it was written. */
function inOrder(bubbles: Bubble[]): Bubble[] {
  return bubbles.sort((one, other) => (one.seq ?? Infinity) - (other.seq ?? Infinity) || 0)
}
