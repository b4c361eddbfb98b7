import { kernels, runKernel, takeWords } from '../pixels/kernels.ts'
import type { InkMap } from './map-ink.ts'
import { along } from './measure-ink.ts'

/** A hatched or dotted page holds more squares than these; they are not looked through. */
const mostSquares = 20_000
const mostKept = 480

export interface Square {
  readonly x: number
  readonly y: number
  readonly side: number
  readonly height: number
  readonly merit: number
}

/** Level strokes of a box side's length: of each its first and last column, and how many there are before each row. */
interface Runs {
  readonly columns: Int32Array
  readonly before: Int32Array
}

/** Dark runs that bridge single light pixels. */
const levelRuns = ({ width, height, ink }: InkMap, least: number, most: number): Runs => {
  // A run and the two pixels that part it from the next.
  const columns = takeWords(2 * height * Math.ceil(width / (least + 2)))
  const before = takeWords(height + 1)
  runKernel([ink], [columns, before], (from, ...to) => kernels.findRuns(from, width, height, least, Math.floor(most), ...to))
  return { columns, before }
}

/** The outermost place from `x` on, at most `reach` pixels away, where an upright side stands about as well as anywhere there. */
const findUpright = (map: InkMap, x: number, direction: 1 | -1, reach: number, y: number, height: number) => {
  const slack = map.unit > 6 ? 2 : 1
  if (reach === 0) return { x, share: along(map, x, y, height, true, slack) }
  let most = 0
  for (let step = 0; step <= reach; step++) most = Math.max(most, inkedBelow(map, x + direction * step, y, height))
  if (most / height < 0.3) return { x, share: 0 }
  let at = x
  while (inkedBelow(map, at, y, height) / height < most / height - 0.15) at += direction
  return { x: at, share: along(map, at, y, height, true, slack) }
}

/** Inked pixels of a column from `y` on; it is asked for millions of times on a photograph of a table top. */
const inkedBelow = ({ width, ink }: InkMap, x: number, y: number, height: number): number => {
  let hits = 0
  for (let at = y * width + x, end = at + height * width; at < end; at += width) hits += ink[at]!
  return hits
}

/**
 * Squares whose four sides are inked: two level strokes above each other with two upright ones near their ends. A cross or a
 * tick makes the strokes longer than the sides.
 */
const allSquares = (map: InkMap, least: number, most: number): Square[] => {
  const { columns, before } = levelRuns(map, least, most * 1.9)
  const squares: Square[] = []
  for (let y = 0; y < map.height; y++)
    for (let top = before[y]! * 2; top < before[y + 1]! * 2; top += 2) {
      const [topFrom, topTo] = [columns[top]!, columns[top + 1]!]
      for (let bottomY = y + Math.round(least * 0.9); bottomY <= Math.min(map.height - 1, y + Math.round(most * 1.08)); bottomY++)
        for (let bottom = before[bottomY]! * 2; bottom < before[bottomY + 1]! * 2; bottom += 2) {
          const [bottomFrom, bottomTo] = [columns[bottom]!, columns[bottom + 1]!]
          // Runs stand from left to right.
          if (bottomFrom > topTo) break
          if (bottomTo < topFrom) continue
          const from = Math.max(topFrom, bottomFrom)
          const to = Math.min(topTo, bottomTo)
          const height = bottomY - y + 1
          const length = to - from + 1
          if (length < least || length < 0.9 * height || length > 1.6 * height + 2) continue
          const reach = Math.max(0, Math.min(Math.round(height * 0.3), length - Math.round(0.9 * height)))
          const left = findUpright(map, from, 1, reach, y, height)
          if (left.share < 0.85) continue
          const right = findUpright(map, to, -1, reach, y, height)
          if (right.share < 0.85) continue
          const side = right.x - left.x + 1
          if (side < least || side > most || Math.abs(side - height) > 1 + 0.05 * side) continue
          const excess = (topTo - topFrom + bottomTo - bottomFrom + 2) / side - 2
          squares.push({ x: left.x, y, side, height, merit: left.share + right.share - excess })
          if (squares.length > mostSquares) return squares
        }
    }
  return squares
}

const overlap = (a: Square, b: Square): number => {
  const width = Math.min(a.x + a.side, b.x + b.side) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? (width * height) / Math.min(a.side * a.height, b.side * b.height) : 0
}

/** One square for each place: the outermost of those that are about as well drawn, for strokes have breadth. */
const thinOut = (squares: readonly Square[]): Square[] => {
  const kept: Square[] = []
  for (const square of squares.toSorted((a, b) => b.merit - a.merit + (b.side + b.height - a.side - a.height) / 30)) {
    if (kept.length >= mostKept) break
    if (!kept.some((other) => overlap(other, square) > 0.3)) kept.push(square)
  }
  return kept
}

/** The squares of a page with sides from `least` to `most` pixels, one for each place, the best drawn first. */
export const findSquares = (map: InkMap, least: number, most: number): Square[] => thinOut(allSquares(map, least, most))
