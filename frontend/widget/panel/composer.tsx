// Where the contact writes, with the way to a person always one step away.
import { useLayoutEffect, useReducer, useRef } from 'preact/hooks'
import { Button } from '../../shared/button.tsx'
import { Icon } from '../../shared/icon.tsx'
import { MAX_TEXT, type Attached } from '../../protocol/protocol.ts'
import type { PartProps } from './dialog.tsx'
import { Drafts, useDrafts } from './drafts.tsx'
import { ACCEPTED } from './files.ts'
import { useTyping } from './typing.ts'

export function Composer({ view, deeds, texts }: PartProps) {
  const { writing } = deeds
  writing.belongTo(view.epoch)
  const [, redraw] = useReducer((times: number) => times + 1, 0)
  // Before anything can be typed.
  useLayoutEffect(() => writing.watch(() => redraw(undefined)), [writing])
  const { text } = writing
  const field = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const typed = useTyping(deeds.typing)
  const files = useDrafts(deeds.core, writing)
  // The limit counts characters as the server does, not UTF-16 units.
  const over = text.length > MAX_TEXT ? [...text].length - MAX_TEXT : 0
  const kept = files.drafts.flatMap(({ kept }) => (kept ? [kept] : []))
  const busy = files.drafts.some(({ kept, trouble }) => !kept && !trouble)
  const ready = (text.trim() !== '' || kept.length > 0) && over <= 0 && !busy
  const send = () => {
    if (!ready) return
    deeds.say(text.trim(), kept as Attached[])
    writing.write('')
    files.sent()
    typed(false)
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // `isComposing`: the Enter that ends a Japanese or Chinese composition does not send.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    send()
  }
  const take = (list: FileList | undefined | null) => {
    if (!list?.length) return false
    files.add([...list])
    return true
  }
  return (
    <footer
      class="foot"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        take(event.dataTransfer?.files)
      }}
    >
      {over > 0 && <p class="too-long" role="alert">{texts.tooLong(over)}</p>}
      <Drafts drafts={files.drafts} texts={texts} onRemove={files.remove} onRetry={files.retry} />
      <div class="compose">
        <Button look="quiet" square aria-label={texts.attach} data-vcsm="attach" onClick={() => picker.current?.click()}>
          <Icon name="attach" />
        </Button>
        <input
          ref={picker}
          type="file"
          hidden
          multiple
          accept={ACCEPTED}
          data-vcsm="file"
          onChange={({ currentTarget }) => {
            take(currentTarget.files)
            currentTarget.value = ''
          }}
        />
        <textarea
          ref={field}
          class="vc-field"
          data-vcsm="composer"
          rows={1}
          dir="auto"
          aria-label={texts.compose}
          placeholder={texts.compose}
          aria-invalid={over > 0}
          enterkeyhint="send"
          value={text}
          onInput={(event) => {
            writing.write(event.currentTarget.value)
            typed(event.currentTarget.value !== '')
          }}
          onBlur={() => typed(false)}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            if (take(event.clipboardData?.files)) event.preventDefault()
          }}
        />
        <Button look="primary" square aria-label={texts.send} data-vcsm="send" disabled={!ready} onClick={send}>
          <Icon name="send" />
        </Button>
      </div>
      <Button look="quiet" class="person" data-vcsm="person" onClick={() => deeds.say(texts.askPerson)}>
        <Icon name="person" /> {texts.person}
      </Button>
    </footer>
  )
}
