import { borrowing, kernels, runKernel, takeNumbers, takeWords } from '../pixels/kernels.ts'
import type { InkMap } from './map-ink.ts'

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

/**
 * Squares whose four sides are inked: two level strokes above each other with two upright ones near their ends. A cross or a
 * tick makes the strokes longer than the sides. Asked millions of times on a photograph of a table top.
 */
const allSquares = (map: InkMap, least: number, most: number): Square[] =>
  borrowing(() => {
    const { width, height, ink } = map
    const { columns, before } = levelRuns(map, least, most * 1.9)
    const facts = takeNumbers((mostSquares + 1) * 5)
    const slack = map.unit > 6 ? 2 : 1
    const [nearest, farthest] = [Math.round(least * 0.9), Math.round(most * 1.08)]
    let count = 0
    runKernel([ink, columns, before], [facts], (from, ...arrays) => {
      count = kernels.findSquares(from, width, height, slack, least, most, nearest, farthest, mostSquares, ...arrays)
    })
    return Array.from({ length: count }, (_, i): Square => {
      const at = i * 5
      return { x: facts[at]!, y: facts[at + 1]!, side: facts[at + 2]!, height: facts[at + 3]!, merit: facts[at + 4]! }
    })
  })

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
