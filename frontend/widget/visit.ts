// The rest of the widget on one page: the product's commands, the line to the server, the launcher,
// and the panel when it is needed. Loaded right after the loader, whose capture it takes over.
import { Commands } from './api.ts'
import type { VisitPart } from './loader/parts.ts'
import { readScript } from './loader/script.ts'
import { warn } from './loader/warn.ts'

export const startVisit: VisitPart['startVisit'] = (loaded) => {
  const settings = readScript(loaded.tag)
  if (!settings) {
    loaded.capture?.stop()
    warn('the script tag needs data-key="pk_…"')
    return () => undefined
  }
  const commands = new Commands(settings, loaded)
  return (call) => {
    try {
      const [command, ...details] = Array.from(call)
      commands.run(String(command), details)
    } catch (error) {
      warn(String(error))
    }
  }
}
