// Copies text to the clipboard, even on pages without TLS, where browsers hide
// `navigator.clipboard`.
import { useState } from 'preact/hooks'
import { Button } from '../shared/button'

/** Copies text; false when the browser did not allow it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

function copyBySelection(text: string): boolean {
  const before = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'vc-hidden-text'
  // While a dialog is open, nothing outside it can be selected.
  const where = before?.closest('dialog') ?? document.body
  where.append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  if (before instanceof HTMLElement) before.focus()
  return copied
}

const SAID_MS = 4_000

/** Copies on click and says whether it worked, to screen readers too. */
export function CopyButton({ text, label, look }: { text: string; label?: string; look?: 'quiet' }) {
  const [said, say] = useState('')
  const copy = async () => {
    say((await copyText(text)) ? 'Copied' : 'Your browser did not allow it: select the text and copy it.')
    setTimeout(() => say(''), SAID_MS)
  }
  return (
    <>
      <Button look={look} onClick={() => void copy()} aria-label={label ? `Copy: ${label}` : undefined}>
        Copy
      </Button>
      <span class="soft copied" role="status">
        {said}
      </span>
    </>
  )
}
