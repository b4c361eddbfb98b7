/**
 * Ticks in cells of their own: a table gives each option a row, and beside its words an empty cell to tick, without a box. A tick is ink
 * in such a cell.
 */
import type { Rectangle } from '../page.ts'
import type { OptionOnPage, Surroundings } from './find-stray-ticks.ts'
import { tickLike } from './find-stray-ticks.ts'
import { bottom, contains, middleX, middleY, right, rowOverlap } from './text/geometry.ts'
import { openTable, type Table } from './text/table.ts'

/** A column of such cells stands beside so many of the options, and beside four at least; of fewer, which stand on one row, beside each. */
const mostOptions = 0.7
const fewestOptions = 4
/** In characters: a speck, the least and the most that a tick is long. */
const [speck, leastTick, mostTick] = [0.2, 0.45, 3]
/** Ink in more cells than this is something else. */
const mostTicks = 3

export interface CellMark {
  readonly box: Rectangle
  readonly checked: boolean
  readonly confidence: number
}

/** The cell of each option, and whether it is ticked; empty where the table has no such column. */
export function tickCells<Option extends OptionOnPage>(options: readonly Option[], page: Surroundings): Map<Option, CellMark> {
  for (const side of ['left', 'right'] as const) {
    const marks = new Map(columnBeside(options, side, page).map(([option, cell]) => [option, markIn(cell, option.em, page)]))
    const checked = [...marks.values()].filter((mark) => mark.checked).length
    if (checked > 0 && checked <= mostTicks) return marks
  }
  return new Map()
}

function columnBeside<Option extends OptionOnPage>(
  options: readonly Option[],
  side: 'left' | 'right',
  page: Surroundings,
): [Option, Rectangle][] {
  const table = openTable(page.content.cells)
  const beside = options.flatMap((option): [Option, Rectangle][] => {
    const own = table.cellOf(option.box)
    if (own === null) return []
    const isOnRow = ({ y, height }: Rectangle) => middleY(option.box) > y && middleY(option.box) < y + height && height < 3 * option.em
    const next = table.cells.find(({ box }, at) => isOnRow(box) && (side === 'left' ? table.isRightOf(own, at) : table.isRightOf(at, own)))
    return next ? [[option, next.box]] : []
  })
  const middles = beside.map(([, cell]) => middleX(cell)).toSorted((one, other) => one - other)
  const column = beside.filter(([{ em }, cell]) => Math.abs(middleX(cell) - middles[middles.length >> 1]!) < em)
  column.push(...atOpenEnd(options, column, table))
  const isWhole = column.length >= Math.max(fewestOptions, mostOptions * options.length)
  const marked = isWhole ? column : ofOneRow(options, beside)
  const isOfOneEach = new Set(marked.map(([, cell]) => cell)).size === marked.length
  return isOfOneEach && marked.every(([, cell]) => isWithoutWords(cell, page)) ? marked : []
}

/** Options side by side, each with such a cell: 窗口领卡 | √ | 邮寄领卡 | . */
function ofOneRow<Option extends OptionOnPage>(options: readonly Option[], beside: [Option, Rectangle][]): [Option, Rectangle][] {
  const isOnRow = ({ box }: Option): boolean => rowOverlap(box, options[0]!.box) > 0.6
  return options.length > 1 && beside.length === options.length && options.every(isOnRow) ? beside : []
}

/** The last row of a table without a rule below it: the option there has the room that the column's cells go on with. */
function atOpenEnd<Option extends OptionOnPage>(
  options: readonly Option[],
  column: readonly (readonly [Option, Rectangle])[],
  table: Table,
): [Option, Rectangle][] {
  const [last] = column.toSorted(([, one], [, other]) => other.y - one.y)
  if (!last) return []
  const [above, cell] = last
  const room = { ...cell, y: bottom(cell) + ruleWidth }
  const own = options.find(
    ({ box }) =>
      table.cellOf(box) === null &&
      Math.abs(box.x - above.box.x) < 0.5 * above.em &&
      middleY(box) > room.y &&
      middleY(box) < bottom(room) &&
      !table.cells.some((other) => contains(other.box, room)),
  )
  return own ? [[own, room]] : []
}

/** In pixels. */
const ruleWidth = 4

/** Nothing was read in it but what a tick may be read as: by itself, that is any one sign. */
const isWithoutWords = (cell: Rectangle, { lines, content }: Surroundings): boolean =>
  !content.checkBoxes.some(({ box }) => contains(cell, box)) &&
  lines.every(
    (line) =>
      !contains(cell, line.box) ||
      (line.letters.length === 1 && (line.confidence < hardlyRead || !/[\p{Script=Han}\d]/u.test(line.text.replace(tickLike, '')))),
  )

/** A tick is no letter that the recogniser knows well: what it makes of it (5 of √) it hardly believes itself. */
const hardlyRead = 0.5

/** Of a tick in hairlines a copy leaves pieces, each no longer than a speck; it is read all the same. */
const readSurely = 0.8

const isReadAsTick = (cell: Rectangle, { lines }: Surroundings): boolean =>
  lines.some((line) => contains(cell, line.box) && /^[√✓✔]$/u.test(line.text) && line.confidence >= readSurely)

function markIn(cell: Rectangle, em: number, page: Surroundings): CellMark {
  const { tools } = page
  const by = 0.2 * em
  const room = { x: cell.x + by, y: cell.y + by, width: cell.width - 2 * by, height: cell.height - 2 * by }
  const strokes = tools
    .strokesIn(room, { depth: 0.3, withoutSeals: true })
    .filter((stroke) => Math.max(stroke.width, stroke.height) >= speck * em && !isEdge(stroke, room, em))
  const ticks = strokes.filter(({ width, height }) => Math.max(width, height) >= leastTick * em && Math.max(width, height) <= mostTick * em)
  if (ticks.length > 0 || (strokes.length > 0 && isReadAsTick(cell, page))) return { box: cell, checked: true, confidence: 0.95 }
  return { box: cell, checked: false, confidence: strokes.length === 0 ? 0.97 : 0.7 }
}

/** What is left of a rule that bounds the cell. */
const isEdge = (stroke: Rectangle, room: Rectangle, em: number): boolean =>
  Math.min(stroke.width, stroke.height) < 0.15 * em &&
  (stroke.y - room.y < 0.15 * em ||
    bottom(room) - bottom(stroke) < 0.15 * em ||
    stroke.x - room.x < 0.15 * em ||
    right(room) - right(stroke) < 0.15 * em)
