// Code to copy, with a button that says whether it worked.
import { useState } from 'preact/hooks'
import { Button } from '../../shared/button'

export function Code({ code, label, testid }: { code: string; label: string; testid?: string }) {
  const [said, say] = useState('')
  const copy = () =>
    void navigator.clipboard.writeText(code).then(
      () => say('Copied'),
      () => say('Your browser did not allow it: select the text and copy it.'),
    )
  return (
    <div class="code">
      <pre class="snippet" tabIndex={0} role="region" aria-label={label} data-testid={testid}>
        <code>{code}</code>
      </pre>
      <Button onClick={copy} aria-label={`Copy: ${label}`}>
        Copy
      </Button>
      <span class="soft" role="status">
        {said}
      </span>
    </div>
  )
}
