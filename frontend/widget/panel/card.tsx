// A card of the panel's pages: its title, something beside the title, and its contents.
import type { ComponentChildren } from 'preact'

export function Card({ title, name, aside, children }: { title: string; name: string; aside?: ComponentChildren; children: ComponentChildren }) {
  return (
    <section class="card" data-vcsm={name} aria-labelledby={`vc-${name}`}>
      <div class="card-head"><h3 id={`vc-${name}`}>{title}</h3>{aside}</div>
      {children}
    </section>
  )
}
