// Filters under a name: one's own, and those that colleagues share.
import { useRef, useState } from 'preact/hooks'
import { type CallFailed, readViews, removeView, saveView } from '../api'
import { go, parseAddress, queueQuery, type QueueAddress } from '../address'
import { Button } from '../../shared/button'
import { Icon } from '../../shared/icon'
import { closeMenu } from '../focus'
import { useLoaded } from '../hooks'
import type { SavedView } from '../types'

/** The address that a view stands for. */
export function viewAddress(view: SavedView): QueueAddress | undefined {
  const found = parseAddress('/console/', view.query)
  return found.page === 'queue' ? found : undefined
}

export function SavedViews({ address }: { address: QueueAddress }) {
  const box = useRef<HTMLDetailsElement>(null)
  return (
    <details ref={box} class="saved" onKeyDown={closeMenu}>
      <summary class="vc-button vc-button-quiet" data-testid="views">
        Views
      </summary>
      <div class="saved-menu">
        <Views address={address} close={() => box.current?.removeAttribute('open')} />
      </div>
    </details>
  )
}

function Views({ address, close }: { address: QueueAddress; close(): void }) {
  const views = useLoaded('views', readViews)
  const [problem, setProblem] = useState('')
  /** Whether it was stored. */
  const change = (call: Promise<SavedView[]>): Promise<boolean> => {
    setProblem('')
    return call.then(
      (fresh) => (views.put(fresh), true),
      (error: CallFailed) => (setProblem(error.message), false),
    )
  }
  const open = (view: SavedView) => {
    const found = viewAddress(view)
    if (found) go(found)
    close()
  }
  const found = views.value ?? []
  return (
    <>
      {found.length === 0 && <p class="soft">No view is saved yet. Filter the queue, then give it a name here.</p>}
      <ul class="saved-list">
        {found.map((view) => (
          <li key={view.id}>
            <button type="button" class="saved-open" data-testid="saved-view" aria-current={view.query === queueQuery(address) ? 'true' : undefined} onClick={() => open(view)}>
              <bdi>{view.name}</bdi>
              {!view.mine && <span class="soft"> by {view.by}</span>}
              {view.mine && view.shared && <span class="soft"> shared</span>}
            </button>
            {view.mine && (
              <Button look="quiet" square aria-label={`Remove the view ${view.name}`} onClick={() => void change(removeView(view.name))}>
                <Icon name="close" />
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Save save={(name, shared) => change(saveView({ name, shared, query: queueQuery(address) }))} />
      {problem && <p role="alert">{problem}</p>}
    </>
  )
}

function Save({ save }: { save(name: string, shared: boolean): Promise<boolean> }) {
  const [name, setName] = useState('')
  const [shared, share] = useState(false)
  const submit = (event: Event) => {
    event.preventDefault()
    if (!name.trim()) return
    void save(name.trim(), shared).then((stored) => stored && setName(''))
  }
  return (
    <form class="saved-make" onSubmit={submit}>
      <input class="vc-field" aria-label="Name of the view" placeholder="Save this view as" maxLength={60} value={name} data-testid="view-name" onInput={(event) => setName(event.currentTarget.value)} />
      <label class="filters-check">
        <input type="checkbox" checked={shared} onChange={(event) => share(event.currentTarget.checked)} /> for everybody
      </label>
      <Button type="submit" disabled={!name.trim()} data-testid="view-save">
        Save
      </Button>
    </form>
  )
}
