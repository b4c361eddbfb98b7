/** What a table says beside its places: the numbers of its rows in a column at the left, and what to heed (填表说明) in one at the right. */
import type { Span } from './cut-spans.ts'
import type { NamedHit } from './name-hits.ts'
import { median } from './text/figure-strokes.ts'
import { right } from './text/geometry.ts'
import type { Letter, Line } from './text/letters.ts'
import type { Table } from './text/table.ts'

/** Cells of one column begin and end alike, in characters. */
const aligned = 0.6
/** One cell alone is of no column. */
const leastOfColumn = 2
/** What to heed is set so much smaller than the labels. */
const small = 0.85

/** The stretches that are no values: 6 before 收件人 is no part of the address above it, 与公章一致 none of the name before it. */
export function findAsides(lines: readonly Line[], spans: readonly Span[], hits: readonly NamedHit[], table: Table): ReadonlySet<Span> {
  if (table.cells.length === 0) return new Set()
  const usual = median(
    hits.flatMap(({ stretches: [stretch, ...others] }) => {
      const line = others.length > 0 ? undefined : lines.find(({ index }) => index === stretch?.line)
      return pitchOf(line?.letters.slice(stretch!.start, stretch!.end) ?? []) ?? []
    }),
  )
  const isSmall = ({ letters, em }: Span): boolean => (pitchOf(letters) ?? em) < small * usual
  const labelled = new Set(hits.map(({ box }) => table.cellOf(box)))
  const isOfLabel = (is: (cell: number) => boolean): boolean => [...labelled].some((cell) => cell !== null && is(cell))
  const inCell = new Map<number, Span[]>()
  for (const span of spans) {
    const cell = table.cellOf(span.box)
    if (cell !== null && !labelled.has(cell)) inCell.set(cell, [...(inCell.get(cell) ?? []), span])
  }
  const numbers: number[] = []
  const notes: number[] = []
  for (const [cell, own] of inCell) {
    const isNumber = own.length === 1 && /^\d{1,2}$/u.test(own[0]!.text)
    if (isNumber && isOfLabel((label) => table.isRightOf(label, cell))) numbers.push(cell)
    else if (own.every(isSmall) && isOfLabel((label) => isBehindValue(cell, label))) notes.push(cell)
  }
  return new Set([...columns(numbers).filter(isRising), ...columns(notes)].flat().flatMap((cell) => inCell.get(cell)!))

  /** Between the label's cell and this one lies that of the value, filled in or not, or the value stands with its label. */
  function isBehindValue(cell: number, of: number): boolean {
    if (table.isRightOf(cell, of) && spans.some((span) => table.cellOf(span.box) === of)) return true
    return table.cells.some((_, value) => !labelled.has(value) && table.isRightOf(value, of) && table.isRightOf(cell, value))
  }

  function columns(cells: readonly number[]): number[][] {
    const found: number[][] = []
    for (const cell of cells) {
      const { box } = table.cells[cell]!
      const by = aligned * inCell.get(cell)![0]!.em
      const column = found.find(([first]) => {
        const other = table.cells[first!]!.box
        return Math.abs(other.x - box.x) < by && Math.abs(right(other) - right(box)) < by
      })
      if (column) column.push(cell)
      else found.push([cell])
    }
    return found.filter(({ length }) => length >= leastOfColumn)
  }

  function isRising(column: readonly number[]): boolean {
    const read = column
      .toSorted((one, other) => table.cells[one]!.box.y - table.cells[other]!.box.y)
      .map((cell) => Number(inCell.get(cell)![0]!.text))
    return read.every((number, at) => at === 0 || number > read[at - 1]!)
  }
}

/** How far apart characters are set; boxes are wider and higher than their print by as much as the detector likes. */
function pitchOf(letters: readonly Letter[]): number | null {
  const [first, last] = [letters[0], letters.at(-1)]
  if (letters.length < 2 || !letters.every(({ character }) => /\p{Script=Han}/u.test(character))) return null
  return (last!.left + last!.right - first!.left - first!.right) / (2 * (letters.length - 1))
}
