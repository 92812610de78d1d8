// What an escalation's contact wants to achieve, kept current: a hint brings the message and its
// passage, the goal is read from the server.
import { useEffect, useRef } from 'preact/hooks'
import { call } from '../api'
import { type Loaded, useGathered, useLoaded } from '../hooks'
import { listen } from '../live'
import type { Hint, UnderstoodHint } from '../types'
import type { Heard } from '../understanding/types'

export interface Goal {
  title: string
  share: number
  evidence: { captured_id: number; kind: string; text: string; at: string; set_right: boolean }[]
}

export type LastHeard = UnderstoodHint['message'] & Pick<Heard, 'meant' | 'by' | 'corrected_at'>

export interface Understood {
  visit: Goal | null
  lately: Goal | null
  message: LastHeard | null
  passage: UnderstoodHint['passage']
  mood: { valence: number; shift: number; messages: number } | null
}

/** Milliseconds to gather one reply's hints; the last message is shown by its own hint. */
const READ_SOON = 60

export function useUnderstood(escalation: string, contact: number): Loaded<Understood> {
  const understood = useLoaded(`understood ${escalation}`, () => call<Understood>(`/escalations/${escalation}/understood`))
  const { again, put } = understood
  const soon = useGathered(again, READ_SOON)
  const held = useRef(understood.value)
  held.current = understood.value
  useEffect(() => {
    const hint = (told: Hint) => {
      if ((told.what !== 'understood' && told.what !== 'signal') || told.contact !== contact) return
      if (told.what === 'understood' && held.current) put(withTold(held.current, told))
      soon()
    }
    return listen({ hint, resumed: soon })
  }, [contact, put, soon])
  return understood
}

/** Two workers may report two messages in either order: the later message stays. */
export function withTold(held: Understood, told: UnderstoodHint): Understood {
  if (held.message && held.message.id >= told.message.id) return held
  return { ...held, message: { ...told.message, meant: '', by: '', corrected_at: null }, passage: told.passage }
}
