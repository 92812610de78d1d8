// A dialog over the room: nothing behind it can be reached until its owner removes it.
import type { DialogHTMLAttributes } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

type ModalProps = DialogHTMLAttributes<HTMLDialogElement> & { close(): void; 'data-testid'?: string }

/**
 * Escape closes on the key press itself. The browser reports a closing in a task of its own, which
 * may come after the next key and would then close what that key opened.
 */
export function Modal({ close, children, onClick, ...rest }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const gone = useRef(false)
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => {
      gone.current = true
      element?.close() // gives the focus back to where it was
    }
  }, [])
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return
    event.preventDefault()
    close()
  }
  return (
    <dialog {...rest} ref={dialog} onClick={onClick} onKeyDown={pressed} onClose={() => gone.current || close()}>
      {children}
    </dialog>
  )
}
