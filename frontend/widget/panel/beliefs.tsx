// What we believe about the contact, and why a person was called or not: the contact can see it,
// correct it, ask for a copy and have it erased.
import { Icon } from '../../shared/icon.tsx'
import type { BelievedFriction, Call } from '../../protocol/protocol.ts'
import type { Texts } from '../languages/en.ts'
import { Card } from './card.tsx'
import { momentOf } from './dates.ts'
import type { PartProps } from './dialog.tsx'
import { Goal } from './goal.tsx'

/** Groups the detectors' kinds into what a contact would call them. */
const GROUPS: Record<string, keyof Texts['friction']> = {
  rage: 'clicks', dead: 'clicks', disabled: 'clicks', dead_swipe: 'clicks', thrashed_cursor: 'clicks',
  error: 'errors', error_burst: 'errors', error_click: 'errors', failing_request: 'errors',
  form_abandonment: 'forms', form_hesitation: 'forms', form_reentry: 'forms', validation_loop: 'forms', stalled_step: 'forms',
  slow_interaction: 'slow', slow_page: 'slow', refresh_loop: 'slow',
  search_struggle: 'search', repeated_question: 'search', help_visit: 'search',
}

export function Beliefs({ view, deeds, texts }: PartProps) {
  const { friction = [], calls = [] } = view.home ?? {}
  return (
    <div class="home" data-vcsm="believed" tabIndex={0} role="region" aria-label={texts.beliefsTitle}>
      <h3 class="page-title">{texts.beliefsTitle}</h3>
      {view.home?.goal && <Goal goal={view.home.goal} texts={texts} deeds={deeds} />}
      <Card title={texts.frictionTitle} name="friction">
        {!friction.length && <p class="empty">{texts.nothingKnown}</p>}
        <ul class="lines">
          {friction.map((one) => (
            <Struggle key={one.subject} one={one} texts={texts} onWrong={() => deeds.tell({ type: 'dispute', subject: one.subject })} />
          ))}
        </ul>
      </Card>
      {calls.length > 0 && (
        <Card title={texts.callsTitle} name="calls">
          <ul class="lines">
            {calls.map((one) => <Reason key={one.at} call={one} texts={texts} />)}
          </ul>
        </Card>
      )}
      <YourData texts={texts} deeds={deeds} />
    </div>
  )
}

/** Asked in the conversation: the person who answers knows who may have a copy or an erasure. */
function YourData({ texts, deeds }: Pick<PartProps, 'texts' | 'deeds'>) {
  return (
    <Card title={texts.dataTitle} name="data">
      <p class="empty">{texts.dataMore}</p>
      <p class="data-asks">
        <button type="button" class="link" data-vcsm="ask-copy" onClick={() => deeds.say(texts.askCopy)}>{texts.dataCopy}</button>
        <button type="button" class="link" data-vcsm="ask-erase" onClick={() => deeds.say(texts.askErase)}>{texts.dataErase}</button>
      </p>
    </Card>
  )
}

function Struggle({ one, texts, onWrong }: { one: BelievedFriction; texts: Texts; onWrong: () => void }) {
  return (
    <li class="line" data-disputed={one.disputed}>
      <Icon name="warning" />
      <span class="row-words">
        <span class="line-title">{texts.friction[GROUPS[one.kind] ?? 'lost']}</span>
        <span><bdi>{one.page}</bdi> · {texts.times(one.count)} · {momentOf(one.at, texts.language)}</span>
        {one.disputed
          ? <span class="noted" role="status">{texts.noted}</span>
          : <button type="button" class="link" data-vcsm="wrong" onClick={onWrong}>{texts.wrong}</button>}
      </span>
    </li>
  )
}

function Reason({ call, texts }: { call: Call; texts: Texts }) {
  const code = !call.called && call.reason === 'friction' ? 'offered' : call.reason
  const why = code in texts.reasons ? texts.reasons[code as keyof Texts['reasons']] : texts.reasons.other
  return (
    <li class="line">
      <Icon name={call.called ? 'person' : 'circle'} />
      <span class="row-words">
        <span class="line-title">{call.called ? texts.called : texts.notCalled}</span>
        <span>{why} · {momentOf(call.at, texts.language)}</span>
      </span>
    </li>
  )
}
