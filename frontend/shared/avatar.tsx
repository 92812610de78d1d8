// Initials in a circle for a member, a contact or the assistant. Decorative: the name is beside it.
export type AvatarOf = 'assistant' | 'member' | 'contact'

/**
 * Returns the first and last word's first letters in upper case; whole characters, no half emoji.
 */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean)
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words
  return picked.map((word) => [...(word ?? '')][0] ?? '').join('').toLocaleUpperCase()
}

export function Avatar({ name, of = 'assistant' }: { name: string; of?: AvatarOf }) {
  return (
    <span class={`vc-avatar vc-avatar-${of}`} aria-hidden="true">
      {initials(name) || '·'}
    </span>
  )
}
