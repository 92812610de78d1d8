// Prints what a browser downloads, in bytes after gzip -9, as one JSON object on one line. A part
// that has not been built counts 0. Shared chunks are counted with each part that imports them.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

const DIST = join(import.meta.dirname, 'dist')

/**
 * Returns the files that a module imports statically, directly or not, including the module itself.
 */
function withImports(file, seen = new Set()) {
  if (seen.has(file) || !existsSync(file)) return seen
  seen.add(file)
  const imports = readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*["'`](\.[^"'`]+)["'`]/g)
  for (const [, path] of imports) withImports(resolve(dirname(file), path), seen)
  return seen
}

function gzipped(files) {
  let bytes = 0
  for (const file of files) bytes += gzipSync(readFileSync(file), { level: 9 }).length
  return bytes
}

export function measure(dist = DIST) {
  const widget = (name) => withImports(join(dist, 'widget', name))
  // One file: the loader, the click ledger and everything the ledger judges by.
  const first = withImports(join(dist, 'widget', 'vcsm.js'))
  const later = (name) => [...widget(name)].filter((file) => !first.has(file))
  const style = join(dist, 'console', 'main.css')
  return {
    first_load_gzip: gzipped(first),
    // `visit.js` (the line and the launcher) is fetched at once, `senses.js` when the page is idle.
    idle_gzip: gzipped(new Set([...later('visit.js'), ...later('senses.js')])),
    visit_gzip: gzipped(later('visit.js')),
    senses_gzip: gzipped(later('senses.js')),
    panel_gzip: gzipped(later('panel.js')),
    replay_gzip: gzipped(later('replay.js')),
    console_first_view_gzip: gzipped([
      ...withImports(join(dist, 'console', 'main.js')),
      ...(existsSync(style) ? [style] : []),
    ]),
  }
}

if (process.argv[1] === import.meta.filename) console.log(JSON.stringify(measure(process.argv[2])))
