export function startTransfers(say) {
  const form = document.getElementById('transfer-form')
  form.addEventListener('submit', event => {
    event.preventDefault()
    const problem = form.querySelector('.problem')
    const recipient = form.elements.recipient.value.trim()
    const amount = form.elements.amount.value.trim()
    problem.hidden = Boolean(recipient && amount)
    problem.textContent = 'A transfer needs a recipient and an amount.'
    if (problem.hidden) send(form, recipient, centsOf(amount), say)
  })
}

// THE SECOND PLANTED FAULT: an amount with a comma matches nothing, and the error goes unseen.
function centsOf(amount) {
  const [, whole, cents] = amount.match(/^(\d+)(?:\.(\d{1,2}))?$/)
  return Number(whole) * 100 + Number((cents ?? '').padEnd(2, '0'))
}

async function send(form, recipient, cents, say) {
  const answer = await fetch('/demo/api/transfer', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-CSRFToken': form.elements.csrfmiddlewaretoken.value,
    },
    body: JSON.stringify({ recipient, cents }),
  })
  if (!answer.ok) return say('The transfer was not taken. Please try again.')
  const row = document.querySelector('[data-sent]').insertRow(0)
  row.insertCell().textContent = recipient
  const amount = row.insertCell()
  amount.className = 'money'
  amount.textContent = (cents / 100).toFixed(2)
  const tag = document.createElement('span')
  tag.className = 'tag'
  tag.textContent = 'Sent'
  row.insertCell().append(tag)
  form.reset()
  say('Sent.')
}
