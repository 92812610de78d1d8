// The button in the corner, built by hand rather than by Preact because it is on every page from
// the start. The number on it and its hover style come with the panel.
const SVG = 'http://www.w3.org/2000/svg'
const BUBBLE = 'M4.5 5.5h15v11H11l-4.5 3.5v-3.5h-2zM8.5 9.5h7M8.5 12.5h4.5'

export function createLauncher(label: string): HTMLButtonElement {
  const button = document.createElement('button')
  button.className = 'launcher'
  const svg = create(button, 'svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' })
  create(svg, 'path', { d: BUBBLE })
  const named = { type: 'button', 'data-vcsm': 'launcher', 'aria-haspopup': 'dialog', 'aria-label': label }
  for (const [name, value] of Object.entries(named)) button.setAttribute(name, value)
  return button
}

function create(parent: Element, tag: string, attributes: Record<string, string>): Element {
  const element = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  parent.append(element)
  return element
}
