/** Which cell of a ruled table a box stands in, and which cells lie beside and below one another. */
import type { Cell, Rectangle } from '../../page.ts'
import { area, bottom, columnOverlap, contains, right, rowOverlap } from './geometry.ts'

/** Cells that share a rule lie no further apart than this. */
const ruleWidth = (one: Rectangle, other: Rectangle): number => Math.min(0.3 * Math.min(one.height, other.height), 16) + 4

export interface Table {
  readonly cells: readonly Cell[]
  /** The smallest cell around the middle of a box. */
  cellOf(box: Rectangle): number | null
  isRightOf(cell: number, other: number): boolean
  isBelow(cell: number, other: number): boolean
}

export function openTable(cells: readonly Cell[]): Table {
  const sizes = cells.map((cell) => area(cell.box))
  const boxAt = (at: number): Rectangle => cells[at]!.box
  return {
    cells,
    cellOf(box) {
      let best: number | null = null
      for (let at = 0; at < cells.length; at += 1) if (contains(boxAt(at), box) && (best === null || sizes[at]! < sizes[best]!)) best = at
      return best
    },
    isRightOf(cell, other) {
      const one = boxAt(other)
      const next = boxAt(cell)
      const near = cell !== other && Math.abs(next.x - right(one)) < ruleWidth(one, next)
      return near && rowOverlap(one, next) > 0.5
    },
    isBelow(cell, other) {
      const one = boxAt(other)
      const next = boxAt(cell)
      const near = cell !== other && Math.abs(next.y - bottom(one)) < ruleWidth(one, next)
      return near && columnOverlap(one, next) > 0.5
    },
  }
}

/** What of a room lies within its cell, `by` pixels away from the rules; all of it where it is no part of one. */
export function insideCell(room: Rectangle, cell: Rectangle | undefined, by: number): Rectangle {
  if (!cell || !contains(cell, room)) return room
  const [x, y] = [Math.max(room.x, cell.x + by), Math.max(room.y, cell.y + by)]
  const [end, low] = [Math.min(right(room), right(cell) - by), Math.min(bottom(room), bottom(cell) - by)]
  return end > x && low > y ? { x, y, width: end - x, height: low - y } : room
}
