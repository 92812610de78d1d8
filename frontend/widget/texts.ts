// Every word the widget shows. One table per language; English is the one that is always there.
export const en = {
  launcher: 'Help',
  launcherUnread: (count: number) => (count === 1 ? 'Help, 1 new message' : `Help, ${count} new messages`),
  panelTitle: (company: string) => (company ? `${company} help` : 'Help'),
  withAssistant: 'Assistant · answers at once',
  withMember: (name: string) => `${name} is here with you`,
  offline: 'No connection. What you write is kept and sent later.',
  close: 'Close',
  log: 'Conversation',
  greeting: 'What are you trying to get done?',
  greetingMore: 'Ask in your own words. You get an answer with its source, or a person.',
  compose: 'Write a message',
  send: 'Send',
  tooLong: (over: number) => `Too long by ${over} characters`,
  person: 'Talk to a person',
  askPerson: "I'd like to talk to a person",
  sending: 'Sending…',
  sent: 'Sent',
  failed: 'Not sent',
  retry: 'Try again',
  source: 'Source',
  you: 'You',
  assistant: 'Assistant',
  member: 'Team',
  typing: (name: string) => (name ? `${name} is writing…` : 'Writing…'),
  didYouMean: 'Which of these is it?',
  noneOfThese: 'None of these',
  nudgeShow: 'Show me',
  nudgeDismiss: 'Dismiss',
  highlighted: 'Here it is, on the page.',
} as const

export type Texts = typeof en

/** The table for the page's language. */
export function textsFor(_language: string): Texts {
  return en
}
