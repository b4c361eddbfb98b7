/**
 * A card form may list its labels once and give each person a column of their own: the labels name the legal person's value
 * in the one column and the operator's in the other.
 */
import type { Cell, Rectangle } from '../page.ts'
import { claimValues, type Claims } from './claim-values.ts'
import type { FindText } from './find-labels.ts'
import type { FormDefinition } from './forms/form.ts'
import { headingsOf, type NamedHit } from './name-hits.ts'
import { bottom, middleX, middleY, right, rowOverlap } from './text/geometry.ts'
import { textOf, type Line } from './text/letters.ts'
import { openTable, type Table } from './text/table.ts'

/** Fewer labels are no list of a person's facts. */
const fewestLabels = 4
/** Of all labels on the sheet so many are of the one list. */
const mostOnce = 0.65

/** From `x` up to `end`, in pixels, and what the labels left of it name there. */
interface Column {
  readonly prefix: string
  readonly x: number
  readonly end: number
  readonly heading: Rectangle
}

/** The columns below the headings of both sections, the left one first; null when each section has labels of its own. */
function placeColumns(form: FormDefinition, hits: readonly NamedHit[], cells: readonly Cell[], find: FindText): readonly Column[] | null {
  const headings = headingsOf(form, find).flatMap(({ prefix, box }) => (box ? [{ prefix, box }] : []))
  const [left, next] = headings.toSorted((one, other) => one.box.x - other.box.x)
  if (!left || !next || rowOverlap(left.box, next.box) < 0.5 || right(left.box) > next.box.x) return null
  // Words of a sentence are none.
  const labels = hits.filter((hit) => hit.label.fields.length > 1 && hit.standing > 0.6)
  const listed = labels.filter((hit) => right(hit.box) < middleX(left.box) && hit.box.y > bottom(left.box) - 0.3 * left.box.height)
  // Words of a note above the list, or of a hint beside a value, are no list of their own.
  const once = listed.filter((hit) => !listed.some((other) => other !== hit && other.label === hit.label))
  if (once.length < fewestLabels || once.length < 0.8 * listed.length || once.length < mostOnce * labels.length) return null
  const table = openTable(cells)
  const own = table.cellOf(next.box)
  const border = own === null ? (right(left.box) + next.box.x) / 2 : table.cells[own]!.box.x
  const start = Math.max(...once.map((hit) => endOfLabels(hit.box, left.box, table)))
  if (start > middleX(left.box) || border < right(left.box) - left.box.height) return null
  return [
    { prefix: left.prefix, x: start, end: border, heading: left.box },
    { prefix: next.prefix, x: border, end: Infinity, heading: next.box },
  ]
}

/** Where the labels' own column ends, which may be as wide as the others; at the label itself where no cell parts it from the values. */
function endOfLabels(label: Rectangle, heading: Rectangle, table: Table): number {
  const own = table.cellOf(label)
  const end = own === null ? right(label) : right(table.cells[own]!.box)
  return end < middleX(heading) ? Math.max(end, right(label)) : right(label)
}

const isIn = (box: Rectangle, { x, end }: Column): boolean => middleX(box) > x && middleX(box) < end

/** What is right of the labels as if one column alone stood there. */
const alone = (cells: readonly Cell[], column: Column, columns: readonly Column[]): Cell[] => {
  const start = columns[0]!.x
  const edge = Math.min(...cells.filter(({ box }) => box.x > start - 0.5 * box.height && isIn(box, columns[0]!)).map(({ box }) => box.x))
  return cells
    .filter(({ box }) => !columns.some((other) => other !== column && isIn(box, other)))
    .map((cell) => (isIn(cell.box, column) && edge < cell.box.x ? { box: { ...cell.box, x: edge, width: right(cell.box) - edge } } : cell))
}

/** The rule that ends the table may not have been seen: the rows of the column before it go on beyond it. */
function withLastColumn(cells: readonly Cell[], columns: readonly Column[]): readonly Cell[] {
  const [before, last] = [columns.at(-2)!, columns.at(-1)!]
  const own = cells.filter(({ box }) => isIn(box, last))
  const missing = cells.filter(
    ({ box }) => isIn(box, before) && right(box) < middleX(last.heading) && !own.some((other) => rowOverlap(other.box, box) > 0.5),
  )
  return [...cells, ...missing.map(({ box }): Cell => ({ box: { ...box, x: right(box) } }))]
}

export interface PartedClaims {
  readonly hits: readonly NamedHit[]
  readonly claims: Claims
}

/** The labels once for each column, each with what its column holds; null for any other layout. */
export function claimByColumns(
  form: FormDefinition,
  lines: readonly Line[],
  hits: readonly NamedHit[],
  cells: readonly Cell[],
  find: FindText,
  rest: readonly [typeOf: Parameters<typeof claimValues>[3], isPrinted: Parameters<typeof claimValues>[4]],
): PartedClaims | null {
  const columns = placeColumns(form, hits, cells, find)
  if (!columns) return null
  const all = withLastColumn(cells, columns)
  const top = Math.min(...hits.filter((hit) => hit.label.fields.length > 1).map((hit) => hit.box.y))
  const parted = columns.map((column) => {
    const named = hits.map((hit): NamedHit => {
      const field = hit.label.fields.find((one) => hit.label.fields.length > 1 && one.startsWith(`${column.prefix}.`))
      return field ? { ...hit, field, column: { x: column.x, end: column.end } } : hit
    })
    const others = columns.filter((other) => other !== column)
    const before = others.filter((other) => other.x < column.x)
    const own = lines
      .filter(
        (line) =>
          line.box.y < top - line.em ||
          line.box.x < columns[0]!.x - line.em ||
          !others.some((other) => isIn(line.box, other) && !isBelowAll(line, hits)),
      )
      .map((line) => (line.box.y < top - line.em || isBelowAll(line, hits) ? line : withoutColumns(line, before)))
    return { named, claims: claimValues(own, named, alone(all, column, columns), ...rest) }
  })
  const byHit = new Map(parted.flatMap(({ claims }) => [...claims.byHit]))
  const taken = new Set([...byHit.values()].flat().map(({ line }) => line.index))
  const free = parted
    .flatMap(({ claims }) => claims.free)
    .filter(({ line }, at, all) => !taken.has(line.index) && all.findIndex((span) => span.line.index === line.index) === at)
  return { hits: [...new Set(parted.flatMap(({ named }) => named))], claims: { byHit, free } }
}

/** A label and the value of the first column may have been read as one line: for the next column it ends with the label. */
function withoutColumns(line: Line, before: readonly Column[]): Line {
  const isOthers = ({ left, right: end }: Line['letters'][number]): boolean =>
    before.some((other) => isIn({ ...line.box, x: left, width: end - left }, other))
  const end = line.letters.findLastIndex((letter) => !isOthers(letter)) + 1
  if (end === 0 || end === line.letters.length) return line
  const letters = line.letters.slice(0, end)
  return { ...line, letters, text: textOf(letters), box: { ...line.box, width: letters.at(-1)!.right - line.box.x } }
}

/** What stands below the list is of the whole form: the date under its seal. */
function isBelowAll(line: Line, hits: readonly NamedHit[]): boolean {
  const last = Math.max(...hits.filter((hit) => hit.label.fields.length > 1).map((hit) => bottom(hit.box)))
  return middleY(line.box) > last + line.em
}

/** The cell where a label's value stands in its column. */
export function cellOfColumn({ box, column }: NamedHit, cells: readonly Cell[]): Cell | undefined {
  return cells.find(
    ({ box: cell }) =>
      column && middleX(cell) > column.x && middleX(cell) < column.end && middleY(box) > cell.y && middleY(box) < bottom(cell),
  )
}
