// Which languages there are, and how a page's language is found. Each table is a file of its own,
// loaded when a page needs it.
import type { Texts } from './en.ts'
import { en } from './en.ts'

/** Add a language here: its code (RFC 5646, the language alone) and its file. */
export const LANGUAGES: Readonly<Record<string, () => Promise<Texts>>> = {
  ar: () => import('./ar.ts').then(({ ar }) => ar),
  de: () => import('./de.ts').then(({ de }) => de),
  es: () => import('./es.ts').then(({ es }) => es),
  fr: () => import('./fr.ts').then(({ fr }) => fr),
  he: () => import('./he.ts').then(({ he }) => he),
  it: () => import('./it.ts').then(({ it }) => it),
  ja: () => import('./ja.ts').then(({ ja }) => ja),
  nl: () => import('./nl.ts').then(({ nl }) => nl),
  pl: () => import('./pl.ts').then(({ pl }) => pl),
  pt: () => import('./pt.ts').then(({ pt }) => pt),
  sv: () => import('./sv.ts').then(({ sv }) => sv),
}

/** Returns the code of the first wanted language that exists, otherwise 'en'. */
export function pickLanguage(wanted: readonly string[]): string {
  for (const tag of wanted) {
    // `iw` is what older systems still call Hebrew.
    const code = tag.trim().toLowerCase().split(/[-_]/)[0]!.replace(/^iw$/, 'he')
    if (code === 'en' || Object.hasOwn(LANGUAGES, code)) return code
  }
  return 'en'
}

/** Returns wanted languages in order: that of the script tag, of the page, of the browser. */
export function wantedLanguages(key: string): string[] {
  const tag = document.querySelector<HTMLElement>(`script[data-key="${CSS.escape(key)}"][data-lang]`)
  return [tag?.dataset.lang ?? '', document.documentElement.lang, ...navigator.languages]
}

/** Returns the texts, or English where the table cannot be fetched: better than no words. */
export async function loadTexts(code: string): Promise<Texts> {
  try {
    return (await LANGUAGES[code]?.()) ?? en
  } catch {
    return en
  }
}
