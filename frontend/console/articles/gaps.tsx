// Questions that no article answers, most asked first, each one click from writing its article.
import { follow } from '../address'
import { useNow } from '../hooks'
import { Empty } from '../states'
import { ago } from '../words'
import type { Gap } from './types'

export function GapList({ gaps }: { gaps: Gap[] }) {
  const now = useNow()
  if (gaps.length === 0)
    return (
      <Empty icon="check" title="Every question had an answer">
        <p>What contacts ask and no article answers appears here.</p>
      </Empty>
    )
  return (
    <ul class="clusters">
      {gaps.map((gap) => (
        <li key={gap.title} class="card gap" data-testid="gap">
          <div>
            <h2 class="cluster-title" dir="auto">
              “{gap.title}”
            </h2>
            <p class="soft">
              Asked {gap.asked === 1 ? 'once' : `${gap.asked} times`}, last {ago(gap.last_at, now)}
            </p>
            {gap.questions.length > 1 && (
              <ul class="gap-questions">
                {gap.questions.slice(1, 5).map((question) => (
                  <li key={question} dir="auto">
                    {question}
                  </li>
                ))}
              </ul>
            )}
          </div>
          <a class="vc-button vc-button-plain" {...follow({ page: 'room', room: 'articles', rest: 'new', query: { title: gap.title.slice(0, 200) } })}>
            Write the article
          </a>
        </li>
      ))}
    </ul>
  )
}
