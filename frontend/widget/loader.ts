// The one file a product page names: `<script async src="…/widget/vcsm.js" data-key="pk_…">`.
// Defines `window.vcsm`, takes over calls an inline stub has queued, and starts the widget.
import { Commands, warn, type Api } from './api.ts'
import { readScript } from './loader/script.ts'

function load(): void {
  const host = window as { vcsm?: Api }
  const earlier = host.vcsm
  // The script twice on a page, or once more after a page transition: one widget is enough.
  if (earlier?.running) return
  const settings = readScript(document.currentScript)
  if (!settings) return warn('the script tag needs data-key="pk_…"')
  const commands = new Commands(settings)
  const api: Api = (command, ...details) => {
    try {
      commands.run(command, details)
    } catch (error) {
      warn(String(error))
    }
  }
  api.running = true
  host.vcsm = api
  for (const [command, ...details] of Array.from(earlier?.q ?? [], (call) => Array.from(call))) {
    api(String(command), ...details)
  }
}

try {
  load()
} catch (error) {
  warn(String(error))
}
