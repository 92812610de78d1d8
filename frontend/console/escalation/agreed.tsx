// What was promised to the contact, which of our beliefs they call wrong, and how they rated us.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Pill } from '../../shared/pill'
import { call, CallFailed } from '../api'
import { useLoaded } from '../hooks'
import { useKept } from '../kept'
import { full } from '../words'
import './agreed.css'
import { Card } from './cards'

interface Promised {
  id: string
  text: string
  by: string
  due_at: string | null
  state: 'open' | 'kept' | 'withdrawn'
}

interface Agreed {
  promises: Promised[]
  corrections: { subject: string; said: string; at: string }[]
  ratings: { subject: string; score: number; comment: string; at: string }[]
}

export function AgreedCard({ id, name }: { id: string; name: string }) {
  const path = `/escalations/${id}/agreed`
  const agreed = useLoaded(path, () => call<Agreed>(path))
  const [problem, setProblem] = useState('')
  /** Resolves to whether the change was stored. */
  const change = (body: object): Promise<boolean> => {
    setProblem('')
    return call<Agreed>(path, body).then(
      (fresh) => (agreed.put(fresh), true),
      (error: CallFailed) => (setProblem(error.message), false),
    )
  }
  if (!agreed.value) return null
  const { promises, corrections, ratings } = agreed.value
  return (
    <Card title="Agreed" testid="agreed">
      <ul class="agreed">
        {promises.map((one) => (
          <li key={one.id} data-state={one.state}>
            <span class="agreed-words">
              <bdi>{one.text}</bdi>
              <small class="soft">{[one.by, one.due_at && `due ${full(one.due_at)}`].filter(Boolean).join(' · ')}</small>
            </span>
            {one.state === 'open' ? (
              <>
                <Button onClick={() => void change({ promise: one.id, state: 'kept' })}>Kept</Button>
                <Button look="quiet" onClick={() => void change({ promise: one.id, state: 'withdrawn' })}>Withdraw</Button>
              </>
            ) : (
              <Pill look={one.state === 'kept' ? 'good' : 'neutral'}>{one.state}</Pill>
            )}
          </li>
        ))}
        {corrections.map((one) => (
          <li key={one.subject}>
            <span class="agreed-words">
              <span><bdi>{name}</bdi> says this is wrong: {one.subject.startsWith('friction') ? 'a struggle we saw' : 'what we say of a promise'}</span>
              <small class="soft">{[one.said, full(one.at)].filter(Boolean).join(' · ')}</small>
            </span>
          </li>
        ))}
        {ratings.map((one) => (
          <li key={one.subject}>
            <span class="agreed-words"><bdi>{one.comment || 'Rated the help they had'}</bdi><small class="soft">{full(one.at)}</small></span>
            <Pill look={one.score > 3 ? 'good' : one.score < 3 ? 'danger' : 'neutral'}>{one.score} of 5</Pill>
          </li>
        ))}
      </ul>
      <Make name={name} kept={`promise.${id}`} make={(text, due) => change({ text, due_at: due || null })} />
      {problem && <p class="agreed-problem" role="alert">{problem}</p>}
    </Card>
  )
}

function Make({ name, kept, make }: { name: string; kept: string; make(text: string, due: string): Promise<boolean> }) {
  const [text, setText] = useKept(kept)
  const [due, setDue] = useState('')
  const submit = (event: Event) => {
    event.preventDefault()
    if (!text.trim()) return
    void make(text.trim(), due ? new Date(due).toISOString() : '').then((stored) => {
      if (!stored) return
      setText('')
      setDue('')
    })
  }
  return (
    <form class="agreed-make" onSubmit={submit}>
      <input class="vc-field" aria-label={`Promise ${name} something`} placeholder="Promise something" maxLength={300} value={text} onInput={(event) => setText(event.currentTarget.value)} data-testid="promise-text" />
      <input class="vc-field" type="datetime-local" aria-label="Due" value={due} onInput={(event) => setDue(event.currentTarget.value)} />
      <Button type="submit" disabled={!text.trim()} data-testid="promise-make">Promise</Button>
    </form>
  )
}
