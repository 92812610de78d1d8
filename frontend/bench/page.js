// A page of 5,000 elements that changes 60 times a second, and counts its long tasks.

const ELEMENTS = 5000
const RATE = 60

const main = document.querySelector('main')
for (let row = 0; row < ELEMENTS / 10; row++) {
  const line = document.createElement('div')
  line.className = 'row'
  for (let i = 0; i < 9; i++) {
    const cell = document.createElement(i < 2 ? 'button' : 'span')
    cell.textContent = `${row}.${i} `
    line.append(cell)
  }
  main.append(line)
}
const cells = main.querySelectorAll('span')
let turn = 0
setInterval(() => {
  const cell = cells[(turn = (turn + 7) % cells.length)]
  cell.textContent = String(turn)
  cell.parentElement.classList.toggle('changed')
}, 1000 / RATE)
// Long enough for the profiler to see: every press starts with a sample of this function.
window.addEventListener('pointerdown', function markPress() {
  const until = performance.now() + 0.5
  while (performance.now() < until);
}, true)
main.addEventListener('click', (event) => event.target.closest('.row')?.classList.toggle('chosen'))

window.meter = { tasks: [] }
new PerformanceObserver((list) => window.meter.tasks.push(...list.getEntries().map((one) => one.duration)))
  .observe({ type: 'longtask' })
