// The workspace's set-up: the widget in the product, and everything an admin or a lead decides.
import '../style/rows.css'
import './settings.css'
import { Tabs } from '../room'
import type { RoomProps } from '../rooms'
import { Empty, Failed, Loading } from '../states'
import type { Me } from '../types'
import { FlowsPage } from './flows'
import { HelpPage } from './help'
import { IdentityPage } from './identity'
import { InstallPage } from './install'
import { KeysPage } from './keys'
import { LettersPage } from './letters'
import { MembersPage } from './members'
import { TeamsPage } from './teams'
import type { Overview } from './types'
import { type Change, useChange, useSetup } from './use_setup'
import { WorkspacePage } from './workspace'

const TABS: [string, string][] = [
  ['', 'Install'],
  ['workspace', 'Workspace'],
  ['keys', 'Keys'],
  ['identity', 'Identity'],
  ['members', 'Members'],
  ['flows', 'Flows'],
  ['help', 'Help and hours'],
  ['pages', 'Pages'],
  ['failed', 'Failed work'],
]

export interface PartProps {
  setup: Overview
  change: Change
  me: Me
  again(): void
}

export default function SettingsPage({ address, me }: RoomProps) {
  const setup = useSetup()
  const change = useChange(setup.put)
  return (
    <section class="friction settings" data-testid="settings">
      <header class="page-head">
        <div>
          <h1>Set-up</h1>
          <p class="soft">Every change is kept in the audit.</p>
        </div>
        <Tabs room="settings" rest={address.rest} tabs={TABS} label="Set-up" />
      </header>
      {change.problem && (
        <p class="card settings-problem" role="alert">
          {change.problem}
        </p>
      )}
      {setup.value ? <Part place={address.rest} setup={setup.value} change={change} me={me} again={setup.again} /> : setup.error ? <Failed error={setup.error} retry={setup.again} /> : <Loading rows={6} label="Reading the set-up" />}
    </section>
  )
}

function Part({ place, ...rest }: PartProps & { place: string }) {
  switch (place) {
    case '':
      return <InstallPage {...rest} />
    case 'workspace':
      return <WorkspacePage {...rest} />
    case 'keys':
      return <KeysPage {...rest} />
    case 'identity':
      return <IdentityPage {...rest} />
    case 'members':
      return <MembersPage {...rest} />
    case 'flows':
      return <FlowsPage {...rest} />
    case 'help':
      return <HelpPage {...rest} />
    case 'pages':
      return <TeamsPage {...rest} />
    case 'failed':
      return <LettersPage {...rest} />
    default:
      return <Empty icon="search" title="There is no such page" />
  }
}
