// A short word of state; its colour never says more than the text.
import type { ComponentChildren } from 'preact'

export type PillLook = 'neutral' | 'accent' | 'good' | 'warn' | 'danger' | 'info'

export function Pill({ look = 'neutral', children }: { look?: PillLook; children: ComponentChildren }) {
  return <span class={`vc-pill vc-pill-${look}`}>{children}</span>
}
