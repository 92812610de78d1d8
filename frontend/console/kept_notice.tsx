// What a form says about text that was left in it, or that a colleague overtook.
import { Button } from '../shared/button'
import type { Fields, KeptForm } from './kept_form'

interface NoticeProps<T extends Fields> {
  form: KeptForm<T>
  /** Names the stored version: "Version 4, by Bob,". */
  theirs: string
}

export function KeptNotice<T extends Fields>({ form, theirs }: NoticeProps<T>) {
  if (form.behind)
    return (
      <div class="kept-notice" role="alert" data-testid="kept-behind">
        <p>{theirs} was saved while you wrote. Nothing of yours is lost: it is in the fields below.</p>
        <Button onClick={form.rebase}>Keep mine</Button>
        <Button onClick={form.forget}>Take theirs</Button>
      </div>
    )
  if (!form.left) return null
  return (
    <div class="kept-notice" role="status" data-testid="kept-left">
      <p>You left this without saving; your text is still here.</p>
      <Button onClick={form.forget}>Take what is saved</Button>
    </div>
  )
}
