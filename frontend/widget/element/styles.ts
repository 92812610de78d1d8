/**
 * Makes a constructable style sheet, the only kind that a strict content security policy allows.
 */
export function styles(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text)
  return sheet
}
