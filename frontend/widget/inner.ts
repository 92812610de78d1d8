// Properties in the loader's file that no other file and no frame on the wire knows by name. The
// build shortens them, which saves a hundred bytes on every first load. A test compares them with
// the names that the files share.
export const INNER = [
  'accounts', 'ack', 'advance', 'answer', 'around', 'attribute', 'chance', 'dead', 'die', 'drag', 'due',
  'failed', 'forget', 'gap', 'had', 'hand', 'index', 'isInside', 'judged', 'learn', 'learnt', 'life', 'look',
  'nature', 'number', 'pardon', 'patience', 'pending', 'pointer', 'press', 'prompt', 'rage', 'rageDead', 'rageMixed',
  'rageUndone', 'retract', 'sent', 'sentAt', 'sentTotal', 'shows', 'slow', 'started', 'swipe',
  'swipes', 'tap', 'taps', 'total', 'until',
]
