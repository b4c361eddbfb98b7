/**
 * A page with seals that have no colour may be read twice, as it is and without the lines of the seals. What they say together:
 * the first reading stands unless it is in doubt, and nothing becomes certain by the second.
 */
import type { PageContent, PaperOnPage } from '../page.ts'
import { meets } from './text/geometry.ts'

type Fields = PaperOnPage['fields']
type Field = Fields[string]

/** What speaks for a reading by itself. */
const holding = new Set(['check-digit', 'region', 'dictionary', 'term-holds'])
/** What is told of a place where nothing was found. */
const blank = ['no-ink', 'not-on-this-paper']
/** What a value that was not found before must be read with. */
const legible = 0.6

/** Whether a seal may have spoilt a value: one in doubt beneath it, or one that was not found. */
export function isTornBySeals(papers: readonly PaperOnPage[], { seals, width, height }: PageContent): boolean {
  const isNear = ({ box }: Field): boolean =>
    box === null ||
    seals.some((seal) => {
      const place = { x: box[0] * width, y: box[1] * height, width: box[2] * width, height: box[3] * height }
      return seal.color === 'gray' && meets(seal.box, place)
    })
  return papers.some(({ fields }) => Object.values(fields).some((field) => !field.certain && isNear(field)))
}

/** The papers of the first reading with what the second says better; papers that are not the same in both stay as they are. */
export function joinReadings(first: readonly PaperOnPage[], second: readonly PaperOnPage[]): readonly PaperOnPage[] {
  if (first.length !== second.length || first.some(({ kind }, at) => kind !== second[at]!.kind)) return first
  return first.map((paper, at) => ({ ...paper, fields: joinFields(paper.fields, second[at]!.fields) }))
}

function joinFields(first: Fields, second: Fields): Fields {
  return Object.fromEntries(
    Object.entries(first).map(([name, own]): [string, Field] => {
      const other = second[name]
      if (!other) return [name, own]
      const others = [...Object.entries(first), ...Object.entries(second)].flatMap(([field, { value }]) => (field === name ? [] : [value]))
      if (tookIn(other.value, own.value, others)) return [name, own]
      return [name, (!own.certain && tookIn(own.value, other.value, others)) || isBetter(own, other) ? { ...other, certain: false } : own]
    }),
  )
}

/** Whether one reading goes on where the other ends, with the value of another field whose label the seal hides. */
function tookIn(long: Field['value'], short: Field['value'], others: readonly Field['value'][]): boolean {
  if (typeof long !== 'string' || typeof short !== 'string' || short === '' || !long.startsWith(short)) return false
  const rest = long.slice(short.length)
  return others.some((value) => typeof value === 'string' && value.length >= 2 && rest.includes(value))
}

function isBetter(own: Field, other: Field): boolean {
  const has = ({ evidence = [] }: Field, names: Iterable<string>): number => [...names].filter((one) => evidence.includes(one)).length
  if (own.certain || other.value === null || has(own, blank) > 0) return false
  if (JSON.stringify(own.value) === JSON.stringify(other.value)) return false
  const legibility = (field: Field): number => field.legibility ?? field.confidence
  if (own.value === null) return legibility(other) >= legible
  const [held, heldOther] = [has(own, holding), has(other, holding)]
  if (held !== heldOther) return heldOther > held
  // Beneath a seal characters are passed over rather than made up: of two readings alike the one with more of them.
  if (isWithin(own.value, other.value)) return true
  if (isWithin(other.value, own.value)) return false
  const doubts = ['gap', 'faint', 'mended', 'unusual', 'cut-short', 'ink-beside']
  const [doubt, doubtOther] = [has(own, doubts), has(other, doubts)]
  return doubt === doubtOther ? legibility(other) > legibility(own) : doubtOther < doubt
}

/** Whether a text of four characters or more is another without some of them. */
function isWithin(short: Field['value'], long: Field['value']): boolean {
  if (typeof short !== 'string' || typeof long !== 'string' || short.length < 4 || short.length >= long.length) return false
  let at = 0
  for (const character of long) if (character === short[at]) at += 1
  return at === short.length
}
