// Search boxes that narrow the rows beside them; the help centre's also tells VCSM what was sought.
export function startFilters() {
  for (const box of document.querySelectorAll('[data-filter], [data-search]')) {
    const name = box.dataset.filter ?? 'help'
    box.addEventListener('input', () => filterRows(name, box.value))
  }
  const search = document.querySelector('[data-search]')
  search.addEventListener('change', () => {
    const results = filterRows('help', search.value)
    if (search.value) window.vcsm('track', 'search', { query: search.value, results })
  })
}

export function filterRows(name, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  let found = 0
  for (const row of document.querySelectorAll(`[data-rows="${name}"] tr, [data-rows="${name}"] li`)) {
    const content = row.textContent.toLowerCase()
    row.hidden = !words.every(word => content.includes(word))
    if (!row.hidden) found++
  }
  document.querySelector(`[data-none="${name}"]`).hidden = found > 0
  return found
}
