// Every text the widget shows, in English: the table that is always there and gives the others
// their shape. How to add a language: docs/embedding.md.

/**
 * Returns a function that words a count in a language: `forms` is keyed by Intl.PluralRules, and
 * `#` becomes the number.
 */
export function counted(language: string, forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }) {
  const rules = new Intl.PluralRules(language)
  return (count: number) => (forms[rules.select(count)] ?? forms.other).replace('#', count.toLocaleString(language))
}

export const en = {
  language: 'en',
  direction: 'ltr' as 'ltr' | 'rtl',

  launcher: 'Help',
  newMessages: counted('en', { one: '# new message', other: '# new messages' }),
  panelTitle: (company: string) => (company ? `${company} help` : 'Help'),
  withAssistant: 'Assistant · answers at once',
  withMember: (name: string) => `${name} is here with you`,
  offline: 'No connection. What you write is kept and sent later.',
  close: 'Close',
  back: 'Back',

  log: 'Conversation',
  greeting: 'What are you trying to get done?',
  greetingMore: 'Ask in your own words. You get an answer with its source, or a person.',
  compose: 'Write a message',
  send: 'Send',
  tooLong: counted('en', { one: 'Too long by # character', other: 'Too long by # characters' }),
  person: 'Talk to a person',
  askPerson: "I'd like to talk to a person",
  sending: 'Sending…',
  sent: 'Sent',
  seen: 'Seen',
  failed: 'Not sent',
  retry: 'Try again',
  source: 'Source',
  you: 'You',
  assistant: 'Assistant',
  member: 'Team',
  typing: (name: string) => (name ? `${name} is writing…` : 'Writing…'),
  joined: (name: string) => `${name} has joined the conversation.`,
  left: (name: string) => `${name} has left the conversation. The assistant is here again.`,
  notKnown: "I don't know the answer to that, and I would rather not guess. Shall I ask a person to join? Just say so, or put it another way and I will look again.",
  personCalled: (name: string, when: string) => `I've asked ${name || 'a colleague'} to join you here by ${when}. They can see what you tried, so you need not repeat it.`,
  personExpected: (name: string, when: string) => `I leave that to ${name || 'a colleague'}, who has been asked to join you here${when && ` by ${when}`}. What you write is seen there.`,
  notices: {
    problem_known: ['We know about this problem', 'Something you tried is not working as it should. It is our fault, not yours, and someone is working on it.'],
    problem_fixed: ['The problem you ran into is fixed', 'What got in your way works again. Thank you for your patience.'],
  } as Record<string, [string, string]>,
  earlier: 'Earlier messages',
  didYouMean: 'Which of these is it?',

  attach: 'Attach a file',
  uploading: 'Uploading…',
  remove: (name: string) => `Remove ${name}`,
  download: (name: string) => `Download ${name}`,
  fileRefused: {
    too_large: 'Too large: a file may hold 8 MB.',
    too_many_pixels: 'The picture is too large.',
    markup: 'Web pages and SVG are not taken.',
    broken: 'This picture cannot be read.',
    kind: 'Only pictures, PDF and plain text can be sent.',
    empty: 'The file is empty.',
    too_many: 'Too many files for now.',
    other: 'The file could not be sent.',
  },

  nudgeShow: 'Show me',
  nudgeDismiss: 'Dismiss',
  nudgeUnderstood: 'Got it',
  guideHere: 'You were here',

  goalTitle: 'What you are trying to do',
  goalWrong: 'Something else',
  goalAsk: 'What is it, then?',
  goalNone: 'None of these',
  conversation: 'Your conversation',
  openTitle: 'Open',
  openAsked: (name: string, when: string) => `${name || 'A person'} has been asked and joins by ${when}`,
  openLate: (name: string) => `${name || 'A person'} has been asked and is late`,
  openTaken: (name: string) => `${name || 'A person'} is working on it`,
  promisesTitle: 'Promised to you',
  promiseBy: (name: string) => `by ${name}`,
  due: (when: string) => `due ${when}`,
  late: 'Late',
  kept: 'Kept',
  withdrawn: 'Withdrawn',
  checklistTitle: 'First steps',
  progress: (done: number, all: number) => `${done} of ${all} done`,
  done: 'Done',
  planTitle: 'Our plan',
  ours: 'We do this',
  theirs: 'You do this',
  personTitle: 'Your contact',
  present: 'Here now',
  backAt: (when: string) => `Back ${when}`,
  away: 'Not here at the moment',

  beliefsTitle: 'What we believe about you',
  frictionTitle: 'Where something went wrong',
  friction: {
    clicks: 'Clicks did not do what you wanted',
    errors: 'Something failed',
    forms: 'A form was hard to fill in',
    slow: 'It was slow',
    search: 'You searched and did not find it',
    lost: 'You went back and forth',
  },
  times: counted('en', { one: '# time', other: '# times' }),
  nothingKnown: 'Nothing went wrong as far as we know.',
  wrong: "That's not right",
  noted: 'You disagree. Your contact sees that.',
  callsTitle: 'Why a person was called, or not',
  called: 'A person was called',
  notCalled: 'No person was called',
  reasons: {
    asked: 'you asked for one',
    matter: 'such matters always go to a person',
    friction: 'too much went wrong at once',
    failed_help: 'the help we offered did not work',
    unknown_answer: 'we did not know the answer and asked you first',
    offered: 'we offered you help first',
    displaced: 'others needed one more urgently at that moment',
    held_back: 'it did not look serious enough',
    other: 'the rules of your provider say so',
  },

  dataTitle: 'Your data',
  dataMore: 'A person here takes care of it and answers you in this conversation.',
  dataCopy: 'Ask for a copy',
  dataErase: 'Ask to have it erased',
  askCopy: 'Please send me a copy of all the data you hold about me.',
  askErase: 'Please erase all the personal data you hold about me.',

  rateTitle: (name: string) => `How was the help of ${name}?`,
  rateScores: ['Bad', 'Poor', 'All right', 'Good', 'Very good'] as readonly string[],
  rateComment: 'Anything to add?',
  rateThanks: 'Thank you.',
}

export type Texts = typeof en
