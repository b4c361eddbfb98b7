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

/** No two that are kept share so much of the smaller one. */
const mostShared = 0.3

/**
 * The squares of a page with sides from `least` to `most` pixels, the best drawn first: two level strokes above each other with two
 * upright ones near their ends. A cross or a tick makes the strokes longer than the sides. Asked millions of times on a photograph of a
 * table top. One square for each place: the outermost of those that are about as well drawn, for strokes have breadth.
 */
export const findSquares = (map: InkMap, least: number, most: number): Square[] =>
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
    const found = Array.from({ length: count }, (_, i): Square => {
      const at = i * 5
      return { x: facts[at]!, y: facts[at + 1]!, side: facts[at + 2]!, height: facts[at + 3]!, merit: facts[at + 4]! }
    })
    const order = takeWords(count)
    order.set(Array.from(found.keys()).sort((one, other) => byMerit(found[one]!, found[other]!)))
    const kept = takeWords(mostKept)
    let held = 0
    runKernel([facts, order], [kept], (...arrays) => (held = thinOut(count, arrays)))
    return Array.from(kept.subarray(0, held), (at) => found[at]!)
  })

const thinOut = (count: number, [facts, order, kept]: readonly number[]): number =>
  kernels.thinOut(facts!, order!, count, mostKept, mostShared, kept!)

const byMerit = (a: Square, b: Square): number => b.merit - a.merit + (b.side + b.height - a.side - a.height) / 30
