/** Finds the four corners of a sheet that was photographed on something darker or more coloured. */
import type { Raster } from '../page.ts'
import { takeBlank, takeBytes, takeWords } from '../pixels/kernels.ts'
import { resizeRaster } from '../raster/resample.ts'
import type { Point, Quad } from '../raster/warp-raster.ts'
import { refineCorners, type Lightness } from './refine-corners.ts'

/** The sheet is looked for in a small picture. */
const smallSide = 360
/** A sheet smaller than this share of the photo is no page; one larger fills the picture as a scan does. */
const smallestShare = 0.2
const largestShare = 0.97
/** Share of the quad that must be paper, and how much of it the outline may lack. */
const filled = 0.8
const convex = 0.92

/** Undefined when the picture shows no such sheet: a scan, a screenshot, a sheet that fills the frame. */
export function findSheet(raster: Raster): Quad | undefined {
  const scale = smallSide / Math.max(raster.width, raster.height)
  const small = resizeRaster(raster, Math.max(8, Math.round(raster.width * scale)), Math.max(8, Math.round(raster.height * scale)))
  const { width, height } = small
  for (const lightness of lightnesses) {
    const bright = brightMask(small, lightness)
    // A page that fills the picture does so in every light, and with its holes.
    if (fills(hullOf(largestComponent(bright, width, height).points), width * height)) return undefined
    const component = largestComponent(closeHoles(bright, width, height), width, height)
    const hull = hullOf(component.points)
    if (fills(hull, width * height)) return undefined
    const corners = asSheet(hull, component.area, width * height)
    if (!corners) continue
    const [scaleX, scaleY] = [raster.width / width, raster.height / height]
    const placed = corners.map(([x, y]): Point => [x * scaleX, y * scaleY]) as unknown as Quad
    return refineCorners(raster, inReadingOrder(placed), Math.max(scaleX, scaleY) * 3, lightness)
  }
  return undefined
}

/** Paper is light in every channel; wood, skin and cloth are dark in at least one. Under coloured light only green tells. */
const lightnesses: readonly Lightness[] = [(red, green, blue) => Math.min(red, green, blue), (_, green) => green]

const fills = (hull: readonly Point[], pictureArea: number): boolean => areaOf(hull) > pictureArea * largestShare

function asSheet(hull: readonly Point[], area: number, pictureArea: number): Quad | undefined {
  if (area < pictureArea * smallestShare) return undefined
  const corners = widestQuad(hull)
  if (!corners) return undefined
  const quadArea = areaOf(corners)
  return quadArea >= areaOf(hull) * convex && area >= quadArea * filled && hasUprightCorners(corners) ? corners : undefined
}

/** Lighter than Otsu's threshold (IEEE Trans. SMC 9, 1979). */
function brightMask({ data, width, height }: Raster, lightness: Lightness): Uint8Array {
  const light = takeBytes(width * height)
  const histogram = new Float64Array(256)
  for (let at = 0; at < light.length; at++) {
    const value = lightness(data[at * 3]!, data[at * 3 + 1]!, data[at * 3 + 2]!)
    light[at] = value
    histogram[value]!++
  }
  const threshold = otsu(histogram, light.length)
  for (let at = 0; at < light.length; at++) light[at] = light[at]! > threshold ? 1 : 0
  return light
}

function otsu(histogram: Float64Array, total: number): number {
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
  const spread = (from: Uint8Array, wanted: number, lines: number, count: number, lineStep: number, step: number) => {
    const to = from.slice()
    for (let line = 0; line < lines; line++) {
      let ahead = line * lineStep
      let behind = ahead + (count - 1) * step
      let before = reach
      let after = reach
      for (let at = 0; at < count; at++, ahead += step, behind -= step) {
        before = from[ahead] === wanted ? 0 : before + 1
        after = from[behind] === wanted ? 0 : after + 1
        if (before <= reach) to[ahead] = wanted
        if (after <= reach) to[behind] = wanted
      }
    }
    return to
  }
  const pass = (from: Uint8Array, wanted: number) => spread(spread(from, wanted, height, width, width, 1), wanted, width, height, 1, width)
  return pass(pass(mask, 1), 0)
}

/** Its area with what it encloses counted row by row, and the ends of each row. */
function largestComponent(mask: Uint8Array, width: number, height: number): { area: number; points: Point[] } {
  const seen = takeBlank(mask.length)
  const stack = takeWords(mask.length)
  const [lefts, rights] = [new Int32Array(height), new Int32Array(height)]
  let best: { area: number; points: Point[] } = { area: 0, points: [] }
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] === 0 || seen[start] === 1) continue
    lefts.fill(width)
    rights.fill(-1)
    let depth = 0
    seen[start] = 1
    stack[depth++] = start
    while (depth > 0) {
      const at = stack[--depth]!
      const y = (at / width) | 0
      const x = at - y * width
      if (x < lefts[y]!) lefts[y] = x
      if (x > rights[y]!) rights[y] = x
      for (let way = 0; way < 4; way++) {
        if (way === 0 ? x === 0 : way === 1 ? x === width - 1 : way === 2 ? y === 0 : y === height - 1) continue
        const next = at + (way === 0 ? -1 : way === 1 ? 1 : way === 2 ? -width : width)
        if (mask[next] === 0 || seen[next] === 1) continue
        seen[next] = 1
        stack[depth++] = next
      }
    }
    let area = 0
    for (let y = 0; y < height; y++) if (rights[y]! >= 0) area += rights[y]! - lefts[y]! + 1
    if (area <= best.area) continue
    const points: Point[] = []
    for (let y = 0; y < height; y++) {
      if (rights[y]! < 0) continue
      const [left, right] = [lefts[y]!, rights[y]! + 1]
      points.push([left, y], [left, y + 1], [right, y], [right, y + 1])
    }
    best = { area, points }
  }
  return best
}

function hullOf(points: Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
  const half = (ordered: Point[]) => {
    const chain: Point[] = []
    for (const point of ordered) {
      while (chain.length >= 2 && turn(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop()
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
