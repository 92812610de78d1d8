// Answers that a page gives through the browser and not in the document: sound, speech, sharing,
// permission prompts, pickers, a bitmap handed to a canvas.

import type { Life } from '../facts.ts'
import type { Host, View } from './host.ts'
import { tellCalls } from './outward.ts'

const CALLS: [Life, string, string][] = [
  ['media', 'AudioScheduledSourceNode', 'start'],
  ['media', 'AudioBufferSourceNode', 'start'],
  ['media', 'SpeechSynthesis', 'speak'],
  ['media', 'HTMLVideoElement', 'requestPictureInPicture'],
  ['open', 'Navigator', 'share'],
  ['dialog', 'Geolocation', 'getCurrentPosition watchPosition'],
  ['dialog', 'MediaDevices', 'getUserMedia getDisplayMedia'],
  ['dialog', 'CredentialsContainer', 'get create'],
  ['dialog', 'PaymentRequest', 'show'],
  ['picker', 'EyeDropper', 'open'],
  ['canvas', 'ImageBitmapRenderingContext', 'transferFromImageBitmap'],
]

export function watchAsking(host: Host, view: View): void {
  const owners = view as unknown as Record<string, { prototype: object } | undefined>
  for (const [what, owner, names] of CALLS) tellCalls(host, owners[owner]?.prototype, names, () => what)
  // Speech that began before we listened may be an answer.
  if (host.waits() && view.speechSynthesis?.speaking) host.note({ type: 'life', t: host.now(), what: 'toggle', own: true })
  tellCalls(host, owners['Notification'], 'requestPermission', () => 'dialog')
  tellCalls(host, view, 'showOpenFilePicker showSaveFilePicker showDirectoryPicker', () => 'picker')
}
