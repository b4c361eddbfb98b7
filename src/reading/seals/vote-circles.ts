import { kernels, runKernel, takeFloats, takeWords } from '../pixels/kernels.ts'
import type { Plane } from '../pixels/plane.ts'

/** A circle that many edges agree on. */
export interface Circle {
  readonly x: number
  readonly y: number
  readonly radius: number
  /** Share of the circle's two edges that voted for it more than for the places around. */
  readonly score: number
}

/** Steps of radius grow by this factor: a stamp bent by perspective still falls into two or three of them. */
const growth = 1.07
/** Cells of the vote are this many pixels wide: coarse enough to gather an ellipse. */
const cell = 2
/** A centre stands out of the votes this many cells around it: running text votes for everything in its middle alike. */
const around = 8
/** A page of noise has edges everywhere; more than this are thinned out evenly. */
const mostEdges = 60_000

/**
 * Finds circles by letting every edge vote for the centres that lie across it at each radius. Works alike on red ink alone and
 * on the grey of a black-and-white copy. `edge` is the least step of ink (0…255) that counts, `enough` the least score that is
 * told; `stretch` widens the picture first, so that an oval of that flatness lying level is a circle.
 */
export const voteCircles = (
  ink: Plane,
  { least, most, edge, enough, limit, stretch = 1 }: Record<'least' | 'most' | 'edge' | 'enough' | 'limit', number> & { stretch?: number },
): Circle[] => {
  const { width, height, data } = ink
  const columns = Math.ceil(width / cell) + 1
  const rows = Math.ceil((height * stretch) / cell) + 1
  const radii: number[] = []
  for (let radius = least; radius <= most; radius *= growth) radii.push(radius)

  const strong = takeWords(width * height)
  const steps = takeWords(width * height * 2)
  let count = 0
  for (let y = 1; y < height - 1; y++)
    for (let x = 1, at = y * width + 1; x < width - 1; x++, at++) {
      const up = at - width
      const down = at + width
      const diagonal = data[down + 1]! - data[up - 1]!
      const other = data[up + 1]! - data[down - 1]!
      const dx = diagonal + other + 2 * (data[at + 1]! - data[at - 1]!)
      const dy = diagonal - other + 2 * (data[down]! - data[up]!)
      if ((dx < 0 ? -dx : dx) + (dy < 0 ? -dy : dy) < edge * 4) continue
      steps[count * 2] = dx
      steps[count * 2 + 1] = dy
      strong[count++] = at
    }

  const thin = Math.max(1, Math.ceil(count / mostEdges))
  const used = Math.ceil(count / thin)
  // Where each edge stands and which way its ink goes, in cells.
  const edges = takeFloats(used * 4)
  for (let i = 0; i < used; i++) {
    const at = strong[i * thin]!
    const dx = steps[i * thin * 2]!
    const steep = steps[i * thin * 2 + 1]! / stretch
    const length = Math.sqrt(dx * dx + steep * steep) * cell
    edges[i * 4] = (at % width) / cell
    edges[i * 4 + 1] = (Math.floor(at / width) * stretch) / cell
    edges[i * 4 + 2] = dx / length
    edges[i * 4 + 3] = steep / length
  }

  const plane = columns * rows
  const votes = takeWords(plane)
  const found: Circle[] = []
  const sums = new Uint32Array((columns + 1) * (rows + 1))
  for (const radius of radii) {
    const whole = (4 * Math.PI * radius) / thin
    // Each edge has one vote for a centre.
    if (used < enough * whole) continue
    votes.fill(0)
    runKernel([edges], [votes], (from, to) => kernels.vote(from, used, radius, columns, rows, to))
    for (let y = 0; y < rows; y++) {
      let along = 0
      for (let x = 0; x < columns; x++) {
        along += votes[y * columns + x]!
        sums[(y + 1) * (columns + 1) + x + 1] = sums[y * (columns + 1) + x + 1]! + along
      }
    }
    const between = (left: number, top: number, right: number, bottom: number) =>
      sums[bottom * (columns + 1) + right]! -
      sums[top * (columns + 1) + right]! -
      sums[bottom * (columns + 1) + left]! +
      sums[top * (columns + 1) + left]!
    const floor = 0.16 * whole
    for (let y = 1; y < rows - 1; y++)
      for (let x = 1; x < columns - 1; x++) {
        if (votes[y * columns + x]! * 9 < floor) continue
        const sum = between(x - 1, y - 1, x + 2, y + 2)
        if (sum < floor) continue
        const [left, top] = [Math.max(0, x - around), Math.max(0, y - around)]
        const [right, bottom] = [Math.min(columns, x + around + 1), Math.min(rows, y + around + 1)]
        const usual = ((between(left, top, right, bottom) - sum) * 9) / ((right - left) * (bottom - top) - 9)
        const score = (sum - usual) / whole
        if (score >= enough) found.push({ x: (x + 0.5) * cell, y: ((y + 0.5) * cell) / stretch, radius, score })
      }
  }

  found.sort((a, b) => b.score - a.score)
  const kept: Circle[] = []
  for (const circle of found) {
    if (kept.length === limit) break
    const near = kept.some(
      (other) =>
        Math.hypot(other.x - circle.x, other.y - circle.y) < 0.25 * other.radius && Math.abs(Math.log(other.radius / circle.radius)) < 0.2,
    )
    if (!near) kept.push(circle)
  }
  return kept
}
