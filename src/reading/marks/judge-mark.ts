import type { CheckBox } from '../page.ts'
import type { Square } from './find-squares.ts'
import type { InkMap } from './map-ink.ts'
import { density } from './measure-ink.ts'

/**
 * How much ink that hangs together with a square reaches out of it to the left, above and below, in pixels a side. What goes on
 * beyond a tick's reach may be a line of the form or the ring of a seal, and counts for little. `before` is what of it lies left of the square.
 */
const overhang = (map: InkMap, { x, y, side, height }: Square): { readonly amount: number; readonly before: number } => {
  const reach = Math.round(side * 1.5)
  const left = Math.max(0, x - reach)
  const top = Math.max(0, y - reach)
  const right = Math.min(map.width - 1, x + side - 1 + (map.unit > 6 ? 2 : 1))
  const bottom = Math.min(map.height - 1, y + height + reach)
  const columns = right - left + 1
  const rows = bottom - top + 1
  // With a bare edge all round, so that no piece is followed over it.
  const wide = columns + 2
  const ink = new Uint8Array(wide * (rows + 2))
  for (let row = 0; row < rows; row++) {
    const from = (top + row) * map.width + left
    ink.set(map.ink.subarray(from, from + columns), (row + 1) * wide + 1)
  }
  const near = map.unit > 6 ? 2 : 1
  const own = { x: x - near, y: y - near, right: Math.min(right, x + side - 1 + near), bottom: Math.min(bottom, y + height - 1 + near) }
  const found = new Int32Array(columns * rows)
  let count = 0
  for (let row = Math.max(top, own.y); row <= own.bottom; row++)
    for (let column = Math.max(left, own.x); column <= own.right; column++) {
      const at = (row - top + 1) * wide + column - left + 1
      if (ink[at] === 0) continue
      ink[at] = 0
      found[count++] = at
    }
  count = follow(ink, found, count, wide)
  const isNear = (column: number, row: number) =>
    column >= x - near && column < x + side + near && row >= y - near && row < y + height + near
  let out = 0
  let close = 0
  let before = 0
  let goesOn = false
  for (let next = 0; next < count; next++) {
    const at = found[next]!
    const row = top + Math.floor(at / wide) - 1
    const column = left + (at % wide) - 1
    if (isNear(column, row)) continue
    if (column === left || row === top || row === bottom) goesOn = true
    if (column < right) out++
    if (column < x - near) before++
    if (column > x - side * 0.6 && column < x + side * 0.7 && row > y - side * 0.6 && row < y + height) close++
  }
  // Where it runs into print beside the box, what is close by may still be a tick, but hardly more than may.
  return { amount: goesOn ? Math.min(0.9, (close * 0.5) / side) : out / side, before }
}

/** Takes what hangs together with the first `count` places off the ink and lists it behind them; how many places these are. */
const follow = (ink: Uint8Array, found: Int32Array, count: number, wide: number): number => {
  const around = Int32Array.of(-wide - 1, -wide, -wide + 1, -1, 1, wide - 1, wide, wide + 1)
  let end = count
  for (let next = 0; next < end; next++)
    for (let way = 0; way < around.length; way++) {
      const at = found[next]! + around[way]!
      if (ink[at] === 0) continue
      ink[at] = 0
      found[end++] = at
    }
  return end
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
  const hanging = overhang(map, square)
  const amount = inner / 0.068 + hanging.amount
  const checked = amount > 1
  const sure = checked ? (amount - 1) / 1.3 : 1 - amount
  const isEmptyInside = checked && inner < speck
  const most = isEmptyInside ? surestBeside : surest
  const confidence = Math.round(Math.min(most, 0.5 + 0.5 * Math.min(1, sure)) * 100) / 100
  const isBefore = checked && hanging.before > Math.max(0.5 * side, inner * inside[2] * inside[3])
  return { checked, confidence, ...(isEmptyInside ? { isEmptyInside } : {}), ...(isBefore ? { isBefore } : {}) }
}
