// What the developer of the page is to know; contacts do not read the console.
export function warn(text: string): void {
  console.warn(`[vcsm] ${text}`)
}
