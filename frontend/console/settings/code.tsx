// Code to copy, with a button that says whether it worked.
import { CopyButton } from '../copying'

export function Code({ code, label, testid }: { code: string; label: string; testid?: string }) {
  return (
    <div class="code">
      <pre class="snippet" tabIndex={0} role="region" aria-label={label} data-testid={testid}>
        <code>{code}</code>
      </pre>
      <CopyButton text={code} label={label} />
    </div>
  )
}
