// What we believe the contact wants to achieve: why we do, and a way to correct it.
import { useState } from 'preact/hooks'
import type { HomeGoal } from '../../protocol/protocol.ts'
import type { Texts } from '../languages/en.ts'
import { Card } from './card.tsx'
import type { Deeds } from './face.ts'

export function Goal({ goal, texts, deeds }: { goal: HomeGoal; texts: Texts; deeds: Deeds }) {
  const [asking, setAsking] = useState(false)
  const choose = (intent: number | null) => {
    setAsking(false)
    deeds.tell({ type: 'correct', captured: goal.captured, intent })
  }
  return (
    <Card title={texts.goalTitle} name="goal">
      <p class="goal"><bdi>{goal.title}</bdi></p>
      {goal.evidence && <p class="goal-why"><bdi>{goal.said ? `“${goal.evidence}”` : goal.evidence}</bdi></p>}
      {asking ? (
        <div role="group" aria-labelledby="vc-goal-ask">
          <p id="vc-goal-ask" class="goal-why">{texts.goalAsk}</p>
          <div class="chips">
            {goal.options.map(({ id, title }) => (
              <button key={id} type="button" class="chip" onClick={() => choose(id)}><bdi>{title}</bdi></button>
            ))}
            <button type="button" class="chip" data-vcsm="goal-none" onClick={() => choose(null)}>{texts.goalNone}</button>
          </div>
        </div>
      ) : (
        <button type="button" class="link" data-vcsm="goal-wrong" onClick={() => setAsking(true)}>{texts.goalWrong}</button>
      )}
    </Card>
  )
}
