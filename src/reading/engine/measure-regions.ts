/**
 * From a map of text probability to tilted rectangles around each run of text: what is left to do after the detection
 * network ("differentiable binarisation", Liao et al. 2020, section 3.5).
 */
import { kernels, runKernel, takeBytes } from '../pixels/kernels.ts'
import { tracePieces } from '../pixels/trace-pieces.ts'
import type { Piece } from '../raster/resample.ts'

export interface Region extends Piece {
  /** Mean probability inside. */
  readonly score: number
  /** It was found, and is read, among the ink of a coloured pen alone or among the rest alone. */
  readonly layer?: 'pen' | 'print'
  /** What stands beside it is of another line, however near. */
  readonly isApart?: true
}

/** A pixel belongs to text above this probability; a region is kept when its mean is above the second figure. */
const pixelThreshold = 0.3
const regionThreshold = 0.5
/** The network is trained on shrunken text: area × ratio ÷ perimeter gives back what was taken off each side. */
const growRatio = 1.6
const smallestSide = 3

/** Finds the regions of a probability map of width × height. */
export function measureRegions(map: Float32Array, width: number, height: number): Region[] {
  const text = takeBytes(width * height)
  runKernel([map], [text], (from, to) => kernels.markAbove(from, width * height, pixelThreshold, to))
  const regions: Region[] = []
  tracePieces({ map: text, width, height, byCorners: true, values: map }, ({ top, count, sum, rows }) => {
    const score = sum / count
    if (count < smallestSide * smallestSide || score < regionThreshold) return
    const piece = smallestRectangle(hullOf(top, rows))
    if (Math.min(piece.width, piece.height) < smallestSide) return
    const grow = (piece.width * piece.height * growRatio) / (2 * (piece.width + piece.height))
    regions.push({ ...piece, width: piece.width + 2 * grow, height: piece.height + 2 * grow, score })
  })
  return regions
}

type Point = readonly [x: number, y: number]

/** Convex hull by Andrew's monotone chain over the outer corners of each row's pixels: the rows' first and last columns from `top` on. */
function hullOf(top: number, rows: Int32Array): Point[] {
  const points: Point[] = []
  for (let at = 0; at < rows.length; at += 2) {
    const [left, right, y] = [rows[at]!, rows[at + 1]! + 1, top + at / 2]
    points.push([left, y], [left, y + 1], [right, y], [right, y + 1])
  }
  points.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const half = (ordered: Point[]) => {
    const chain: Point[] = []
    for (const point of ordered) {
      while (chain.length >= 2 && turn(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop()
      chain.push(point)
    }
    chain.pop()
    return chain
  }
  return [...half(points), ...half(points.toReversed())]
}

const turn = (a: Point, b: Point, c: Point) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

/** The rectangle of the smallest area around a hull has a side along one of the hull's edges. The longer side is its width. */
function smallestRectangle(hull: readonly Point[]): Piece {
  let best: Piece = { x: 0, y: 0, width: Infinity, height: Infinity, angle: 0 }
  for (let index = 0; index < hull.length; index++) {
    const [ax, ay] = hull[index]!
    const [bx, by] = hull[(index + 1) % hull.length]!
    const angle = Math.atan2(by - ay, bx - ax)
    const cos = Math.cos(angle)
    const sin = Math.sin(angle)
    let [minAlong, maxAlong, minAcross, maxAcross] = [Infinity, -Infinity, Infinity, -Infinity]
    for (let point = 0; point < hull.length; point++) {
      const x = hull[point]![0]
      const y = hull[point]![1]
      const along = x * cos + y * sin
      const across = y * cos - x * sin
      if (along < minAlong) minAlong = along
      if (along > maxAlong) maxAlong = along
      if (across < minAcross) minAcross = across
      if (across > maxAcross) maxAcross = across
    }
    const [width, height] = [maxAlong - minAlong, maxAcross - minAcross]
    if (width * height >= best.width * best.height) continue
    const [along, across] = [(minAlong + maxAlong) / 2, (minAcross + maxAcross) / 2]
    best = { x: along * cos - across * sin, y: along * sin + across * cos, width, height, angle }
  }
  return lyingAlong(best)
}

/** The same rectangle with its angle between −45° and 45°: text that stands on its side stays higher than wide. */
function lyingAlong(piece: Piece): Piece {
  const quarter = Math.PI / 2
  const turns = Math.round(piece.angle / quarter)
  const angle = piece.angle - turns * quarter
  return turns % 2 === 0 ? { ...piece, angle } : { ...piece, angle, width: piece.height, height: piece.width }
}
