// Files on their way into a message, each with its state and a button that removes it.
import { useRef, useState } from 'preact/hooks'
import { Icon } from '../../shared/icon.tsx'
import type { Texts } from '../languages/en.ts'
import type { Core } from '../loader/parts.ts'
import { draftOf, MAX_FILES, upload, type Draft } from './files.ts'

export function useDrafts(core: Core) {
  const [drafts, setDrafts] = useState<readonly Draft[]>([])
  // Uploads end in any order, and after others were added: each one needs the current list.
  const list = useRef(drafts)
  const put = (next: readonly Draft[]) => setDrafts((list.current = next))
  return {
    drafts,
    clear: () => put([]),
    remove: (id: string) => put(list.current.filter((one) => one.id !== id)),
    add(files: readonly File[]) {
      const free = MAX_FILES - list.current.filter(({ trouble }) => !trouble).length
      const added = files.map((file, at) => {
        const draft = draftOf(file)
        return at < free ? draft : { ...draft, trouble: draft.trouble || 'too_many' }
      })
      put([...list.current, ...added])
      for (const [at, draft] of added.entries()) {
        if (draft.trouble) continue
        void upload(core, draft, files[at]!).then((done) => {
          put(list.current.map((one) => (one.id === done.id ? done : one)))
        })
      }
    },
  }
}

interface Props {
  drafts: readonly Draft[]
  texts: Texts
  onRemove: (id: string) => void
}

export function Drafts({ drafts, texts, onRemove }: Props) {
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
