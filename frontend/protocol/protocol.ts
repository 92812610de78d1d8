// Generated from widget/protocol.py by `manage.py protocol`. Do not edit.

export const SUBPROTOCOL = "vcsm.v1"
export const MAX_FRAME = 262144
export const MAX_EVENTS = 500
export const MAX_TEXT = 20000

export interface AccountFacts {
  id: string
  name?: string
}

export interface AckFrame {
  type: "ack"
  sequence?: number | null
  message?: string | null
  seq?: number | null
}

export interface AnswerNudgeFrame {
  type: "nudge"
  nudge: string
  state: "shown" | "accepted" | "dismissed"
}

export interface AskHomeFrame {
  type: "home"
}

export interface Attached {
  id: string
  name: string
  kind: string
  size: number
}

export interface BelievedFriction {
  subject: string
  kind: string
  page: string
  count: number
  at: number
  disputed: boolean
}

export interface BelievedIntentFrame {
  type: "intent"
  outcome: "sure" | "unsure" | "none"
  title?: string
  options?: IntentOption[]
}

export interface BurstEvent {
  type: "burst"
  burst: number
  element: EventElement
  verdict: "rage" | "repeat_use"
  clicks: number
  answered?: number
  span?: number
  at: number
  page?: string
}

export interface Call {
  called: boolean
  reason: string
  at: number
}

export interface ChangedFrame {
  type: "changed"
}

export interface ChecklistStep {
  id: number
  title: string
  detail: string
  page: string
  done: boolean
  theirs: boolean
}

export interface ChooseIntentFrame {
  type: "intent"
  intent: number
}

export interface ClickEvent {
  type: "click"
  click: number
  element: EventElement
  x?: number
  y?: number
  at: number
  page?: string
}

export interface CorrectFrame {
  type: "correct"
  captured: number
  intent: number | null
}

export interface CursorEvent {
  type: "cursor"
  span: number
  path: number
  turns: number
  box: number
  at: number
  page?: string
}

export interface DisputeFrame {
  type: "dispute"
  subject: string
  said?: string
}

export interface ErrorEvent {
  type: "error"
  message: string
  source?: string
  line?: number
  click?: number | null
  at: number
  page?: string
}

export interface ErrorFrame {
  type: "error"
  code: "malformed" | "unknown_type" | "invalid" | "too_large" | "hello_first" | "hello_twice" | "wrong_session" | "sequence_gap" | "too_many_errors" | "overloaded"
  detail: string
  field?: string
  sequence?: number | null
  message?: string | null
  closes?: boolean
  retry_after?: number | null
}

export interface EventElement {
  id: string
  name?: string
  role?: string
  ignore?: string
}

export interface EventsFrame {
  type: "events"
  sequence: number
  events: (PageEvent | ClickEvent | VerdictEvent | BurstEvent | InputEvent | ErrorEvent | RequestEvent | VitalEvent | CursorEvent | VisibilityEvent | TrackEvent | SearchEvent | QuestionEvent)[]
}

export interface HelloFrame {
  type: "hello"
  session: string
  browser: string
  at: number
  page?: string
  epoch?: string
  last_message?: number
  release?: string
  identity?: Identity | null
}

export interface HomeFrame {
  type: "home"
  goal?: HomeGoal | null
  person?: HomePerson | null
  open?: OpenMatter[]
  promises?: PromiseMade[]
  checklist?: ChecklistStep[]
  plan_goal?: string
  plan?: PlanStep[]
  friction?: BelievedFriction[]
  calls?: Call[]
  rate?: RateAsk | null
}

export interface HomeGoal {
  captured: number
  title: string
  evidence: string
  said: boolean
  set_right: boolean
  options: IntentOption[]
}

export interface HomePerson {
  name: string
  present: boolean
  next_at?: number | null
}

export interface IdentifyFrame {
  type: "identify"
  identity: Identity
}

export interface Identity {
  id: string
  name?: string
  email?: string
  account?: AccountFacts | null
  token?: string
}

export interface InputEvent {
  type: "input"
  element: EventElement
  form?: string
  how?: "focus" | "leave" | "invalid" | "submit" | "reset"
  edits?: number
  deletions?: number
  dwell?: number
  hesitation?: number
  filled?: boolean
  at: number
  page?: string
}

export interface IntentOption {
  id: number
  title: string
}

export interface MessageFrame {
  type: "message"
  epoch: string
  seq: number
  author: "contact" | "assistant" | "member" | "notice"
  text: string
  at: number
  name?: string
  client_id?: string | null
  source?: Source | null
  notice?: string
  files?: Attached[]
}

export interface OlderFrame {
  type: "older"
  before: number
}

export interface OpenMatter {
  about: string
  page: string
  taken: boolean
  name: string
  opened_at: number
  due_at: number
}

export interface PageEvent {
  type: "page"
  how?: "load" | "reload" | "push" | "replace" | "back" | "hash" | "restore"
  title?: string
  at: number
  page?: string
}

export interface PlanStep {
  id: number
  title: string
  theirs: boolean
  done: boolean
  due_on?: string
}

export interface PromiseMade {
  subject: string
  text: string
  name: string
  state: "open" | "late" | "kept" | "withdrawn"
  due_at?: number | null
  disputed?: boolean
}

export interface ProveFrame {
  type: "prove"
  why: "missing" | "expired" | "invalid"
}

export interface QuestionEvent {
  type: "question"
  text: string
  at: number
  page?: string
}

export interface RateAsk {
  subject: string
  name: string
}

export interface RateFrame {
  type: "rate"
  subject: string
  score: number
  comment?: string
}

export interface ReadFrame {
  type: "read"
  seq: number
  epoch?: string
}

export interface RequestEvent {
  type: "request"
  method: string
  route: string
  status: number
  took?: number
  click?: number | null
  at: number
  page?: string
}

export interface SayFrame {
  type: "say"
  id: string
  text: string
  page?: string
  files?: string[]
}

export interface SearchEvent {
  type: "search"
  query: string
  results?: number | null
  at: number
  page?: string
}

export interface SeenFrame {
  type: "seen"
  epoch: string
  seq: number
}

export interface SendReplayFrame {
  type: "replay"
  session: string
}

export interface ShowNudgeFrame {
  type: "nudge"
  nudge: string
  title: string
  text: string
  page: string
  element: string
  source?: Source | null
  notice?: string
}

export interface Source {
  title: string
  heading?: string
  url?: string
}

export interface ThreadFrame {
  type: "conversation"
  epoch: string
  last_seq: number
  read: number
  seen: number
  fresh: boolean
}

export interface TickFrame {
  type: "tick"
  what: "item" | "step"
  id: number
  done: boolean
}

export interface TrackEvent {
  type: "track"
  name: string
  properties?: Record<string, string | number | boolean | null>
  at: number
  page?: string
}

export interface TypingFrame {
  type: "typing"
  on: boolean
  name?: string
}

export interface VerdictEvent {
  type: "verdict"
  click: number
  element: EventElement
  verdict: "answered" | "slow" | "dead" | "disabled" | "error" | "dead_swipe"
  after?: number
  reason?: string
  at: number
  page?: string
}

export interface VisibilityEvent {
  type: "visibility"
  state: "hidden" | "visible"
  at: number
  page?: string
}

export interface VitalEvent {
  type: "vital"
  metric: "LCP" | "INP" | "TTFB" | "CLS"
  value: number
  element?: EventElement | null
  at: number
  page?: string
}

export interface WelcomeFrame {
  type: "welcome"
  sequence: number
  at: number
  company: string
  assistant_silent: boolean
  replay?: boolean
}

export type SentEvent = PageEvent | ClickEvent | VerdictEvent | BurstEvent | InputEvent | ErrorEvent | RequestEvent | VitalEvent | CursorEvent | VisibilityEvent | TrackEvent | SearchEvent | QuestionEvent
export type FromWidget = HelloFrame | IdentifyFrame | EventsFrame | SayFrame | ReadFrame | OlderFrame | ChooseIntentFrame | AnswerNudgeFrame | AskHomeFrame | TickFrame | RateFrame | DisputeFrame | CorrectFrame | TypingFrame
export type ToWidget = WelcomeFrame | ThreadFrame | AckFrame | MessageFrame | ReadFrame | SeenFrame | ShowNudgeFrame | BelievedIntentFrame | HomeFrame | ChangedFrame | TypingFrame | SendReplayFrame | ProveFrame | ErrorFrame
