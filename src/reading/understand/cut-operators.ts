/**
 * The guide asks for a form for each operator (附件2, note); an office may print several operators below each other on one sheet. Each is then
 * read from a piece of the sheet of its own, so that no fact of one becomes another's.
 */
import type { PageContent, Rectangle } from '../page.ts'
import { findPersonRows } from './claim-by-rows.ts'
import { pieceOf } from './cut-sheet.ts'
import type { FindText, Hit } from './find-labels.ts'
import { cardForm } from './forms/card-form.ts'
import { nameHits } from './name-hits.ts'
import { bottom, middleY } from './text/geometry.ts'
import type { Line } from './text/letters.ts'

export interface OperatorPieces {
  /** The sheet with its first operator, and with what stands below all of them. */
  readonly first: PageContent
  /** One operator each. */
  readonly others: readonly PageContent[]
}

/** In heights of the label: two blocks are further apart, and their labels stand no further from one vertical line. */
const [apart, aside] = [3, 6]

const textsOf = (field: string): readonly string[] => cardForm.labels.find(({ fields }) => fields.includes(field))!.texts

/** Null where the form has the legal person and one operator, as nearly all have. */
export function cutOperators(content: PageContent, lines: readonly Line[], find: FindText): OperatorPieces | null {
  const rows = cutRows(content, lines, find)
  if (rows) return rows
  const names = placesOf(textsOf('operator.holderName'), find)
  const numbers = placesOf(textsOf('operator.idNumber'), find).length
  if (names.length < 2) return null
  const headings = cardForm.sections!.map((section) => placesOf(section.headings, find))
  const [legal, operators] = headings as [Hit[], Hit[]]
  const own = operators.filter((hit) => !legal.some((other) => other.box.y === hit.box.y && other.cost < hit.cost))
  // The last one may go on overleaf: then the headings tell how many there are.
  if (numbers !== names.length && (numbers !== names.length - 1 || own.length < numbers)) return null
  const count = names.length - (own.length === names.length ? 0 : 1)
  if (count < 2) return null
  const firsts = names.slice(-count)
  const tops = firsts.map((name, at) => {
    const heading = own.length === count ? own[at]! : undefined
    const top = heading && heading.box.y < name.box.y + name.box.height ? Math.min(heading.box.y, name.box.y) : name.box.y
    const above = Math.max(
      0,
      ...lines
        .map(({ box }) => box)
        .filter((box) => middleY(box) < top)
        .map(bottom),
    )
    return (Math.min(above, top) + top) / 2
  })
  const stops = cardForm.labels
    .filter(({ fields, end }) => end && (fields.length === 0 || fields.includes('signedDate')))
    .flatMap(({ texts }) => texts)
  const isHeading = (hit: Hit): boolean => [...legal, ...operators].some((other) => other.box.y === hit.box.y)
  const below = placesOf(stops, find).filter((hit) => hit.box.y > bottom(firsts.at(-1)!.box) && !isHeading(hit))
  const end = Math.min(content.height, ...below.map(({ box }) => box.y - 0.3 * box.height))
  const others = tops.slice(1).map((top, at) => pieceOf(content, (box) => middleY(box) >= top && middleY(box) < (tops[at + 2] ?? end)))
  return { first: pieceOf(content, (box) => middleY(box) < tops[1]! || middleY(box) >= end), others }
}

/** Operators in the rows of one table: each has its own row and the head of all. */
function cutRows(content: PageContent, lines: readonly Line[], find: FindText): OperatorPieces | null {
  const hits = nameHits(cardForm, lines, find, () => false, content.cells)
  const table = findPersonRows(cardForm, lines, hits, content.cells, find)
  const operators = table?.rows.filter(({ prefix }) => prefix === 'operator') ?? []
  if (!table || operators.length < 2) return null
  const isIn = (box: Rectangle, { from, end }: { readonly from: number; readonly end: number }): boolean =>
    middleY(box) > from && middleY(box) < end
  const others = operators.slice(1)
  return {
    first: pieceOf(content, (box) => !others.some((row) => isIn(box, row))),
    others: others.map((row) => pieceOf(content, (box) => isIn(box, table.head) || isIn(box, row))),
  }
}

/** Each place once, from top to bottom, as far as they stand in one column. */
function placesOf(texts: readonly string[], find: FindText): Hit[] {
  const hits = texts
    .flatMap((text) => find(text).filter(({ standing, cost }) => standing >= 0.7 && cost < 0.5))
    .toSorted((one, other) => one.box.y - other.box.y || other.text.length - one.text.length)
  const kept: Hit[] = []
  for (const hit of hits) {
    const before = kept.at(-1)
    if (before && Math.abs(hit.box.x - before.box.x) > aside * hit.box.height) continue
    if (!before || middleY(hit.box) - middleY(before.box) > apart * before.box.height) kept.push(hit)
  }
  return kept
}
