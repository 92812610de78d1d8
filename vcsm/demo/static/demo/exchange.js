export function startExchange() {
  const form = document.getElementById('exchange-form')
  form.addEventListener('submit', async event => {
    event.preventDefault()
    const rate = document.querySelector('[data-rate]')
    rate.textContent = 'Asking the desk…'
    const answer = await fetch(`/demo/api/quote?${new URLSearchParams(new FormData(form))}`)
    const quote = await answer.json()
    rate.textContent = answer.ok ? `1 ${form.elements.from.value} = ${quote.rate} ${form.elements.to.value}` : quote.detail
    document.querySelector('[data-receives]').value = quote.receives ?? '—'
  })
}
