/** A constructable style sheet: the only kind that a strict content policy lets through. */
export function styles(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text)
  return sheet
}
