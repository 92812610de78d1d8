// Makes an rrweb event fit to leave the page: text becomes stars, values and addresses vanish, and
// only attributes that shape the look remain. The console masks stored events again before it plays
// them, so that nothing depends on who recorded them.
import { maskPath } from '../capture/sensors/routes.ts'
import { HIDDEN_VALUE, maskAttributes, maskSheet, maskStyle, maskText } from './attributes.ts'
import {
  ADOPTED_STYLE, CDATA, COMMENT, type Dict, ELEMENT, FULL_SNAPSHOT, INCREMENTAL, INPUT, type Json, META, MUTATION,
  PLACES, type ReplayEvent, STYLE_DECLARATION, STYLE_RULE, TEXT,
} from './rrweb.ts'

const list = (value: Json | undefined): Dict[] => (Array.isArray(value) ? (value as Dict[]) : [])

export class Mask {
  /** Numbers of the page's `<style>` elements and the texts in them: rules, not words. */
  private sheets = new Set<Json | undefined>()

  /** Returns the event as it may be kept, or null for kinds that are not needed. */
  event({ type, timestamp, data }: ReplayEvent): ReplayEvent | null {
    const masked = this.data(type, data)
    return masked && { type, timestamp, data: masked }
  }

  private data(type: number, data: Dict): Dict | null {
    if (type === META) return { href: maskHref(data.href), width: data.width, height: data.height }
    if (type === INCREMENTAL) return this.incremental(data)
    if (type !== FULL_SNAPSHOT) return null
    this.sheets.clear()
    return { node: this.node(data.node as Dict), initialOffset: data.initialOffset }
  }

  private incremental(data: Dict): Dict | null {
    const source = data.source as number
    if (PLACES.has(source)) return data
    switch (source) {
      case MUTATION:
        return this.mutation(data)
      case INPUT:
        return { source, id: data.id, text: data.text && HIDDEN_VALUE, isChecked: false }
      case STYLE_RULE:
        return maskRules(data)
      case STYLE_DECLARATION:
        return { ...data, set: maskDeclaration(data.set) }
      case ADOPTED_STYLE:
        return { ...data, styles: list(data.styles).map((style) => ({ ...style, rules: withRules(style.rules) })) }
      default:
        return null
    }
  }

  private mutation(data: Dict): Dict {
    const adds = list(data.adds).map((add) => ({ ...add, node: this.node(add.node as Dict, this.sheets.has(add.parentId)) }))
    return {
      source: MUTATION,
      removes: data.removes,
      adds,
      texts: list(data.texts).map(({ id, value }) => ({ id, value: this.text(value, this.sheets.has(id)) })),
      attributes: list(data.attributes).map((one) => ({ id: one.id, attributes: maskAttributes(one.attributes, '') })),
    }
  }

  private node(node: Dict, inSheet = false): Dict {
    const { type } = node
    if (type === TEXT || type === CDATA || type === COMMENT) {
      if (inSheet) this.sheets.add(node.id)
      const text = type === TEXT ? this.text(node.textContent, inSheet || node.isStyle === true) : ''
      return { ...node, textContent: text }
    }
    const kept: Dict = { ...node }
    let isSheet = false
    if (type === ELEMENT) {
      const tag = String(node.tagName)
      isSheet = tag === 'style'
      if (isSheet) this.sheets.add(node.id)
      kept.attributes = maskAttributes(node.attributes, tag)
    }
    if (node.childNodes) kept.childNodes = list(node.childNodes).map((child) => this.node(child, isSheet))
    return kept
  }

  private text(text: Json | undefined, isSheet: boolean): string | null {
    if (typeof text !== 'string') return null
    return isSheet ? maskSheet(text) : maskText(text)
  }
}

/** Returns where the contact was, without what identifies anybody; '' for what is no address. */
function maskHref(href: Json | undefined): string {
  try {
    const { origin, pathname } = new URL(String(href))
    return origin + maskPath(pathname)
  } catch {
    return ''
  }
}

function withRules(rules: Json | undefined): Dict[] {
  return list(rules).map((rule) => ({ ...rule, rule: maskSheet(String(rule.rule ?? '')) }))
}

function maskRules(data: Dict): Dict {
  const kept: Dict = { ...data }
  if (data.adds) kept.adds = withRules(data.adds)
  for (const whole of ['replace', 'replaceSync']) if (typeof data[whole] === 'string') kept[whole] = maskSheet(data[whole])
  return kept
}

function maskDeclaration(set: Json | undefined): Json | undefined {
  if (typeof set !== 'object' || set === null || Array.isArray(set)) return undefined
  return { ...set, value: maskStyle(String(set.value ?? '')) }
}
