// Brings a recorded target into one form, however the record writes it down: attributes in `attrs`
// or beside it, text under several names, only a name, or nothing.

export interface RecordedTarget {
  ref?: string
  tag?: string
  text?: string
  attrs?: Record<string, string>
  ancestors?: RecordedTarget[]
  stand_in?: boolean
  label_for?: RecordedTarget
  stack?: string[]
  [more: string]: unknown
}

/** Attributes that records also put beside `attrs`. */
const BESIDE = /^(role|href|type|id|class|name|title|download|contenteditable|tabindex|onclick|(aria|data)[-_].+)$/
/** Bare words that are a tag and not a name somebody gave. */
const TAGS = new Set(`html body main nav header footer section article div span p h1 h2 h3 h4 h5 h6 ul ol li
  table tr th td form fieldset label input textarea select option button a area img svg path canvas video audio
  iframe embed object summary details dialog hr br #text #document #shadow-root`.split(/\s+/))
const TEXTS = ['text', 'inner_text', 'innerText', 'text_content', 'textContent']

export function record(given: unknown): Record<string, unknown> {
  return typeof given === 'object' && given !== null && !Array.isArray(given) ? (given as Record<string, unknown>) : {}
}

/** Returns attributes as pairs; records give an object, or a list of names and values. */
function listed(given: unknown): [string, unknown][] {
  if (!Array.isArray(given)) return Object.entries(record(given))
  return given.map((one) => (Array.isArray(one) ? [String(one[0]), one[1]] : [String(record(one)['name']), record(one)['value'] ?? '']))
}

function attributesOf(given: Record<string, unknown>): Record<string, string> {
  const beside = Object.entries(given).filter(([name, value]) => BESIDE.test(name) && typeof value !== 'object')
  const classes = given['className'] ?? given['class_name'] ?? given['classes']
  const named = [
    ...(classes === undefined ? [] : [['class', [classes].flat().join(' ')] as const]),
    ...beside.map(([name, value]) => [name.replace(/_/g, '-'), value] as const),
    ...listed(given['attrs'] ?? given['attributes']),
  ]
  const attributes: Record<string, string> = {}
  for (const [name, value] of named) {
    const states = /^aria-/i.test(name)
    // A false or null attribute is absent, as with DOM properties; `aria-…="false"` says something.
    if (value === null || value === undefined || (value === false && !states)) continue
    attributes[name.toLowerCase()] = value === true && !states ? '' : String(value)
  }
  return attributes
}

/** Reads a simple selector: `a.card`, `div#main`, `a[href="/x"]`. */
function selected(given: string): RecordedTarget {
  const [tag = 'div'] = given.match(/^[#\w-]+?(?=[#.[]|$)/) ?? []
  const attrs: Record<string, string> = {}
  const classes: string[] = []
  for (const [part] of given.slice(tag.length).matchAll(/\.[\w-]+|#[\w-]+|\[[^\]]+\]/g)) {
    // `[href]` alone still says that the link leads somewhere.
    const [name = '', value = part === '[href]' ? '?' : ''] = part.slice(1).replace(/\]$/, '').split('=')
    if (part[0] === '.') classes.push(name)
    else if (part[0] === '#') attrs['id'] = name
    else attrs[name.toLowerCase()] = value.replace(/^["']|["']$/g, '')
  }
  return { tag, attrs: { ...attrs, ...(classes.length ? { class: classes.join(' ') } : {}) } }
}

/** Reads an ancestor, which may be given as such a selector. */
function around(given: unknown): RecordedTarget | undefined {
  return typeof given === 'string' ? selected(given) : targetOf(given)
}

/** Reads a word alone: a path of selectors, a tag, or the name of something that may be clicked. */
function worded(given: string): RecordedTarget {
  const [own = '', ...outer] = given.split(/\s*>\s*/).reverse()
  const one = selected(own)
  if (!TAGS.has((one.tag ?? '').toLowerCase()) || /\s/.test(own.replace(/\[[^\]]*\]/g, ''))) return { ref: given }
  return { ...one, ref: given, ...(outer.length ? { ancestors: outer.map(selected) } : {}) }
}

export function targetOf(given: unknown): RecordedTarget | undefined {
  if (typeof given === 'string') return worded(given)
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined
  const { ref, ancestors, label_for: label, ...rest } = given as Record<string, unknown>
  const tag = rest['tag'] ?? rest['tag_name'] ?? rest['tagName'] ?? rest['nodeName']
  const text = TEXTS.map((name) => rest[name]).find((one) => typeof one === 'string')
  const control = targetOf(label)
  const outer = Array.isArray(ancestors) ? ancestors.map(around).filter((one) => one !== undefined) : []
  return {
    ...rest,
    ...(ref === undefined || ref === null ? {} : { ref: String(ref) }),
    ...(typeof tag === 'string' ? { tag } : {}),
    attrs: attributesOf(given as Record<string, unknown>),
    text: typeof text === 'string' ? text : '',
    ancestors: outer,
    ...(control ? { label_for: control } : {}),
  } as RecordedTarget
}
