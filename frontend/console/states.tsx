// What a pane shows when it has nothing to show: loading, empty, failed.
import type { ComponentChildren } from 'preact'
import { Button } from '../shared/button'
import { Icon, type IconName } from '../shared/icon'
import { CallFailed } from './api'

export function Loading({ rows = 5, label }: { rows?: number; label: string }) {
  return (
    <div class="skeleton" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} class="skeleton-row">
          <span class="skeleton-line skeleton-wide" />
          <span class="skeleton-line" />
        </div>
      ))}
    </div>
  )
}

interface Whole {
  /** Whether this is the whole page, so that its heading is the page's own. */
  whole?: boolean
}

interface EmptyProps extends Whole {
  icon: IconName
  title: string
  children?: ComponentChildren
}

export function Empty({ icon, title, whole = false, children }: EmptyProps) {
  const Heading = whole ? 'h1' : 'h2'
  return (
    <div class="blank">
      <span class="blank-icon">
        <Icon name={icon} />
      </span>
      <Heading>{title}</Heading>
      <div class="blank-text">{children}</div>
    </div>
  )
}

export function Failed({ error, retry, whole = false }: Whole & { error: Error; retry?: () => void }) {
  const Heading = whole ? 'h1' : 'h2'
  if (error instanceof CallFailed && error.status === 404)
    return (
      <Empty icon="search" title="There is nothing at this address" whole={whole}>
        <p>It may belong to another workspace, or be gone, or the link is broken.</p>
      </Empty>
    )
  return (
    <div class="blank blank-failed" role="alert">
      <span class="blank-icon">
        <Icon name="warning" />
      </span>
      <Heading>This could not be read</Heading>
      <div class="blank-text">
        <p>{error.message}</p>
        {retry && <Button onClick={retry}>Try again</Button>}
      </div>
    </div>
  )
}
