// "How was the help?", asked once after a person has finished; not answering is fine.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button.tsx'
import { Icon } from '../../shared/icon.tsx'
import type { PartProps } from './dialog.tsx'

export function RateAsk({ view, deeds, texts }: PartProps) {
  const ask = view.home?.rate
  const [score, setScore] = useState(0)
  const [gone, setGone] = useState('')
  const [comment, setComment] = useState('')
  if (!ask) return null
  if (gone === ask.subject) return score ? <p class="thanks" role="status">{texts.rateThanks}</p> : null
  const give = (chosen: number) => {
    setScore(chosen)
    deeds.tell({ type: 'rate', subject: ask.subject, score: chosen })
  }
  const add = () => {
    if (comment.trim()) deeds.tell({ type: 'rate', subject: ask.subject, score, comment: comment.trim().slice(0, 2_000) })
    setGone(ask.subject)
  }
  return (
    <section class="rate" aria-labelledby="vc-rate" data-vcsm="rate">
      <h3 id="vc-rate"><bdi>{texts.rateTitle(ask.name)}</bdi></h3>
      <div class="scores" role="group" aria-labelledby="vc-rate">
        {texts.rateScores.map((label, at) => (
          <button key={label} type="button" class="score" aria-pressed={score === at + 1} onClick={() => give(at + 1)}>
            {label}
          </button>
        ))}
      </div>
      {score > 0 && (
        <div class="rate-more">
          <input
            class="vc-field"
            aria-label={texts.rateComment}
            placeholder={texts.rateComment}
            dir="auto"
            maxLength={2_000}
            value={comment}
            onInput={(event) => setComment(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && !event.isComposing && add()}
          />
          <Button look="primary" onClick={add}>{texts.send}</Button>
        </div>
      )}
      <Button look="quiet" square class="rate-close" aria-label={texts.nudgeDismiss} onClick={() => setGone(ask.subject)}>
        <Icon name="close" />
      </Button>
    </section>
  )
}
