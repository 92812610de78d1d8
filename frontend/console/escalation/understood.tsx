// What the contact wants to achieve, and the passage that answers their last message: corrected or
// used with one click.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Icon } from '../../shared/icon'
import { Pill } from '../../shared/pill'
import { useNow } from '../hooks'
import { settleHeard } from '../understanding/api'
import { ago, percent } from '../words'
import { type LastHeard, useUnderstood } from './use_understood'

const KINDS: Record<string, string> = { said: 'Wrote', chosen: 'Chose', search: 'Searched', page: 'Went to', track: 'Did', path: 'Went' }
const WORSE = -0.5
const LIKELY = 0.02

interface UnderstoodProps {
  id: string
  contact: number
  useText?: ((text: string) => void) | undefined
}

export function UnderstoodCard({ id, contact, useText }: UnderstoodProps) {
  const understood = useUnderstood(id, contact)
  const now = useNow()
  const found = understood.value
  if (!found || (!found.visit && !found.lately && !found.message)) return null
  const goal = found.visit ?? found.lately
  return (
    <section class="card understood" aria-labelledby="understood-title" data-testid="understood">
      <header class="card-head">
        <h2 id="understood-title">What they are after now</h2>
        {found.mood && found.mood.shift <= WORSE && <Pill look="warn">Angrier than usual for them</Pill>}
      </header>
      {goal && (
        <>
          <p class="lead" data-testid="goal">
            {goal.title}
          </p>
          <p class="soft">
            {found.visit ? 'In this visit' : 'Lately'}: {percent(goal.share)} of the signs point to it
          </p>
          <ul class="understood-why">
            {goal.evidence.slice(0, 3).map((one) => (
              <li key={one.captured_id}>
                {one.set_right ? 'Set right' : (KINDS[one.kind] ?? 'Saw')} <bdi>“{one.text}”</bdi> <span class="soft">{ago(one.at, now)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {found.message && <LastMessage key={found.message.id} message={found.message} again={understood.again} />}
      {found.passage && (
        <div class="understood-passage" data-testid="suggestion" data-question={found.passage.question}>
          <p>
            <Icon name="book" /> {found.passage.title}
            {found.passage.heading && <span class="soft"> › {found.passage.heading}</span>} {!found.passage.known && <Pill>nearest, not sure</Pill>}
          </p>
          <p class="understood-text">{found.passage.text}</p>
          {useText && (
            <Button onClick={() => useText(found.passage?.text ?? '')} data-testid="use-passage">
              Write it
            </Button>
          )}
        </div>
      )}
    </section>
  )
}

function LastMessage({ message, again }: { message: LastHeard; again(): void }) {
  const [problem, setProblem] = useState('')
  if (message.corrected_at)
    return (
      <p class="soft">
        “{message.text.slice(0, 80)}”: {message.meant || 'none of the intents'}, says {message.by || 'the contact'}
      </p>
    )
  const settle = (intent: number | null) => settleHeard(message.id, intent, false).then(again, (error: Error) => setProblem(error.message))
  return (
    <div class="understood-message">
      <p class="soft">
        What was <bdi>“{message.text.slice(0, 120)}”</bdi> about?
      </p>
      <div class="heard-choices">
        {message.alternatives
          .slice(0, 3)
          .filter((option, place) => place === 0 || option.probability >= LIKELY)
          .map((option) => (
            <Button key={option.intent} onClick={() => void settle(option.intent)}>
              {option.title}
            </Button>
          ))}
        <Button look="quiet" onClick={() => void settle(null)}>
          None of these
        </Button>
      </div>
      {problem && <p role="alert">{problem}</p>}
    </div>
  )
}
