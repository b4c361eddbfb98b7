/** Red ink of a page that hangs together, seen in squares. */
import type { Rectangle } from '../page.ts'
import type { Plane } from '../pixels/plane.ts'
import { boundPieces } from '../pixels/trace-pieces.ts'

/** The page is looked at in squares, so many along its shorter side; one that holds so many shares of ink is of a mark. */
const squares = 50
const leastShare = 0.02
/** A told seal reaches so much of its width beyond its box, where its ink ran. */
const runs = 0.04

/** Its place in pixels of the plane, and the share of it that is inked. */
export interface RedMark extends Rectangle {
  readonly share: number
}

/** `least` is how much redder than paper ink is; what lies in the boxes that were `told` is left out. All in pixels of the plane. */
export function traceRed(red: Plane, least: number, told: readonly Rectangle[]): RedMark[] {
  const side = Math.max(4, Math.round(Math.min(red.width, red.height) / squares))
  const [width, height] = [Math.floor(red.width / side), Math.floor(red.height / side)]
  const values = countInk(withoutTold(red, told), least, side, width, height)
  const map = new Uint8Array(values.length).map((_, at) => (values[at]! >= leastShare * side * side ? 1 : 0))
  const marks: RedMark[] = []
  boundPieces({ map, width, height, byCorners: true, values }, ({ left, top, right, bottom, sum }) => {
    const [across, down] = [(right - left + 1) * side, (bottom - top + 1) * side]
    marks.push({ x: left * side, y: top * side, width: across, height: down, share: sum / (across * down) })
  })
  return marks
}

function withoutTold(red: Plane, told: readonly Rectangle[]): Plane {
  if (told.length === 0) return red
  const data = red.data.slice()
  for (const { x, y, width, height } of told) {
    const reach = runs * Math.max(width, height)
    const [left, right] = [Math.max(0, Math.floor(x - reach)), Math.min(red.width, Math.ceil(x + width + reach))]
    const [top, bottom] = [Math.max(0, Math.floor(y - reach)), Math.min(red.height, Math.ceil(y + height + reach))]
    for (let row = top; row < bottom; row++) data.fill(0, row * red.width + left, row * red.width + right)
  }
  return { ...red, data }
}

function countInk({ data, width }: Plane, least: number, side: number, columns: number, rows: number): Float32Array {
  const counts = new Float32Array(columns * rows)
  for (let y = 0; y < rows * side; y++) {
    const row = Math.floor(y / side) * columns
    let at = y * width
    for (let column = 0; column < columns; column++) {
      let count = 0
      for (const end = at + side; at < end; at++) if (data[at]! >= least) count++
      counts[row + column]! += count
    }
  }
  return counts
}
