// A date picker: many clicks on the same buttons, all of them answered.
export function startPicker() {
  for (const opener of document.querySelectorAll('[data-picker]')) {
    opener.addEventListener('click', () => toggle(opener))
  }
}

const title = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' })
const short = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

function toggle(opener) {
  const open = document.querySelector('.calendar')
  if (open) return open.remove()
  const today = new Date()
  const calendar = document.createElement('div')
  calendar.className = 'calendar'
  calendar.setAttribute('role', 'dialog')
  calendar.setAttribute('aria-label', 'Choose a date')
  opener.closest('.card').append(calendar)
  draw(calendar, new Date(today.getFullYear(), today.getMonth(), 1), chosen => {
    opener.textContent = short.format(chosen)
    calendar.remove()
    opener.focus()
  })
}

function draw(calendar, first, choose) {
  const head = document.createElement('div')
  head.className = 'row'
  const name = document.createElement('b')
  name.textContent = title.format(first)
  const turn = by => draw(calendar, new Date(first.getFullYear(), first.getMonth() + by, 1), choose)
  head.append(
    button('‹', 'Month before', 'month-before', () => turn(-1)),
    name,
    button('›', 'Month after', 'month-after', () => turn(1)),
  )
  const days = document.createElement('div')
  days.className = 'days'
  const count = new Date(first.getFullYear(), first.getMonth() + 1, 0).getDate()
  const offset = (first.getDay() + 6) % 7
  for (let blank = 0; blank < offset; blank++) days.append(document.createElement('span'))
  for (let day = 1; day <= count; day++) {
    const date = new Date(first.getFullYear(), first.getMonth(), day)
    days.append(button(String(day), short.format(date), 'day', () => choose(date)))
  }
  calendar.replaceChildren(head, days)
}

function button(text, label, testId, act) {
  const made = document.createElement('button')
  made.type = 'button'
  made.textContent = text
  made.setAttribute('aria-label', label)
  made.dataset.testid = testId
  made.addEventListener('click', act)
  return made
}
