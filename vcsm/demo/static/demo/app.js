// The product's own shell: who is logged in, and pages without reloads.
import { startCards } from './cards.js'
import { startExchange } from './exchange.js'
import { startFilters } from './filters.js'
import { startPicker } from './picker.js'
import { startStatements } from './statements.js'
import { startTransfers } from './transfers.js'

// The widget loads by itself; what is called before it has loaded waits in `q`.
window.vcsm ||= (...call) => (window.vcsm.q ||= []).push(call)
window.vcsm('identify', JSON.parse(document.getElementById('identity').textContent))

const sections = [...document.querySelectorAll('[data-page-of]')]

function show(page) {
  for (const section of sections) section.hidden = section.dataset.pageOf !== page
  for (const item of document.querySelectorAll('.item')) {
    item.toggleAttribute('aria-current', item.dataset.route === (page === 'article' ? 'help' : page))
  }
  const heading = document.querySelector(`[data-page-of="${page}"] h1`)
  document.title = `${heading?.textContent ?? 'Overview'} · Northbank`
}

function pathOf(page) {
  return `/demo/${page === 'overview' ? '' : page}${location.search}`
}

function pageOf(path) {
  const parts = path.split('/').filter(Boolean)
  return parts.length > 2 ? 'article' : (parts[1] ?? 'overview')
}

document.addEventListener('click', event => {
  const link = event.target.closest('[data-route]')
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return
  event.preventDefault()
  if (pageOf(location.pathname) !== link.dataset.route) {
    history.pushState(null, '', pathOf(link.dataset.route))
  }
  show(link.dataset.route)
  scrollTo(0, 0)
})

addEventListener('popstate', () => {
  const page = pageOf(location.pathname)
  // Articles are rendered by the server, one at a time.
  if (sections.some(section => section.dataset.pageOf === page)) show(page)
  else location.reload()
})

let hide
function say(text) {
  const toast = document.querySelector('.toast')
  toast.textContent = text
  toast.hidden = false
  clearTimeout(hide)
  hide = setTimeout(() => (toast.hidden = true), 4000)
}

startFilters()
startPicker()
startTransfers(say)
startCards(say)
startStatements(say)
startExchange()
show(document.body.dataset.page)
