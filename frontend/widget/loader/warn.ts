// Tells the developer of the page; contacts do not read the console.
export function warn(text: string): void {
  console.warn(`[vcsm] ${text}`)
}
