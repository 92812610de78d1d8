// Where the member writes. Enter sends, Shift+Enter breaks the line.
import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Icon } from '../../shared/icon'
import { useKept } from '../kept'
import { sayTyping } from '../live'

const TELL_AGAIN = 3_000
const MAX_TEXT = 20_000

interface ComposerProps {
  conversation: string | null
  /** Put into the field when it changes, for the member to edit and send. */
  suggested: { text: string } | null
  /** Whether the member came here to write: by the button, not by a key others may follow. */
  eager: boolean
  send(text: string): void
}

export function Composer({ conversation, suggested, eager, send }: ComposerProps) {
  const [text, setText] = useKept(`reply.${conversation}`)
  const input = useRef<HTMLTextAreaElement>(null)
  const told = useRef(0)
  const typing = (on: boolean) => {
    if (!conversation || (on && Date.now() - told.current < TELL_AGAIN) || (!on && told.current === 0)) return
    told.current = on ? Date.now() : 0
    sayTyping(conversation, on)
  }
  useEffect(() => void (eager && input.current?.focus()), [])
  useEffect(() => {
    if (!suggested) return
    setText(suggested.text)
    input.current?.focus()
  }, [suggested])
  const submit = () => {
    if (!text.trim()) return
    send(text.trim())
    setText('')
    typing(false)
  }
  const pressed = (event: KeyboardEvent) => {
    // isComposing: an Enter that picks a word in an input method does not send.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault()
      submit()
    }
    if (event.key === 'Escape') input.current?.blur()
  }
  return (
    <form
      class="composer"
      data-testid="composer"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <textarea
        ref={input}
        class="vc-field composer-input"
        data-testid="composer-input"
        aria-label="Message"
        placeholder="Write to the contact"
        rows={3}
        maxLength={MAX_TEXT}
        dir="auto"
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value)
          typing(event.currentTarget.value !== '')
        }}
        onKeyDown={pressed}
        onBlur={() => typing(false)}
      />
      <div class="composer-foot">
        <span class="soft">
          You are speaking; the assistant is silent.{' '}
          <span class="for-keys">
            <kbd>r</kbd> writes, <kbd>Esc</kbd> leaves.
          </span>
        </span>
        <Button look="primary" type="submit" data-testid="composer-send" disabled={!text.trim()}>
          <Icon name="send" /> Send
        </Button>
      </div>
    </form>
  )
}
