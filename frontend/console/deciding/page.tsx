// When a person is called: what verdicts prove, how good the numbers are, who is on duty.
import { Icon } from '../../shared/icon'
import { useNow } from '../hooks'
import { Tabs } from '../room'
import type { RoomProps } from '../rooms'
import { Empty, Failed, Loading } from '../states'
import { ago } from '../words'
import { CertificatePage } from './certificate'
import './deciding.css'
import { DutyPage } from './duty'
import { PolicyPage, RefusedPolicy } from './policy'
import { ProbabilityPage } from './probability'
import { SilencePage } from './silence'
import type { Deciding } from './types'
import { useDeciding } from './use_deciding'

const TABS: [string, string][] = [
  ['', 'Certificate'],
  ['silence', 'Silence'],
  ['probability', 'Probability'],
  ['duty', 'Duty and budget'],
  ['policy', 'Policy'],
]

const HEADS: Record<string, [string, string]> = {
  '': ['Certificate', 'How many of the calls are false alarms, at most, and what that allows.'],
  silence: ['Silence', 'A random sample of the sessions in which nobody was called, to see what was missed.'],
  probability: ['Probability', 'The chance given before each verdict, compared with the verdict.'],
  duty: ['Duty and budget', 'Who is available when, and for how many minutes a day.'],
  policy: ['Policy', 'Budget, shares, quiet hours and what is at stake, as one file.'],
}

export default function DecidingPage({ address, me }: RoomProps) {
  const live = useDeciding()
  const found = live.read.value
  const head = HEADS[address.rest]
  return (
    <section class="deciding" data-testid="deciding">
      <header class="deciding-head">
        <div>
          <h1>{head?.[0] ?? 'Deciding'}</h1>
          <p class="soft">{head?.[1]}</p>
        </div>
        <Tabs room="deciding" rest={address.rest} label="Deciding" tabs={TABS} />
      </header>
      {live.problem && (
        <p class="note-line note-danger" role="alert">
          <Icon name="warning" /> {live.problem}
        </p>
      )}
      {!found && (live.read.error ? <Failed error={live.read.error} retry={live.read.again} /> : <Loading rows={8} label="Reading how calls are decided" />)}
      {found && <Notices found={found} />}
      {found && <RefusedPolicy found={found} />}
      {found && address.rest === '' && <CertificatePage found={found} live={live} />}
      {found && address.rest === 'silence' && <SilencePage found={found} live={live} />}
      {found && address.rest === 'probability' && <ProbabilityPage found={found} />}
      {found && address.rest === 'duty' && <DutyPage found={found} live={live} me={me} />}
      {found && address.rest === 'policy' && <PolicyPage key={found.policy_text} found={found} live={live} />}
      {!head && <Empty icon="search" title="There is no such page" />}
    </section>
  )
}

const NOTICES: Record<string, string> = {
  drift: 'Verdicts show that things have changed: the certificate is void until new ones prove something. What is in force stays in force until a lead changes it.',
  nobody_on_duty: 'Nobody is on duty. Contacts who ask for a person go to the leads; everything else waits until somebody is back.',
}

function Notices({ found }: { found: Deciding }) {
  const now = useNow()
  return (
    <>
      {found.notices.map(({ kind, at }) => (
        <p key={kind} class="note-line note-warn" role="status" data-testid={`notice-${kind}`}>
          <Icon name="warning" />
          <span>
            {NOTICES[kind]} <span class="soft">Since {ago(at, now)}.</span>
          </span>
        </p>
      ))}
    </>
  )
}
