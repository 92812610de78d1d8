// What is stored about the contact: a copy of it or its erasure, on their request.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { Icon } from '../../shared/icon'
import { type CallFailed, dataAddress, eraseData } from '../api'
import type { Me } from '../types'

interface TheirDataProps {
  id: string
  name: string
  me: Me
  /** Called when nothing of this escalation is left. */
  erased(): void
}

export function TheirData({ id, name, me, erased }: TheirDataProps) {
  const [sure, ask] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const erase = () => {
    setBusy(true)
    eraseData(id).then(erased, (error: CallFailed) => {
      setProblem(error.message)
      setBusy(false)
    })
  }
  return (
    <footer class="their-data" data-testid="their-data">
      {sure ? (
        <>
          <span>
            All that is stored about <bdi>{name}</bdi> goes: visits, messages, files, escalations, this page too. Nothing brings it back.
          </span>
          <Button look="danger" disabled={busy} onClick={erase} data-testid="erase-contact">
            Erase it for good
          </Button>
          <Button look="quiet" disabled={busy} onClick={() => ask(false)}>
            Keep it
          </Button>
        </>
      ) : (
        <>
          <span class="soft">If they ask what is stored about them:</span>
          <a class="vc-button vc-button-quiet" href={dataAddress(id)} download>
            <Icon name="download" /> Download it
          </a>
          {(me.member.role === 'admin' || me.member.role === 'lead') && (
            <Button look="quiet" onClick={() => ask(true)}>
              Erase it …
            </Button>
          )}
        </>
      )}
      {problem && <span role="alert">{problem}</span>}
    </footer>
  )
}
