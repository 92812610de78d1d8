// What is being written: it outlives the closing of the panel and its other screens, in the page's memory alone.
import type { Draft } from './files.ts'

export class Writing {
  text = ''
  drafts: readonly Draft[] = []
  /** What is sent again where it was lost, by the draft's id. */
  readonly files = new Map<string, File>()
  private epoch = ''
  private heard = () => {}

  /** Of another conversation, because another contact is here: it is not theirs. */
  belongTo(epoch: string): void {
    if (this.epoch && epoch !== this.epoch) {
      this.text = ''
      this.drafts = []
      this.files.clear()
    }
    this.epoch = epoch
  }

  /** Calls `heard` after each change until the returned function is called. */
  watch(heard: () => void): () => void {
    this.heard = heard
    return () => {
      this.heard = () => {}
    }
  }

  write(text: string): void {
    this.text = text
    this.heard()
  }

  put(drafts: readonly Draft[]): void {
    this.drafts = drafts
    for (const id of this.files.keys()) if (!drafts.some((draft) => draft.id === id && !draft.kept)) this.files.delete(id)
    this.heard()
  }
}
