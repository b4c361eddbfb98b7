/** Finds the four corners of a sheet that was photographed on something darker or more coloured. */
import type { Raster } from '../page.ts'
import { kernels, runKernel, takeBytes } from '../pixels/kernels.ts'
import { tracePieces } from '../pixels/trace-pieces.ts'
import { resizeRaster } from '../raster/resample.ts'
import type { Point, Quad } from '../raster/warp-raster.ts'
import { refineCorners, type Lightness } from './refine-corners.ts'
import { sheetByEdges, supportOf, traceEdges, worthOf } from './trace-edges.ts'
import { countLevels } from '../pixels/count-levels.ts'

/** The sheet is looked for in a small picture. */
const smallSide = 360
/** A sheet smaller than this share of the photo is no page; one larger fills the picture as a scan does. */
const smallestShare = 0.2
const largestShare = 0.97
/** Share of the quad that must be paper, and how much of it the outline may lack. */
const filled = 0.8
const convex = 0.92

/** A side along which fewer steps stand is the edge of a shadow; where all sides have some, as many in the mean tell a sheet. */
const someSteps = 0.3
const manySteps = 0.62

/** So many steps on all sides in the mean leave no doubt. */
const plainSteps = 0.85
/** What is light is preferred where another sheet has hardly more steps. */
const clearlyMore = 0.02
/** Sheets are photographed as large as they go; half a sheet of A4 has the shape of a whole one. */
const mostOfPicture = 0.58
/** Sides of A4 seen at a slant are in this proportion, give or take so much. */
const usualShape = { sides: Math.SQRT2, within: 0.12 }

/** Undefined when the picture shows no such sheet: a scan, a screenshot, a sheet that fills the frame. */
export function findSheet(raster: Raster): Quad | undefined {
  const scale = smallSide / Math.max(raster.width, raster.height)
  const small = resizeRaster(raster, Math.max(8, Math.round(raster.width * scale)), Math.max(8, Math.round(raster.height * scale)))
  const { width, height } = small
  const [scaleX, scaleY] = [raster.width / width, raster.height / height]
  const place = (corners: Quad, lightness: Lightness): Quad => {
    const placed = corners.map(([x, y]): Point => [x * scaleX, y * scaleY]) as unknown as Quad
    return refineCorners(raster, inReadingOrder(placed), Math.max(scaleX, scaleY) * 3, lightness)
  }
  for (const lightness of lightnesses) {
    const light = lightOf(small, lightness)
    const bright = brightMask(light)
    const holed = takeBytes(bright.length)
    holed.set(bright)
    // A page that fills the picture does so in every light, and with its holes.
    if (fills(hullOf(largestComponent(holed, width, height).points), width * height)) return undefined
    const component = largestComponent(closeHoles(bright, width, height), width, height)
    const hull = hullOf(component.points)
    if (fills(hull, width * height)) return undefined
    const bounds = asSheet(hull, component.area, width * height)
    const edges = traceEdges({ width, height, data: light })
    const support = bounds ? supportOf(edges, inReadingOrder(bounds)) : []
    const corners = bounds && Math.min(...support) >= someSteps ? inReadingOrder(bounds) : undefined
    const isWhole = corners && hasUsualShape(corners) && areaOf(corners) > width * height * mostOfPicture
    if (corners && isWhole && meanOf(support) >= plainSteps) return place(corners, lightness)
    // What is light may be a part of the sheet, up to a shadow or a fold, or more than it: the sheet has more steps about it.
    const traced = sheetByEdges(
      edges,
      (quad) => areaOf(quad) > width * height * smallestShare && hasUprightCorners(quad),
      someSteps,
      manySteps,
    )
    const found = traced && (!corners || worthOf(edges, traced) > worthOf(edges, corners) + clearlyMore) ? traced : corners
    if (found && areaOf(found) >= width * height * largestShare) return undefined
    if (found) return place(found, lightness)
  }
  return undefined
}

/** Paper is light in every channel; wood, skin and cloth are dark in at least one. Under coloured light only green tells. */
const lightnesses: readonly Lightness[] = [
  (red, green, blue) => (red < green ? (red < blue ? red : blue) : green < blue ? green : blue),
  (_, green) => green,
]

function lightOf({ data, width, height }: Raster, lightness: Lightness): Uint8Array {
  const light = takeBytes(width * height)
  for (let at = 0, from = 0; at < light.length; at++, from += 3) light[at] = lightness(data[from]!, data[from + 1]!, data[from + 2]!)
  return light
}

const fills = (hull: readonly Point[], pictureArea: number): boolean => areaOf(hull) > pictureArea * largestShare

function asSheet(hull: readonly Point[], area: number, pictureArea: number): Quad | undefined {
  if (area < pictureArea * smallestShare) return undefined
  const corners = widestQuad(hull)
  if (!corners) return undefined
  const quadArea = areaOf(corners)
  return quadArea >= areaOf(hull) * convex && area >= quadArea * filled && hasUprightCorners(corners) ? corners : undefined
}

/** Lighter than Otsu's threshold (IEEE Trans. SMC 9, 1979). */
function brightMask(light: Uint8Array): Uint8Array {
  const bright = takeBytes(light.length)
  const threshold = otsu(countLevels(light), light.length)
  for (let at = 0; at < light.length; at++) bright[at] = light[at]! > threshold ? 1 : 0
  return bright
}

function otsu(histogram: Uint32Array, total: number): number {
  let sum = 0
  for (let value = 0; value < 256; value++) sum += value * histogram[value]!
  let [below, sumBelow, best, threshold] = [0, 0, -1, 127]
  for (let value = 0; value < 256; value++) {
    below += histogram[value]!
    if (below === 0 || below === total) continue
    sumBelow += value * histogram[value]!
    const difference = sumBelow / below - (sum - sumBelow) / (total - below)
    const between = below * (total - below) * difference * difference
    if (between > best) [best, threshold] = [between, value]
  }
  return threshold
}

/** Print, rules and photographs are holes in the paper: growing and shrinking by 3 px closes all that lie inside. */
function closeHoles(mask: Uint8Array, width: number, height: number): Uint8Array {
  const reach = 3
  // A pixel becomes `wanted` when the last one seen along its row or column, either way, is within reach.
  const spread = (from: Uint8Array, wanted: number, lines: number, count: number, line: number, next: number) => {
    const to = takeBytes(from.length)
    to.set(from)
    runKernel([from], [to], (source, target) => kernels.spread(source, target, lines, count, line, next, wanted, reach))
    return to
  }
  const pass = (from: Uint8Array, wanted: number) => spread(spread(from, wanted, height, width, width, 1), wanted, width, height, 1, width)
  return pass(pass(mask, 1), 0)
}

/** Its area with what it encloses counted row by row, and the ends of each row. The mask is used up. */
function largestComponent(mask: Uint8Array, width: number, height: number): { area: number; points: Point[] } {
  let largest = { area: 0, top: 0, rows: new Int32Array() }
  tracePieces({ map: mask, width, height, byCorners: false }, ({ top, rows }) => {
    let area = 0
    for (let at = 0; at < rows.length; at += 2) area += rows[at + 1]! - rows[at]! + 1
    if (area > largest.area) largest = { area, top, rows: rows.slice() }
  })
  const points: Point[] = []
  for (let at = 0; at < largest.rows.length; at += 2) {
    const [left, right, y] = [largest.rows[at]!, largest.rows[at + 1]! + 1, largest.top + at / 2]
    points.push([left, y], [left, y + 1], [right, y], [right, y + 1])
  }
  return { area: largest.area, points }
}

function hullOf(points: Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
  const half = (ordered: Point[]) => {
    const chain: Point[] = []
    for (const point of ordered) {
      while (chain.length >= 2 && turn(chain[chain.length - 2]!, chain[chain.length - 1]!, point) <= 0) chain.pop()
      chain.push(point)
    }
    chain.pop()
    return chain
  }
  return [...half(sorted), ...half(sorted.toReversed())]
}

const turn = (a: Point, b: Point, c: Point) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

function areaOf(polygon: readonly Point[]): number {
  let twice = 0
  for (const [index, [x, y]] of polygon.entries()) {
    const [nextX, nextY] = polygon[(index + 1) % polygon.length]!
    twice += x * nextY - nextX * y
  }
  return Math.abs(twice) / 2
}

/** The four corners of a hull that span most: a diagonal and the farthest corner on each side of it. */
function widestQuad(hull: readonly Point[]): Quad | undefined {
  const step = Math.max(1, Math.floor(hull.length / 120))
  const points = hull.filter((_, index) => index % step === 0)
  let best: Quad | undefined
  let widest = 0
  for (let i = 0; i < points.length; i++)
    for (let j = i + 2; j < points.length; j++) {
      let [leftBest, rightBest, left, right] = [0, 0, -1, -1]
      for (let k = 0; k < points.length; k++) {
        const distance = turn(points[i]!, points[j]!, points[k]!)
        if (distance > leftBest) [leftBest, left] = [distance, k]
        else if (-distance > rightBest) [rightBest, right] = [-distance, k]
      }
      if (left < 0 || right < 0 || leftBest + rightBest <= widest) continue
      widest = leftBest + rightBest
      best = [points[i]!, points[right]!, points[j]!, points[left]!]
    }
  return best
}

/** A sheet seen at a usable slant has corners between 55° and 125°. */
function hasUprightCorners(quad: Quad): boolean {
  return quad.every(([x, y], index) => {
    const [ax, ay] = quad[(index + 3) % 4]!
    const [bx, by] = quad[(index + 1) % 4]!
    const cosine = ((ax - x) * (bx - x) + (ay - y) * (by - y)) / (Math.hypot(ax - x, ay - y) * Math.hypot(bx - x, by - y))
    return Math.abs(cosine) < Math.cos((55 * Math.PI) / 180)
  })
}

const meanOf = (shares: readonly number[]): number => shares.reduce((sum, share) => sum + share, 0) / shares.length

function hasUsualShape([a, b, c, d]: Quad): boolean {
  const side = (from: Point, to: Point) => Math.hypot(to[0] - from[0], to[1] - from[1])
  const [across, down] = [Math.max(side(a, b), side(d, c)), Math.max(side(b, c), side(a, d))]
  return Math.abs(Math.max(across, down) / Math.min(across, down) / usualShape.sides - 1) < usualShape.within
}

/** Clockwise from the corner that is nearest to the top left. */
function inReadingOrder(quad: Quad): Quad {
  const [centreX, centreY] = [0, 1].map((axis) => quad.reduce((sum, point) => sum + point[axis]!, 0) / 4) as [number, number]
  const clockwise = quad.toSorted((a, b) => Math.atan2(a[1] - centreY, a[0] - centreX) - Math.atan2(b[1] - centreY, b[0] - centreX))
  const first = clockwise.reduce(
    (least, point, index) => (point[0] + point[1] < clockwise[least]![0] + clockwise[least]![1] ? index : least),
    0,
  )
  return [0, 1, 2, 3].map((offset) => clockwise[(first + offset) % 4]!) as unknown as Quad
}
