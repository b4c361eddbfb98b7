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
/** Peaks of the votes that are looked at for one radius. */
const mostPeaks = 20_000

/**
 * Finds circles by letting every edge vote for the centres that lie across it at each radius. Works alike on red ink alone and
 * on the grey of a black-and-white copy. `edge` is the least step of ink (0…255) that counts, `enough` the least score that is
 * told; `stretch` widens the picture first, so that an oval of that flatness lying level is a circle.
 */
export const voteCircles = (
  ink: Plane,
  { least, most, edge, enough, limit, stretch = 1 }: Record<'least' | 'most' | 'edge' | 'enough' | 'limit', number> & { stretch?: number },
): Circle[] => {
  const { width, height } = ink
  const columns = Math.ceil(width / cell) + 1
  const rows = Math.ceil((height * stretch) / cell) + 1
  const radii: number[] = []
  for (let radius = least; radius <= most; radius *= growth) radii.push(radius)

  const [used, thin, edges] = takeEdges(ink, edge, stretch)
  const plane = columns * rows
  const votes = takeWords(plane)
  const sums = takeWords((columns + 1) * (rows + 1))
  // Of each peak its column, its row and, in eight bytes, its score.
  const peaks = takeWords(mostPeaks * 4)
  const scores = new Float64Array(peaks.buffer, peaks.byteOffset, mostPeaks * 2)
  const found: Circle[] = []
  for (const radius of radii) {
    const whole = (4 * Math.PI * radius) / thin
    // Each edge has one vote for a centre.
    if (used < enough * whole) continue
    votes.fill(0)
    const floor = 0.16 * whole
    let count = 0
    runKernel([edges, sums], [votes, peaks], (from, summed, cast, to) => {
      kernels.vote(from, used, radius, columns, rows, cast)
      const limits = [Math.ceil(floor / 9), floor, whole, enough, around, mostPeaks] as const
      count = kernels.findPeaks(cast, columns, rows, summed, ...limits, to)
    })
    for (let i = 0; i < count; i++)
      found.push({
        x: (peaks[i * 4]! + 0.5) * cell,
        y: ((peaks[i * 4 + 1]! + 0.5) * cell) / stretch,
        radius,
        score: scores[i * 2 + 1]!,
      })
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

/** The edges of a plane as the votes are cast from them: how many, how many each of them stands for, and four floats of each. */
function takeEdges({ width, height, data }: Plane, edge: number, stretch: number): [used: number, thin: number, edges: Float32Array] {
  const steps = takeWords(width * height * 3)
  let count = 0
  runKernel([data], [steps], (plane, to) => (count = kernels.findEdges(plane, width, height, edge * 4, to)))
  const thin = Math.max(1, Math.ceil(count / mostEdges))
  const used = Math.ceil(count / thin)
  // Where each edge stands and which way its ink goes, in cells.
  const edges = takeFloats(used * 4)
  runKernel([steps], [edges], (from, to) => kernels.placeEdges(from, used, thin, width, cell, stretch, to))
  return [used, thin, edges]
}
