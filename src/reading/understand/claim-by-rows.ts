/**
 * A card form may list its labels once, in the head of a table, and give each person a row of their own below: each label names the value of
 * its column in every row. The columns are parted by rules, or by the white between them where no rule was seen.
 */
import type { Cell, Rectangle } from '../page.ts'
import { inReadingOrder, type Claims } from './claim-values.ts'
import type { Span } from './cut-spans.ts'
import { boxOf, type FindText } from './find-labels.ts'
import type { FormDefinition } from './forms/form.ts'
import { headingsOf, type NamedHit } from './name-hits.ts'
import { bottom, middleX, middleY, right, rowOverlap } from './text/geometry.ts'
import { textOf, type Letter, type Line } from './text/letters.ts'
import { openTable } from './text/table.ts'

/** Labels of so many facts stand in a head; those of a row that has some facts beside one another are fewer, above all without rules. */
const [fewestColumns, fewestUnruled] = [5, 7]
/** In characters: the white between two columns, and between two rows. */
const [betweenColumns, betweenRows] = [0.3, 0.25]

interface Stretch {
  /** From the upper (or left) edge to the lower (or right) one, in pixels. */
  readonly from: number
  readonly end: number
}

interface Column extends Stretch {
  readonly hit: NamedHit
}

export interface PersonTable {
  /** Where the labels stand, over the whole width. */
  readonly head: Stretch
  readonly columns: readonly Column[]
  /** Those with something filled in, from top to bottom. */
  readonly rows: readonly (Stretch & { readonly prefix: string })[]
}

/** Null where the labels of a person do not stand beside one another above rows. */
export function findPersonRows(
  form: FormDefinition,
  lines: readonly Line[],
  hits: readonly NamedHit[],
  cells: readonly Cell[],
  find: FindText,
): PersonTable | null {
  const labels = hits.filter(({ label }) => label.fields.length > 1)
  const found = rowsInCells(labels, cells, lines) ?? rowsInWhite(labels, hits, lines)
  if (!found || found.rows.length === 0) return null
  const above = headingsOf(form, find)
    .flatMap(({ prefix, box }) => (box && middleY(box) < found.head.from ? [{ prefix, y: box.y }] : []))
    .toSorted((one, other) => other.y - one.y)[0]
  const before = Math.min(...found.columns.map(({ from }) => from))
  const told = found.rows.map((row) => {
    const letters = lines
      .filter(({ box }) => isIn(middleY(box), row))
      .flatMap((line) => line.letters.filter((letter) => middle(letter) < before))
    return { ...row, prefix: prefixIn(textOf(letters)) }
  })
  // 卡类型 in a column of its own tells each; else the heading above them all.
  if (told.some(({ prefix }) => prefix !== null) && told.some(({ prefix }) => prefix === null)) return null
  return { ...found, rows: told.map((row) => ({ ...row, prefix: row.prefix ?? above?.prefix ?? 'operator' })) }
}

const isIn = (at: number, { from, end }: Stretch): boolean => at > from && at < end
const middle = ({ left, right: end }: Letter): number => (left + end) / 2
const prefixIn = (words: string): string | null => (/操作员/u.test(words) ? 'operator' : /法人|法定代表/u.test(words) ? 'legal' : null)

type Found = Omit<PersonTable, 'rows'> & { readonly rows: readonly Stretch[] }

function rowsInCells(labels: readonly NamedHit[], cells: readonly Cell[], lines: readonly Line[]): Found | null {
  const table = openTable(cells)
  const placed = labels.flatMap((hit) => {
    const cell = table.cellOf(hit.box)
    return cell === null ? [] : [{ hit, cell: cells[cell]!.box }]
  })
  const heads = placed.map(({ cell }) => placed.filter((other) => rowOverlap(other.cell, cell) > 0.7))
  const all = heads.toSorted((one, other) => other.length - one.length)[0] ?? []
  // 持卡人 above 姓名 in one narrow cell.
  const head = all.filter(({ hit, cell }, at) => !all.slice(0, at).some((other) => other.cell === cell && other.hit.label === hit.label))
  const isEachAlone = head.every(
    (one) => !head.some((other) => other !== one && (other.cell === one.cell || other.hit.label === one.hit.label)),
  )
  if (head.length < fewestColumns || !isEachAlone) return null
  const columns = head.map(({ hit, cell }) => ({ hit, from: cell.x, end: right(cell) })).toSorted((one, other) => one.from - other.from)
  const edge = { from: Math.min(...head.map(({ cell }) => cell.y)), end: Math.max(...head.map(({ cell }) => bottom(cell))) }
  const isOfColumn = (box: Rectangle): boolean =>
    columns.some(({ from, end }) => Math.abs(box.x - from) < 0.2 * (end - from) && Math.abs(right(box) - end) < 0.2 * (end - from))
  const own = cells
    .map(({ box }) => box)
    .filter((box) => box.y > edge.end - 0.3 * box.height && isOfColumn(box))
    .toSorted((one, other) => one.y - other.y)
  const stacked: { from: number; end: number; cells: number }[] = []
  for (const box of own) {
    const row = stacked.find(({ from, end }) => rowOverlap({ ...box, y: from, height: end - from }, box) > 0.6)
    if (row) {
      row.from = Math.min(row.from, box.y)
      row.end = Math.max(row.end, bottom(box))
      row.cells += 1
    } else stacked.push({ from: box.y, end: bottom(box), cells: 1 })
  }
  const rows: Stretch[] = []
  let last = edge.end
  for (const row of stacked) {
    // Nothing is written between two rows of a table; of a piece of it some rows may have been taken out.
    if (lines.some(({ box }) => isIn(middleY(box), { from: last, end: row.from })) || row.cells < columns.length / 3) break
    last = row.end
    if (lines.some(({ box }) => isIn(middleY(box), row) && right(box) > columns[0]!.from)) rows.push(row)
  }
  return { head: edge, columns, rows }
}

/** Each label in a column of its own, and the rows below them up to the next label: white runs through between columns, and between rows. */
function rowsInWhite(labels: readonly NamedHit[], hits: readonly NamedHit[], lines: readonly Line[]): Found | null {
  const heads = labels.map((hit) => labels.filter((other) => rowOverlap(other.box, hit.box) > 0.5))
  const head = heads.toSorted((one, other) => other.length - one.length)[0] ?? []
  if (head.length < fewestUnruled || new Set(head.map(({ label }) => label)).size < head.length) return null
  const edge = { from: Math.min(...head.map(({ box }) => box.y)), end: Math.max(...head.map(({ box }) => bottom(box))) }
  const next = Math.min(Infinity, ...hits.filter((hit) => !head.includes(hit) && hit.box.y > edge.end).map(({ box }) => box.y))
  const em = head[0]!.box.height / head[0]!.parts.length
  const below = lines.filter(({ box }) => middleY(box) > edge.end && bottom(box) < next)
  const own = [...below, ...lines.filter(({ box }) => isIn(middleY(box), edge))]
  const spread = join(
    own.flatMap(({ letters }) => letters.map((letter) => ({ from: letter.left, end: letter.right }))),
    betweenColumns * em,
  )
  const columns = head.flatMap((hit) => {
    const column = spread.find((one) => isIn(middleX(hit.box), one))
    return column ? [{ ...column, hit }] : []
  })
  const isEachAlone = columns.length === head.length && new Set(columns.map(({ from }) => from)).size === head.length
  const first = Math.min(...columns.map(({ from }) => from))
  // Only what tells the person or counts the rows stands in a column without a label, before the others.
  if (!isEachAlone || spread.some(({ from }) => from > first && !columns.some((column) => column.from === from))) return null
  const rows = join(
    below.map(({ box }) => ({ from: box.y, end: bottom(box) })),
    betweenRows * em,
  )
  const isWhole = rows.every((row) => columns.filter((column) => spansIn(below, column, row).length > 0).length > columns.length / 2)
  return isWhole ? { head: edge, columns: columns.toSorted((one, other) => one.from - other.from), rows } : null
}

/** What lies so near to one another that no white is between. */
function join(stretches: readonly Stretch[], white: number): Stretch[] {
  const joined: { from: number; end: number }[] = []
  for (const { from, end } of stretches.toSorted((one, other) => one.from - other.from)) {
    const last = joined.at(-1)
    if (last && from - last.end < white) last.end = Math.max(last.end, end)
    else joined.push({ from, end })
  }
  return joined
}

/** The labels once for each person, with what stands in the cells of their row; null for any other layout, and for several of one kind. */
export function claimByRows(
  form: FormDefinition,
  lines: readonly Line[],
  hits: readonly NamedHit[],
  cells: readonly Cell[],
  find: FindText,
  claimRest: (lines: readonly Line[], hits: readonly NamedHit[]) => Claims,
): { readonly hits: readonly NamedHit[]; readonly claims: Claims } | null {
  const table = findPersonRows(form, lines, hits, cells, find)
  if (!table || new Set(table.rows.map(({ prefix }) => prefix)).size < table.rows.length) return null
  const inTable = { from: table.head.from, end: Math.max(...table.rows.map(({ end }) => end)) }
  const claimed = new Map<NamedHit, readonly Span[]>()
  for (const row of table.rows)
    for (const column of table.columns) {
      const field = column.hit.label.fields.find((one) => one.startsWith(`${row.prefix}.`))
      if (field === undefined) continue
      const room: Rectangle = { x: column.from, y: row.from, width: column.end - column.from, height: row.end - row.from }
      claimed.set({ ...column.hit, field, room }, inReadingOrder(spansIn(lines, column, row)))
    }
  const others = hits.filter(({ box }) => !isIn(middleY(box), inTable))
  const { byHit, free } = claimRest(
    lines.filter(({ box }) => !isIn(middleY(box), inTable)),
    others,
  )
  return { hits: [...others, ...claimed.keys()], claims: { byHit: new Map([...byHit, ...claimed]), free } }
}

/** The letters of each line that stand in a column, be they read as one line with those beside them. */
const spansIn = (lines: readonly Line[], column: Stretch, row: Stretch): Span[] =>
  lines.filter(({ box }) => isIn(middleY(box), row)).flatMap((line) => spanIn(line, column) ?? [])

function spanIn(line: Line, column: Stretch): Span | null {
  const start = line.letters.findIndex((letter) => isIn(middle(letter), column))
  const end = line.letters.findLastIndex((letter) => isIn(middle(letter), column)) + 1
  const letters = line.letters.slice(start, end)
  const text = textOf(letters)
  if (start < 0 || !/[\p{L}\p{N}]/u.test(text)) return null
  return { line, start, end, letters, text, box: boxOf(line, start, end), em: line.em }
}
