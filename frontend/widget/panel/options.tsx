// The intents the contact may have meant, offered when the assistant is unsure.
import type { PartProps } from './dialog.tsx'

export function Options({ view, deeds, texts }: PartProps) {
  if (!view.intent?.options?.length) return null
  return (
    <div class="options" role="group" aria-labelledby="vc-options" data-vcsm="options">
      <p id="vc-options"><bdi>{texts.didYouMean}</bdi></p>
      <div class="chips">
        {view.intent.options.map(({ id, title }) => (
          <button key={id} type="button" class="chip" data-intent={id} onClick={() => deeds.choose(id)}>
            <bdi>{title}</bdi>
          </button>
        ))}
      </div>
    </div>
  )
}
