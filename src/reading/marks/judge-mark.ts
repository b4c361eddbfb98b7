import type { CheckBox } from '../page.ts'
import type { Square } from './find-squares.ts'
import type { InkMap } from './map-ink.ts'
import { density } from './measure-ink.ts'

/**
 * How much ink that hangs together with a square reaches out of it to the left, above and below, in pixels a side. What goes on
 * beyond a tick's reach may be a line of the form or the ring of a seal, and counts for little.
 */
const overhang = (map: InkMap, { x, y, side, height }: Square): number => {
  const reach = Math.round(side * 1.5)
  const left = Math.max(0, x - reach)
  const top = Math.max(0, y - reach)
  const right = Math.min(map.width - 1, x + side - 1 + (map.unit > 6 ? 2 : 1))
  const bottom = Math.min(map.height - 1, y + height + reach)
  const columns = right - left + 1
  const seen = new Uint8Array(columns * (bottom - top + 1))
  const near = map.unit > 6 ? 2 : 1
  const isNear = (column: number, row: number) =>
    column >= x - near && column < x + side + near && row >= y - near && row < y + height + near
  const stack = new Int32Array(seen.length)
  let depth = 0
  const put = (column: number, row: number): void => {
    const at = (row - top) * columns + column - left
    if (seen[at] !== 0 || map.ink[row * map.width + column] === 0) return
    seen[at] = 1
    stack[depth++] = at
  }
  for (let column = Math.max(left, x - near); column <= Math.min(right, x + side - 1 + near); column++)
    for (let row = Math.max(top, y - near); row <= Math.min(bottom, y + height - 1 + near); row++) put(column, row)
  let out = 0
  let close = 0
  let goesOn = false
  while (depth > 0) {
    const at = stack[--depth]!
    const row = top + Math.floor(at / columns)
    const column = left + (at % columns)
    if (!isNear(column, row)) {
      if (column === left || row === top || row === bottom) goesOn = true
      if (column < right) out++
      if (column > x - side * 0.6 && column < x + side * 0.7 && row > y - side * 0.6 && row < y + height) close++
    }
    for (let nextY = Math.max(top, row - 1); nextY <= Math.min(bottom, row + 1); nextY++)
      for (let nextX = Math.max(left, column - 1); nextX <= Math.min(right, column + 1); nextX++) put(nextX, nextY)
  }
  // Where it runs into print beside the box, what is close by may still be a tick, but hardly more than may.
  return goesOn ? Math.min(0.9, (close * 0.5) / side) : out / side
}

/** Whether there is more red ink about a square than a pen leaves there: then it is a seal's. */
const isUnderSeal = (map: InkMap, { x, y, side, height }: Square): boolean => {
  const around = [x - side * 2, y - side * 2, side * 5, height + side * 4] as const
  const area = around[2] * around[3]
  return (density(map, ...around, map.any) - density(map, ...around)) * area > 1.2 * side * side
}

/** A share of the inside that is nothing. */
const speck = 0.005
/** A mark beside an empty box may be anything that touches it. */
const [surest, surestBeside] = [0.99, 0.9]

/** How sure it is that ink in and over a box is a mark: none leaves it empty, a little is dirt or the ink of a seal. */
export const judgeMark = (map: InkMap, square: Square, thick: number): Omit<CheckBox, 'box'> => {
  const { x, y, side, height } = square
  const inset = thick + (map.unit > 6 ? 2 : 1)
  const inside = [x + inset, y + inset, side - 2 * inset, height - 2 * inset] as const
  const black = density(map, ...inside)
  const any = density(map, ...inside, map.any)
  // A red pen ticks as well as another.
  const inner = any > black + 0.02 && isUnderSeal(map, square) ? black : any
  // A tick put before the box touches little more than a corner: it is told by what hangs out.
  const amount = inner / 0.068 + overhang(map, square)
  const checked = amount > 1
  const sure = checked ? (amount - 1) / 1.3 : 1 - amount
  const isEmptyInside = checked && inner < speck
  const most = isEmptyInside ? surestBeside : surest
  const confidence = Math.round(Math.min(most, 0.5 + 0.5 * Math.min(1, sure)) * 100) / 100
  return { checked, confidence, ...(isEmptyInside ? { isEmptyInside } : {}) }
}
