import { filterRows } from './filters.js'

export function startStatements(say) {
  const account = document.querySelector('[data-account]')
  const month = document.querySelector('[data-month]')
  for (const choice of [account, month]) {
    choice.addEventListener('change', () => load(account.value, month.value))
  }
  document.querySelector('[data-email]').addEventListener('click', () => {
    say('The statement is on its way to your inbox.')
  })
  // THE PLANTED FAULT: the button was renamed, its handler was not, so Export does nothing at all.
  document.querySelector('#download-statement')?.addEventListener('click', () => {
    location.assign(`/demo/api/statement?account=${account.value}&month=${month.value}`)
  })
}

async function load(account, month) {
  const rows = document.querySelector('[data-rows="statement"]')
  rows.setAttribute('aria-busy', 'true')
  const answer = await fetch(`/demo/api/statement?account=${account}&month=${month}`)
  const { transactions } = await answer.json()
  rows.replaceChildren(...transactions.map(asRow))
  rows.removeAttribute('aria-busy')
  filterRows('statement', document.querySelector('[data-filter="statement"]').value)
}

const money = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })

function asRow({ on, payee, category, amount }) {
  const row = document.createElement('tr')
  const cells = [
    ['when', day.format(new Date(on))],
    ['', payee],
    ['soft', category],
    [Number(amount) > 0 ? 'money in' : 'money', money.format(amount)],
  ]
  for (const [style, text] of cells) {
    const cell = row.insertCell()
    cell.className = style
    cell.textContent = text
  }
  return row
}
