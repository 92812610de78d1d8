export function startCards(say) {
  const freeze = document.querySelector('[data-freeze]')
  freeze.addEventListener('click', () => {
    const frozen = document.querySelector('[data-plastic]').classList.toggle('frozen')
    freeze.textContent = frozen ? 'Unfreeze' : 'Freeze'
    freeze.setAttribute('aria-pressed', String(frozen))
  })
  document.querySelector('[data-pin]').addEventListener('click', () => {
    document.querySelector('[data-pin-value]').toggleAttribute('hidden')
  })
  const amount = document.querySelector('[data-stepper] output')
  for (const step of document.querySelectorAll('[data-step]')) {
    step.addEventListener('click', () => {
      const cards = Math.min(20, Math.max(1, Number(amount.value) + Number(step.dataset.step)))
      amount.value = String(cards)
      document.querySelector('[data-price]').textContent = `€ ${(cards - 1) * 5}`
    })
  }
  document.querySelector('[data-order]').addEventListener('click', () => {
    say(`${amount.value} ordered. They arrive in five to seven working days.`)
    window.vcsm('track', 'cards_ordered', { cards: Number(amount.value) })
  })
}
