// Links to the product's own pages, where a member sees each element's friction in place.
import { useState } from 'preact/hooks'
import { call } from '../api'
import { Icon } from '../../shared/icon'
import type { PageLine } from './types'

interface Pass {
  token: string
  minutes: number
  origins: string[]
}

const PAGES = 12

export function Overlay({ pages }: { pages: PageLine[] }) {
  const [pass, setPass] = useState<Pass | null>(null)
  const [failed, setFailed] = useState(false)
  const ask = () => {
    setFailed(false)
    call<Pass>('/friction/inspect', {}).then(setPass, () => setFailed(true))
  }
  if (!pages.length) return null
  return (
    <section class="card" aria-label="On the pages themselves">
      <h3>On the pages themselves</h3>
      {!pass && (
        <button type="button" class="vc-button vc-button-plain" data-testid="inspect" onClick={ask}>
          <Icon name="search" /> Show it on a page
        </button>
      )}
      {failed && <p role="alert">That did not work. Try again.</p>}
      {pass?.origins.length === 0 && <Typed token={pass.token} />}
      {pass?.origins.map((origin) => (
        <ul class="plain" key={origin}>
          {pages.slice(0, PAGES).map(({ page }) => (
            <li key={page}>
              <a href={`${origin}${page.startsWith('/') ? page : '/'}#vcsm-inspect=${pass.token}`} target="_blank" rel="noopener noreferrer">
                <bdi>
                  {origin}
                  {page}
                </bdi>
              </a>
            </li>
          ))}
        </ul>
      ))}
      {pass && <p class="soft">Opens your product with the friction of each element in place. Good for {pass.minutes} minutes, in your browser only; Escape ends it.</p>}
    </section>
  )
}

/** The key's origins may leave the port open, as in development: the member types the address. */
function Typed({ token }: { token: string }) {
  const [address, setAddress] = useState('')
  const whole = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)
  return (
    <p>
      <label>
        Address of a page of your product{' '}
        <input class="vc-field" type="url" placeholder="http://localhost:3000/" value={address} onInput={(event) => setAddress(event.currentTarget.value)} />
      </label>{' '}
      {whole && (
        <a href={`${address.split('#')[0]}#vcsm-inspect=${token}`} target="_blank" rel="noopener noreferrer">
          Open it
        </a>
      )}
    </p>
  )
}
