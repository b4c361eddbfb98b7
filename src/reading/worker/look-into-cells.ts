/**
 * The detector passes over characters that stand alone (女, a name of two characters), and cuts labels that are spread over
 * their cell (学 … 历) into pieces too tight to read. A table tells where words stand: in its low cells, ink as high as a
 * character that no longer run of text covers is read row by row, whole.
 */
import type { Region } from '../engine/measure-regions.ts'
import { boundsOf } from '../engine/open-engine.ts'
import type { Cell, Raster, Rectangle } from '../page.ts'
import { join } from '../understand/text/geometry.ts'
import { findStrokes } from './find-strokes.ts'

/** A detected region is so much higher than its characters. */
const grown = 1.5
/** Cells of more lines than these hold sentences, whose lines the detector sees. */
const mostLines = 3.4
/** A run longer than this was seen well. */
const fewCharacters = 5

interface Placed {
  readonly region: Region
  readonly box: Rectangle
}

/**
 * The regions with the rows of low cells made whole. `clean` is the page without the ink of red seals; cells that a file's own
 * text or a grey seal, whose ring is ink as well, reaches into are `left` as they are.
 */
export function lookIntoCells(
  clean: Raster,
  cells: readonly Cell[],
  regions: readonly Region[],
  left: readonly { readonly box: Rectangle }[],
): readonly Region[] {
  if (regions.length === 0) return regions
  const em = middleOf(regions.map(({ height }) => height)) / grown
  let placed: readonly Placed[] = regions.map((region) => ({ region, box: boundsOf(region) }))
  for (const { box } of cells) {
    if (box.height < 1.1 * em || box.height > mostLines * em || box.width < 1.2 * em) continue
    if (left.some((other) => meet(other.box, box))) continue
    const own = placed.filter((one) => meet(one.box, box))
    if (own.some(({ region }) => region.width > fewCharacters * em || region.layer)) continue
    const rows = rowsInside(clean, box, em)
    for (const row of rows) {
      const pieces = own.filter((one) => isLevel(one.box, row) && isMostlyIn(one.box, box))
      if (pieces.length === 1 && rows.every((other) => isAround(pieces[0]!.box, other, em) === (other === row))) continue
      placed = [...placed.filter((one) => !pieces.includes(one)), placedRow(row)]
    }
  }
  return placed.map(({ region }) => region)
}

/** Where rows of characters stand in a cell; none when there is ink of another kind. */
function rowsInside(clean: Raster, cell: Rectangle, em: number): Rectangle[] {
  const inset = 0.14 * em
  const inner = { x: cell.x + inset, y: cell.y + inset, width: cell.width - 2 * inset, height: cell.height - 2 * inset }
  if (inner.width < em || inner.height < 0.8 * em) return []
  const strokes = findStrokes(clean, inner).filter(
    (stroke) => Math.max(stroke.width, stroke.height) > 0.2 * em && !isOfFrame(stroke, inner, em),
  )
  if (strokes.some(({ width, height }) => width > 2 * em || height > 1.5 * em)) return []
  return rowsOf(strokes, em).filter(({ width, height }) => height > 0.6 * em && height < 1.5 * em && width > 0.45 * em)
}

function isOfFrame(stroke: Rectangle, cell: Rectangle, em: number): boolean {
  const isAtEdge =
    stroke.x <= cell.x + 1 ||
    stroke.y <= cell.y + 1 ||
    stroke.x + stroke.width >= cell.x + cell.width - 1 ||
    stroke.y + stroke.height >= cell.y + cell.height - 1
  return isAtEdge && Math.min(stroke.width, stroke.height) < 0.25 * em
}

/** Strokes level with one another make a row. */
function rowsOf(strokes: readonly Rectangle[], em: number): Rectangle[] {
  let rows: Rectangle[] = []
  for (const stroke of strokes) {
    const own = rows.filter((row) => stroke.y < row.y + row.height + 0.1 * em && stroke.y + stroke.height > row.y - 0.1 * em)
    rows = [...rows.filter((row) => !own.includes(row)), join([...own, stroke])]
  }
  return rows
}

/** With as much room around it as detected regions have. */
function placedRow(row: Rectangle): Placed {
  const by = 0.2 * row.height
  const box = { x: row.x - by, y: row.y - by, width: row.width + 2 * by, height: row.height + 2 * by }
  const region = { x: row.x + row.width / 2, y: row.y + row.height / 2, width: box.width, height: box.height, angle: 0, score: 0.5 }
  return { region, box }
}

/** A label beside the cell may reach over its frame. */
const isMostlyIn = (box: Rectangle, cell: Rectangle): boolean =>
  Math.min(box.x + box.width, cell.x + cell.width) - Math.max(box.x, cell.x) > box.width / 2

const isLevel = (box: Rectangle, row: Rectangle): boolean => {
  const middle = box.y + box.height / 2
  const center = row.y + row.height / 2
  return (middle > row.y && middle < row.y + row.height) || (center > box.y + 0.2 * box.height && center < box.y + 0.8 * box.height)
}

/** One region that holds the whole row, with room around it, and no second row. */
const isAround = (box: Rectangle, row: Rectangle, em: number): boolean =>
  box.x < row.x + 0.2 * em && box.x + box.width > row.x + row.width - 0.2 * em && box.y < row.y && box.y + box.height > row.y + row.height

const middleOf = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[values.length >> 1]!

const meet = (one: Rectangle, other: Rectangle): boolean =>
  Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x) > 2 &&
  Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y) > 0.3 * Math.min(one.height, other.height)
