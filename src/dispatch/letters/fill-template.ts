/** Fills the named slots of a text; the language is described in `templates/README.md`. */
import { Fault } from '../../platform/errors.ts'

type Slot = string | number | boolean | null | readonly Slots[]
export interface Slots {
  readonly [name: string]: Slot | undefined
}

const tag = /\{\{([#^/]?)([a-zA-Z]+)\}\}/u

/** Throws `template-wrong` for a slot that has no value and for a section that is not closed. */
export function fillTemplate(template: string, slots: Slots): string {
  // A line that holds only the mark of a section leaves no line behind.
  const tidy = template.replaceAll('\r\n', '\n').replaceAll(/^[ \t]*(\{\{[#^/][a-zA-Z]+\}\})[ \t]*\n/gmu, '$1')
  return fillSection(tidy, [slots])
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim()
}

function fillSection(template: string, scopes: readonly Slots[]): string {
  let rest = template
  let filled = ''
  for (let found = tag.exec(rest); found; found = tag.exec(rest)) {
    const [whole, mark = '', name = ''] = found
    filled += rest.slice(0, found.index)
    rest = rest.slice(found.index + whole.length)
    if (mark === '/') throw new Fault('template-wrong', `函件模板中 {{/${name}}} 没有对应的开头`)
    const value = lookUp(name, scopes)
    if (mark === '') {
      if (value === undefined || value === null || typeof value === 'object')
        throw new Fault('template-wrong', `函件模板中的 {{${name}}} 没有内容`)
      filled += String(value)
      continue
    }
    const end = endOfSection(rest, name)
    const inner = rest.slice(0, end)
    rest = rest.slice(end + `{{/${name}}}`.length)
    filled += mark === '#' ? repeat(inner, value, scopes) : isEmpty(value) ? fillSection(inner, scopes) : ''
  }
  return filled + rest
}

function repeat(inner: string, value: Slot | undefined, scopes: readonly Slots[]): string {
  if (isEmpty(value)) return ''
  if (typeof value !== 'object' || value === null) return fillSection(inner, scopes)
  return value.map((entry, index) => fillSection(inner, [{ ...entry, index: index + 1 }, ...scopes])).join('')
}

function endOfSection(text: string, name: string): number {
  const end = text.indexOf(`{{/${name}}}`)
  if (end < 0) throw new Fault('template-wrong', `函件模板中 {{#${name}}} 没有结尾`)
  return end
}

const isEmpty = (value: Slot | undefined): boolean =>
  value === undefined || value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0)

function lookUp(name: string, scopes: readonly Slots[]): Slot | undefined {
  for (const scope of scopes) if (name in scope) return scope[name]
  return undefined
}
