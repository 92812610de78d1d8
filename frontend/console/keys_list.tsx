// The console's keys on one card. Loaded when somebody asks for it.
import { Button } from '../shared/button'
import { Modal } from './modal'

const KEYS: [string, string][] = [
  ['j  k', 'Next, previous'],
  ['Enter', 'Open'],
  ['x', 'Choose; Shift: a range'],
  ['J  K', 'Choose the next, the previous too'],
  ['a', 'Assign'],
  ['s', 'Snooze'],
  ['e', 'Resolve'],
  ['m', 'Merge what is chosen'],
  ['t', 'Take over, and keep using these keys'],
  ['r', 'Write the reply'],
  ['i', 'Note for members'],
  ['n', 'Show new work'],
  ['/', 'Find'],
  ['Ctrl K', 'Commands: go, do, find'],
  ['f', 'Filter the accounts'],
  ['g', 'Go to the queue'],
  ['Esc', 'Leave the field; close'],
  ['?', 'This list'],
]

export default function Keys({ close }: { close(): void }) {
  return (
    <Modal class="dialog" aria-labelledby="keys-title" close={close} data-testid="keys">
      <h2 id="keys-title">Keys</h2>
      <dl class="keys">
        {KEYS.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <footer class="dialog-foot">
        <Button onClick={close}>Close</Button>
      </footer>
    </Modal>
  )
}
