// A folder of Markdown and HTML becomes articles, file by file; a later import of the same folder
// changes what has changed in it.
import { useState } from 'preact/hooks'
import { CallFailed } from '../api'
import { importFile } from './api'

type Outcome = 'added' | 'changed' | 'same' | 'kept' | 'failed'

const COUNTED: [Outcome, string][] = [
  ['added', 'new'],
  ['changed', 'changed'],
  ['same', 'as before'],
  ['kept', 'edited here, left alone'],
  ['failed', 'could not be read'],
]

/** Returns ": 3 new, 1 as before", or '' when nothing was counted. */
export function counted(outcome: Partial<Record<Outcome, number>>): string {
  const counts = COUNTED.filter(([key]) => outcome[key]).map(([key, words]) => `${outcome[key]} ${words}`)
  return counts.length > 0 ? `: ${counts.join(', ')}` : ''
}

interface Read {
  total: number
  done: number
  counts: Partial<Record<Outcome, number>>
  notes: string[]
}

const READABLE = /\.(md|markdown|html?|xhtml)$/i
const MOST_NOTES = 50
const LARGEST = 1_000_000

export function FolderImport() {
  const [read, setRead] = useState<Read | null>(null)
  const running = read !== null && read.done < read.total
  return (
    <section class="card import-progress" aria-labelledby="folder-title">
      <h2 id="folder-title">A folder of files</h2>
      <p class="soft">Markdown and HTML, with the folders in it. Choosing it again updates what has changed there and keeps what was edited here.</p>
      <p>
        <PickFile label="Choose a folder …" folder disabled={running} testid="import-folder" picked={(files) => void importAll(files, setRead)} />
      </p>
      {read && (
        <>
          {running && <progress value={read.done} max={read.total} aria-label="Files read" />}
          <p role="status" data-testid="folder-outcome">
            {read.total === 0 ? 'There are no Markdown or HTML files in it.' : `${read.done} of ${read.total} files read${counted(read.counts)}.`}
          </p>
          {read.notes.length > 0 && (
            <ul class="import-notes">
              {read.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  )
}

async function importAll(files: File[], tell: (read: Read) => void): Promise<void> {
  const readable = files.filter((file) => READABLE.test(file.name)).sort((a, b) => below(a).localeCompare(below(b)))
  let read: Read = { total: readable.length, done: 0, counts: {}, notes: [] }
  tell(read)
  for (const file of readable) {
    const [outcome, note] = await importOne(file)
    const notes = note && read.notes.length < MOST_NOTES ? [...read.notes, note] : read.notes
    read = { ...read, done: read.done + 1, counts: { ...read.counts, [outcome]: (read.counts[outcome] ?? 0) + 1 }, notes }
    tell(read)
  }
}

const TOO_FAST_MS = 2_000

async function importOne(file: File): Promise<[Outcome, string]> {
  const name = below(file)
  if (file.size > LARGEST) return ['failed', `${name}: larger than a million bytes.`]
  try {
    return [(await importFile(name, await file.text())).outcome, '']
  } catch (error) {
    if (error instanceof CallFailed && error.status === 429) {
      await new Promise((done) => setTimeout(done, TOO_FAST_MS))
      return importOne(file)
    }
    return ['failed', `${name}: ${(error as Error).message}`]
  }
}

/** Returns the file's path below the chosen folder. */
function below(file: File): string {
  return file.webkitRelativePath.split('/').slice(1).join('/') || file.name
}

interface PickFileProps {
  label: string
  accept?: string
  folder?: boolean
  disabled?: boolean
  testid: string
  picked(files: File[]): void
}

/**
 * A label that looks like our buttons, over the browser's own file button, which no style reaches.
 */
export function PickFile({ label, accept, folder = false, disabled, testid, picked }: PickFileProps) {
  const choose = (event: Event & { currentTarget: HTMLInputElement }) => {
    const field = event.currentTarget
    picked([...(field.files ?? [])])
    // Choosing the same file again counts too.
    field.value = ''
  }
  return (
    <label class="vc-button vc-button-plain pick-file">
      <input type="file" class="vc-hidden-text" ref={(field) => void (field && (field.webkitdirectory = folder))} accept={accept} disabled={disabled} onChange={choose} data-testid={testid} />
      {label}
    </label>
  )
}
