// Whose it is: choose a member, oneself first.
import { useState } from 'preact/hooks'
import { readPeople } from '../api'
import { Avatar } from '../../shared/avatar'
import { Button } from '../../shared/button'
import { useLoaded } from '../hooks'
import { Modal } from '../modal'
import type { Me } from '../types'
import { roleWords } from '../words'

interface AssignProps {
  me: Me
  /** What is given away, such as `3 escalations`. */
  what: string
  give(to: number | null): void
  close(): void
}

export function AssignDialog({ me, what, give, close }: AssignProps) {
  const people = useLoaded('people', readPeople)
  const [find, setFind] = useState('')
  const others = (people.value ?? []).filter((one) => one.id !== me.member.id)
  const fitting = [{ ...me.member, name: `Me (${me.member.name})` }, ...others].filter((one) => one.name.toLowerCase().includes(find.toLowerCase()))
  const choose = (to: number | null) => {
    give(to)
    close()
  }
  const submit = (event: Event) => {
    event.preventDefault()
    if (fitting[0]) choose(fitting[0].id)
  }
  return (
    <Modal class="dialog" aria-labelledby="assign-title" data-testid="assign-dialog" close={close}>
      <form onSubmit={submit}>
        <h2 id="assign-title">Assign {what}</h2>
        <input class="vc-field" aria-label="Find a member" placeholder="To whom? Enter takes the first" value={find} data-testid="assign-find" onInput={(event) => setFind(event.currentTarget.value)} />
        {people.error && <p role="alert">{people.error.message}</p>}
        <ul class="people">
          {fitting.slice(0, 8).map((one) => (
            <li key={one.id}>
              <button type="button" class="people-one" data-testid="assign-to" onClick={() => choose(one.id)}>
                <Avatar name={one.name.replace(/^Me \(/, '')} of="member" />
                <bdi>{one.name}</bdi>
                <span class="soft">{roleWords(one.role)}</span>
              </button>
            </li>
          ))}
        </ul>
        <footer class="dialog-foot">
          <Button look="quiet" onClick={() => choose(null)}>
            To nobody
          </Button>
          <Button onClick={close}>Cancel</Button>
        </footer>
      </form>
    </Modal>
  )
}
