// What to do: the next best actions with their value, and a verdict in one click.
import { useEffect, useRef, useState } from 'preact/hooks'
import { follow } from '../address'
import { resolve, type CallFailed, type VerdictGiven } from '../api'
import { Button } from '../../shared/button'
import { Pill } from '../../shared/pill'
import type { Loaded } from '../hooks'
import { Amount } from '../money'
import type { Detail } from '../types'
import type { Around, Step } from './around'
import { Card } from './cards'

export interface Does {
  takeOver(): void
  /** Puts the passage that answers their last message into the reply. */
  usePassage(): void
  promise(): void
}

interface DoProps {
  detail: Detail
  around: Loaded<Around>
  does: Does
  done(detail: Detail): void
}

export function WhatToDo({ detail, around, does, done }: DoProps) {
  if (detail.escalation.state === 'resolved') return null
  // Once somebody has taken over, taking over is no step any more.
  const steps = (around.value?.steps ?? []).filter((step) => step.act !== 'take_over' || !detail.speaker)
  return (
    <Card title="What to do" testid="do">
      {around.error && !around.value && <p class="soft">What is best to do could not be read: {around.error.message}</p>}
      <ol class="steps">
        {steps.map((step) => (
          <li key={step.act + step.target} class="step" data-act={step.act}>
            <span class="step-words">
              <strong>
                <bdi>{step.title}</bdi>
              </strong>
              <span class="soft">{step.why}</span>
            </span>
            <Value step={step} />
            <Act step={step} speaking={detail.speaker !== null} does={does} />
          </li>
        ))}
      </ol>
      <QuickVerdict detail={detail} done={done} />
    </Card>
  )
}

function Value({ step }: { step: Step }) {
  if (step.value === null) return <span class="step-value soft" title="No figure yet for what it brings">value not known</span>
  return (
    <span class="step-value" title={`Expected, ${step.stands_on}`}>
      {step.value > 0 ? '+' : ''}
      <Amount of={step.value} /> <span class="soft">{step.stands_on}</span>
    </span>
  )
}

function Act({ step, speaking, does }: { step: Step; speaking: boolean; does: Does }) {
  if (step.act === 'take_over') return <Button onClick={does.takeOver}>Take over</Button>
  if (step.act === 'use_passage') return speaking ? <Button onClick={does.usePassage}>Write it</Button> : <span class="step-value soft">once you take over</span>
  if (step.act === 'promise') return <Button onClick={does.promise}>Promise</Button>
  if (step.act === 'problem')
    return (
      <a class="vc-button vc-button-plain" {...follow({ page: 'room', room: 'problems', rest: step.target, query: {} })}>
        Look
      </a>
    )
  return null
}

const ONE_CLICK: [string, string, VerdictGiven][] = [
  ['helped', 'It helped', { done: true, worked: true, false_alarm: false, reason: '', note: '' }],
  ['done', 'Done, not known yet', { done: true, worked: null, false_alarm: false, reason: '', note: '' }],
  ['false', 'False alarm', { done: false, worked: null, false_alarm: true, reason: 'not_stuck', note: '' }],
]
/** Milliseconds in which a verdict can still be undone before it is sent. */
const UNDO_MS = 5_000

function QuickVerdict({ detail, done }: { detail: Detail; done(detail: Detail): void }) {
  const [given, give] = useState<{ label: string; verdict: VerdictGiven } | null>(null)
  const [problem, setProblem] = useState('')
  const send = useRef(() => {})
  send.current = () => {
    if (!given) return
    give(null)
    resolve(detail.escalation.id, given.verdict).then(done, (error: CallFailed) => setProblem(error.message))
  }
  useEffect(() => {
    if (!given) return
    const timer = setTimeout(() => send.current(), UNDO_MS)
    return () => clearTimeout(timer)
  }, [given])
  // A member who goes on to the next escalation meant it.
  const leaving = useRef(given)
  leaving.current = given
  useEffect(() => () => {
    if (leaving.current) resolve(detail.escalation.id, leaving.current.verdict).catch(() => undefined)
  }, [])
  if (given)
    return (
      <p class="quick" role="status">
        Resolving as <Pill look="good">{given.label}</Pill>
        <Button onClick={() => give(null)} data-testid="quick-undo">
          Undo
        </Button>
      </p>
    )
  return (
    <div class="quick" role="group" aria-label="Verdict in one click">
      <span class="soft">Resolve:</span>
      {ONE_CLICK.map(([name, label, verdict]) => (
        <Button key={label} look="quiet" data-testid={`quick-${name}`} onClick={() => give({ label, verdict })}>
          {label}
        </Button>
      ))}
      {problem && (
        <span class="head-problem" role="alert">
          {problem}
        </span>
      )}
    </div>
  )
}
