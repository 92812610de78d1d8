// One intent being written: its title, its examples one per line, and the signs that imply it.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'
import { follow, go } from '../address'
import { CallFailed } from '../api'
import { useLoaded } from '../hooks'
import { useKeptForm } from '../kept_form'
import { KeptNotice } from '../kept_notice'
import { Failed, Loading } from '../states'
import { readIntent, retireIntent, saveIntent } from './api'
import type { IntentWhole } from './types'

const LIST = { page: 'room', room: 'intents', rest: '', query: {} } as const
const ENOUGH = 5

export function EditorPage({ id, title }: { id: number | null; title: string }) {
  const fresh: IntentWhole = { id: 0, name: '', title, description: '', examples: [], signs: [], version: '' }
  const intent = useLoaded(`intent ${id}`, () => (id === null ? Promise.resolve(fresh) : readIntent(id)))
  return (
    <section class="understanding understanding-narrow" data-testid="intent-editor">
      <p>
        <a {...follow(LIST)}>Intents</a>
      </p>
      {intent.value ? (
        <Editor key={`${id} ${intent.value.version}`} id={id} intent={intent.value} again={intent.again} />
      ) : intent.error ? (
        <Failed error={intent.error} retry={intent.again} />
      ) : (
        <Loading rows={6} label="Reading the intent" />
      )}
    </section>
  )
}

const lines = (text: string) => [...new Set(text.split('\n').map((line) => line.trim()).filter(Boolean))]

function Editor({ id, intent, again }: { id: number | null; intent: IntentWhole; again(): void }) {
  const written = { title: intent.title, description: intent.description, examples: intent.examples.join('\n'), signs: intent.signs.join('\n') }
  const form = useKeptForm(`intent.${id ?? `new.${intent.title}`}`, written, intent.version)
  const { title, description, examples, signs } = form.fields
  const [problem, setProblem] = useState<Error | null>(null)
  const [busy, setBusy] = useState(false)
  const [sure, askSure] = useState(false)
  const count = lines(examples).length
  const done = () => {
    form.forget()
    go(LIST)
  }
  const refused = (error: Error) => {
    setProblem(error)
    // What they saved is read; what is written here stays, and the writer is asked about it.
    if (error instanceof CallFailed && error.code === 'changed_meanwhile') again()
  }
  const run = (work: Promise<unknown>) => {
    setBusy(true)
    setProblem(null)
    work.then(done, refused).finally(() => setBusy(false))
  }
  const save = (event: Event) => {
    event.preventDefault()
    run(saveIntent(id, { title, description, examples: lines(examples), signs: lines(signs), edited: id === null ? null : form.of }))
  }
  return (
    <form class="card form" onSubmit={save}>
      <h1>{id === null ? 'New intent' : intent.title}</h1>
      <KeptNotice form={form} theirs="Another version" />
      <label class="form-field">
        <span>What the contact wants</span>
        <input class="vc-field" value={title} maxLength={200} required onInput={(event) => form.set({ title: event.currentTarget.value })} />
        <small class="soft">As people would read it, such as “When my card arrives”. It counts as an example, too.</small>
      </label>
      <label class="form-field">
        <span>Examples, one a line</span>
        <textarea class="vc-field form-examples" rows={12} value={examples} onInput={(event) => form.set({ examples: event.currentTarget.value })} />
        <small class={count < ENOUGH ? 'form-warn' : 'soft'}>
          {count === 1 ? '1 example' : `${count} examples`}
          {count < ENOUGH && `: fewer than ${ENOUGH} is guesswork. Take them from what contacts really wrote.`}
        </small>
      </label>
      <label class="form-field">
        <span>Pages and events that imply it, one per line</span>
        <textarea class="vc-field form-examples" rows={3} value={signs} placeholder={'/team/*\ntrack:invite_sent'} onInput={(event) => form.set({ signs: event.currentTarget.value })} />
        <small class="soft">Anyone on such a page is taken to want this, without saying so. Leave it empty if in doubt.</small>
      </label>
      <label class="form-field">
        <span>Note for colleagues</span>
        <textarea class="vc-field" rows={2} value={description} onInput={(event) => form.set({ description: event.currentTarget.value })} />
      </label>
      {problem && (
        <p class="understanding-problem" role="alert">
          {problem.message}
        </p>
      )}
      <footer class="form-foot">
        <Button type="submit" look="primary" disabled={busy || !title.trim() || form.behind}>
          Save
        </Button>
        <Button onClick={done}>Cancel</Button>
        {id !== null && (
          <span class="form-danger">
            {sure ? (
              <>
                <span class="soft">No contact will be taken to want it any more.</span>
                <Button look="danger" disabled={busy} onClick={() => run(retireIntent(id))}>
                  Retire it
                </Button>
              </>
            ) : (
              <Button look="quiet" onClick={() => askSure(true)}>
                Retire…
              </Button>
            )}
          </span>
        )}
      </footer>
    </form>
  )
}
