// One button for panel and console; its look is a class of controls.css.
import type { ComponentChildren, ButtonHTMLAttributes } from 'preact'

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger'

export interface ButtonProps extends Omit<ButtonHTMLAttributes, 'icon'> {
  look?: ButtonLook
  /** Square, for a lone icon; give `aria-label`. */
  square?: boolean
  children?: ComponentChildren
}

export function Button({ look = 'plain', square = false, class: more, children, ...rest }: ButtonProps) {
  const name = `vc-button vc-button-${look}${square ? ' vc-button-icon' : ''}${more ? ` ${more}` : ''}`
  return (
    <button type="button" {...rest} class={name}>
      {children}
    </button>
  )
}
