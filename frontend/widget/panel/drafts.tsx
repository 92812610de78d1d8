// Files on their way into a message, each with its state and a button that removes it.
import { Icon } from '../../shared/icon.tsx'
import type { Texts } from '../languages/en.ts'
import type { Core } from '../loader/parts.ts'
import { draftOf, MAX_FILES, PASSING, upload, type Draft } from './files.ts'
import type { Writing } from './writing.ts'

export function useDrafts(core: Core, writing: Writing) {
  // Uploads end in any order, after others were added, and after the panel was closed: each finds the list as it
  // is then.
  const begin = (draft: Draft) => {
    const file = writing.files.get(draft.id)
    if (!file) return
    void upload(core, draft, file).then((done) => {
      writing.put(writing.drafts.map((one) => (one.id === done.id ? done : one)))
    })
  }
  return {
    drafts: writing.drafts,
    /** What can still be sent stays for the next message; the rest was, or was refused for good. */
    sent: () => writing.put(writing.drafts.filter(({ trouble }) => PASSING.includes(trouble))),
    remove: (id: string) => writing.put(writing.drafts.filter((one) => one.id !== id)),
    retry(id: string) {
      writing.put(writing.drafts.map((one) => (one.id === id ? { ...one, trouble: '' } : one)))
      const draft = writing.drafts.find((one) => one.id === id)
      if (draft) begin(draft)
    },
    add(files: readonly File[]) {
      const free = MAX_FILES - writing.drafts.filter(({ trouble }) => !trouble).length
      const added = files.map((file, at) => {
        const draft = draftOf(file)
        if (at >= free) return { ...draft, trouble: draft.trouble || 'too_many' }
        if (!draft.trouble) writing.files.set(draft.id, file)
        return draft
      })
      writing.put([...writing.drafts, ...added])
      for (const draft of added) begin(draft)
    },
  }
}

interface Props {
  drafts: readonly Draft[]
  texts: Texts
  onRemove: (id: string) => void
  onRetry: (id: string) => void
}

export function Drafts({ drafts, texts, onRemove, onRetry }: Props) {
  return (
    <ul class="drafts" aria-live="polite" data-vcsm="drafts">
      {drafts.map(({ id, name, trouble, kept }) => (
        <li key={id} class={trouble ? 'draft draft-failed' : 'draft'} data-state={trouble || (kept ? 'kept' : 'uploading')}>
          <Icon name={trouble ? 'warning' : 'file'} />
          <span class="draft-words">
            <bdi class="draft-name">{kept?.name ?? name}</bdi>
            {trouble && <span class="draft-why">{reason(texts, trouble)}</span>}
            {!trouble && !kept && <span class="draft-why">{texts.uploading}</span>}
          </span>
          {PASSING.includes(trouble) && (
            <button type="button" class="link draft-retry" data-vcsm="retry-file" onClick={() => onRetry(id)}>
              {texts.retry}
            </button>
          )}
          <button type="button" class="draft-remove" aria-label={texts.remove(name)} onClick={() => onRemove(id)}>
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  )
}

function reason({ fileRefused }: Texts, code: string): string {
  return code in fileRefused ? fileRefused[code as keyof typeof fileRefused] : fileRefused.other
}
