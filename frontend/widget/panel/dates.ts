// Moments in the contact's language and by their own clock.

/** Returns "14:30" for today, "tomorrow, 9:00" for a neighbouring day, otherwise "3 July, 9:00". */
export function momentOf(at: number, language: string, now = Date.now()): string {
  const [day, today] = [new Date(at), new Date(now)]
  const time = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' }).format(day)
  const days = Math.round((midnight(day) - midnight(today)) / 86_400_000)
  if (days === 0) return time
  const near = Math.abs(days) === 1
  const date = near ? new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day') : dayOf(at, language)
  return `${date}, ${time}`
}

export function dayOf(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long' }).format(new Date(at))
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}
