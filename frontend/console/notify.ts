// Announces new work on the desktop and, if wanted, by a sound: only to members who asked for it,
// and only while they are away.
import { useEffect, useState } from 'preact/hooks'
import { readRows } from './api'
import { serverNow } from './clock'
import { listen } from './live'
import { go } from './address'
import type { Member, Row } from './types'

const DESKTOP = 'vcsm.notify'
const SOUND = 'vcsm.sound'
/** Milliseconds for which an escalation is news; an older one was there before or came in a gap. */
const NEW_FOR = 120_000

export interface Wanted {
  desktop: boolean
  sound: boolean
}

export function readWanted(): Wanted {
  return { desktop: localStorage.getItem(DESKTOP) === '1' && permitted(), sound: localStorage.getItem(SOUND) === '1' }
}

/** Asks the browser for permission because the member just asked us; false when it refuses. */
export async function wantDesktop(on: boolean): Promise<boolean> {
  const granted = on && 'Notification' in window && (await Notification.requestPermission()) === 'granted'
  localStorage.setItem(DESKTOP, granted ? '1' : '0')
  return granted
}

export function wantSound(on: boolean): void {
  localStorage.setItem(SOUND, on ? '1' : '0')
  if (on) ring()
}

/**
 * Returns the words for a row that is worth an interruption, otherwise ''. Pure except that `told`,
 * the set of news already announced, grows.
 */
export function newsOf(row: Row, before: Row | undefined, me: Member, told: Set<string>, now: number): string {
  if (row.state !== 'open' || row.snoozed_until || row.merged_into) return ''
  const given = before !== undefined && row.owner?.id === me.id && before.owner?.id !== me.id
  const fresh = now - Date.parse(row.opened_at) < NEW_FOR && (row.owner === null || row.owner.id === me.id)
  const news = given ? `given ${row.id}` : `new ${row.id}`
  if (!(given || fresh) || told.has(news)) return ''
  told.add(news)
  return given ? 'Assigned to you' : row.always_human ? 'Somebody is waiting for a person' : 'Somebody is stuck'
}

/** Listens for as long as the page is open. */
export function useNotifications(me: Member | undefined): void {
  const [known] = useState(() => ({ rows: new Map<string, Row>(), told: new Set<string>() }))
  useEffect(() => {
    if (!me) return
    return listen({
      hint(hint) {
        const wanted = readWanted()
        if (hint.what !== 'escalation' || hint.state !== 'open' || !(wanted.desktop || wanted.sound)) return
        readRows([hint.id]).then(
          ({ rows: [row] }) => {
            if (!row) return
            const news = newsOf(row, known.rows.get(row.id), me, known.told, serverNow())
            known.rows.set(row.id, row)
            if (news && document.visibilityState === 'hidden') tell(news, row, wanted)
          },
          () => undefined,
        )
      },
    })
  }, [me])
}

function tell(news: string, row: Row, wanted: Wanted): void {
  if (wanted.sound) ring()
  if (!wanted.desktop) return
  // With the same tag, a second notice replaces the first instead of piling up.
  const shown = new Notification(news, { body: `${row.contact.name}: ${row.summary}`, tag: row.id, icon: '/static/console/icon.svg' })
  shown.onclick = () => {
    window.focus()
    go({ page: 'queue', escalation: row.id, view: 'active', order: 'value' })
    shown.close()
  }
}

function permitted(): boolean {
  return 'Notification' in window && Notification.permission === 'granted'
}

/** Plays two soft notes, made here: no file to load, nothing for a content policy to refuse. */
function ring(): void {
  const audio = new AudioContext()
  for (const [at, pitch] of [[0, 660], [0.14, 880]] as const) {
    const tone = audio.createOscillator()
    const loud = audio.createGain()
    tone.frequency.value = pitch
    loud.gain.setValueAtTime(0.08, audio.currentTime + at)
    loud.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + at + 0.3)
    tone.connect(loud).connect(audio.destination)
    tone.start(audio.currentTime + at)
    tone.stop(audio.currentTime + at + 0.32)
  }
  setTimeout(() => void audio.close(), 800)
}
