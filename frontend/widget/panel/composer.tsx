// Where the contact writes, and the person who is always one step away.
import { useRef, useState } from 'preact/hooks'
import { Button } from '../../shared/button.tsx'
import { Icon } from '../../shared/icon.tsx'
import { MAX_TEXT } from '../../protocol/protocol.ts'
import type { PartProps } from './dialog.tsx'
import { useTyping } from './typing.ts'

export function Composer({ deeds, texts }: PartProps) {
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const typed = useTyping(deeds.typing)
  // The limit counts characters as the server does, not UTF-16 units.
  const over = text.length > MAX_TEXT ? [...text].length - MAX_TEXT : 0
  const ready = text.trim() !== '' && over <= 0
  const send = () => {
    if (!ready) return
    deeds.say(text.trim())
    setText('')
    typed(false)
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // `isComposing`: Enter that ends a Japanese or Chinese composition does not send.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    send()
  }
  return (
    <footer class="foot">
      {over > 0 && <p class="too-long" role="alert">{texts.tooLong(over)}</p>}
      <div class="compose">
        <textarea
          ref={field}
          class="vc-field"
          data-vcsm="composer"
          rows={1}
          dir="auto"
          aria-label={texts.compose}
          placeholder={texts.compose}
          aria-invalid={over > 0}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value)
            typed(event.currentTarget.value !== '')
          }}
          onBlur={() => typed(false)}
          onKeyDown={onKeyDown}
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
