// Teams that own pages: their pages, the problems there, and their deadlines. Yours comes first, if
// a team has your e-mail address.
import { follow, type RoomAddress } from '../address'
import { call } from '../api'
import { useLoaded } from '../hooks'
import { Empty, Failed, Loading } from '../states'
import { ProblemTable } from './table'
import type { Problems, Team } from './types'

export function OwnersView({ address }: { address: RoomAddress }) {
  const found = useLoaded('problems owners', () => call<Problems>('/problems'))
  if (found.error) return <Failed error={found.error} retry={found.again} />
  if (!found.value) return <Loading rows={6} label="Reading the owners" />
  const { teams } = found.value
  const chosen = teams.find(({ id }) => String(id) === address.query['team']) ?? teams.find(({ mine }) => mine) ?? teams[0]
  if (!chosen)
    return (
      <Empty icon="flag" title="No page has an owner yet">
        <p>Give pages to teams in the set-up: a pattern such as /pay/* and how soon a problem there is to be acknowledged.</p>
      </Empty>
    )
  return (
    <>
      <nav class="choices" aria-label="Owner">
        {teams.map((team) => (
          <a key={team.id} {...follow({ ...address, query: { ...address.query, team: String(team.id) } })} class="choice" aria-current={team.id === chosen.id ? 'page' : undefined}>
            <bdi>{team.name}</bdi>
            {team.mine && ' (yours)'} <span class="soft">{team.standing}</span>
          </a>
        ))}
      </nav>
      <Owned team={chosen} />
    </>
  )
}

function Owned({ team }: { team: Team }) {
  const found = useLoaded(`problems of ${team.id}`, () => call<Problems>(`/problems?view=standing&team=${team.id}`))
  if (found.error) return <Failed error={found.error} retry={found.again} />
  if (!found.value) return <Loading rows={4} label="Reading their problems" />
  const { problems } = found.value
  return (
    <>
      <p data-testid="owned-pages">
        Pages: {team.pages.length ? team.pages.map((page) => <code key={page}>{page} </code>) : 'none'}
        {team.late > 0 && <strong class="late"> {team.late} not acknowledged in time</strong>}
      </p>
      {problems.length ? <ProblemTable problems={problems} /> : <Empty icon="check" title="No open problem on these pages" />}
    </>
  )
}
