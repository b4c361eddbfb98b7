/**
 * Letters of two prints compared piece by piece: 祥 and 样, 聚 and 豪 are alike but for a part, and a letter that was misread is alike
 * in all of it.
 */
import type { Strokes } from './compare-prints.ts'
import { printCells } from './take-print.ts'

const { angles, radii } = printCells
/** A letter is sought so many cells around its place, and each of its pieces so many around where the letter is. */
const reach = { along: 8, across: 3 }
const give = { along: 2, across: 1 }
/** Halves along the arc and one in their middle, upper and lower ones: where a piece begins and ends, in quarters of a letter and in cells. */
const columns = [
  [0, 2],
  [2, 4],
  [1, 3],
] as const
const rows = [
  [2, 17],
  [15, 30],
] as const
/** Of paper that is bare in both, in levels of ink squared: noise is no likeness. */
const noise = 30

interface Shift {
  readonly along: number
  readonly across: number
}

/** Cells of the first print, and by how many the second lies turned against it. */
interface Window {
  readonly from: number
  readonly to: number
  readonly top: number
  readonly foot: number
}

/** How alike the least alike piece of a letter is, −1…1, in the cells from `from` to `to` of the first print. */
export function likenPieces({ ink: one }: Strokes, { ink: other }: Strokes, turn: number, from: number, to: number): number {
  const whole = { from, to, top: 0, foot: radii }
  let [best, place] = [-1, { along: 0, across: 0 }]
  for (let along = -reach.along; along <= reach.along; along++)
    for (let across = -reach.across; across <= reach.across; across++) {
      const alike = correlate(one, other, whole, turn, { along, across })
      if (alike > best) [best, place] = [alike, { along, across }]
    }
  const quarter = (to - from) / 4
  let least = 1
  for (const [start, end] of columns)
    for (const [top, foot] of rows) {
      const piece = { from: Math.round(from + start * quarter), to: Math.round(from + end * quarter), top, foot }
      let most = -1
      for (let along = -give.along; along <= give.along; along++)
        for (let across = -give.across; across <= give.across; across++)
          most = Math.max(most, correlate(one, other, piece, turn, { along: place.along + along, across: place.across + across }))
      least = Math.min(least, most)
    }
  return least
}

function correlate(one: Uint8Array, other: Uint8Array, { from, to, top, foot }: Window, turn: number, { along, across }: Shift): number {
  const row = (angle: number) => (((angle % angles) + angles) % angles) * radii
  let [count, first, second, firsts, seconds, both] = [0, 0, 0, 0, 0, 0]
  for (let angle = from; angle <= to; angle++) {
    const [here, there] = [row(angle), row(angle + turn + along) + across]
    for (let radius = Math.max(top, -across); radius < Math.min(foot, radii - across); radius++) {
      const [a, b] = [one[here + radius]!, other[there + radius]!]
      count++
      first += a
      second += b
      firsts += a * a
      seconds += b * b
      both += a * b
    }
  }
  const spread = (squares: number, sum: number) => Math.max(noise * count, squares - (sum * sum) / count)
  return (both - (first * second) / count) / Math.sqrt(spread(firsts, first) * spread(seconds, second))
}
