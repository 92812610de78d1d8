// The session or the membership has ended: says what happened, and shows every text not sent yet.
import { CallFailed, readMe } from './api'
import { CopyButton } from './copying'
import { Button } from '../shared/button'
import { useLoaded } from './hooks'
import { keptTexts } from './kept'
import { Empty } from './states'

const signIn = () => location.assign(`/console/login?next=${encodeURIComponent(location.pathname + location.search)}`)

export function SignedOut() {
  // Asked once more, because the closed socket does not say why it was closed.
  const me = useLoaded('me, signed out', readMe)
  const refused = me.error instanceof CallFailed ? me.error.code : ''
  const left = refused === 'no_member'
  return (
    <main class="signed-out" data-testid="signed-out" data-left={left}>
      {left ? (
        <Empty icon="person" title="You are not a member any more" whole>
          <p>An admin removed you from the workspace. Conversations you were speaking in are with the assistant and your colleagues again; what you said and judged stays yours.</p>
        </Empty>
      ) : refused === 'second_factor_needed' ? (
        <Empty icon="person" title="Your workspace asks for a second factor" whole>
          <p>An admin requires everyone to have one. Set yours up and continue where you were.</p>
          <Button look="primary" onClick={() => location.assign('/console/second-factor')} data-testid="set-up-factor">
            Set it up
          </Button>
        </Empty>
      ) : (
        <Empty icon="person" title="You are signed out" whole>
          <p>Your session ended. Sign in again to go on where you were.</p>
          <Button look="primary" onClick={me.value ? () => location.reload() : signIn} data-testid="sign-in-again">
            {me.value ? 'Go on' : 'Sign in again'}
          </Button>
        </Empty>
      )}
      <Kept texts={keptTexts()} left={left} />
    </main>
  )
}

function Kept({ texts, left }: { texts: string[]; left: boolean }) {
  if (texts.length === 0) return null
  return (
    <section class="kept" aria-label="Not sent yet">
      <h2>{texts.length === 1 ? 'One text was not sent' : `${texts.length} texts were not sent`}</h2>
      <p class="soft">{left ? 'They are only in this tab now: copy what you need.' : 'They stay in this tab and are where you wrote them when you are back.'}</p>
      {texts.map((text, place) => (
        <div key={place} class="kept-one">
          <p class="said-text" data-testid="kept-text">
            <bdi>{text}</bdi>
          </p>
          <CopyButton text={text} look="quiet" />
        </div>
      ))}
    </section>
  )
}
