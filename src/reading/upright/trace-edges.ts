/**
 * The edges of a sheet by their steps of lightness: what lies under the sheet is darker by the same factor in light and in
 * shade, within a pixel or two of the small picture. The edge of a shadow on the sheet is softer, and a printed line has paper
 * on both sides.
 */
import type { Plane } from '../pixels/plane.ts'
import type { Point, Quad } from '../raster/warp-raster.ts'

/** Pixels of the small picture over which paper and ground are compared, beyond the blur of the edge. */
const [near, far] = [2, 7]
/** Natural logarithm of how much lighter the paper is at least. */
const leastStep = 0.07
/** So much of the step lies within `near` of the edge; of a soft shadow, less than half. */
const sharp = 0.6
/** How far beside a side its steps may stand: sheets bow. */
const beside = 2
const probes = 32
/** Of each side the most likely places. */
const mostLines = 5
/** Dark values are noise: they count as this at least. */
const floor = 16
/** How far a side may slant, and by how much lines of one side differ. */
const mostSlant = 0.36
const slants = 25
/** A line of steps shorter than this share of the picture is no side. */
const shortest = 0.22
/** What the frame of the picture is worth as a side: a sheet may reach out of it. */
const frameWorth = 0.55
/** Frames are printed on sheets: what a sheet as large as the picture is worth beside all its steps. */
const areaWorth = 0.15

/** Where, for each side (top, right, bottom, left), the ground ends and paper begins. */
export interface Edges {
  readonly width: number
  readonly height: number
  readonly sides: readonly [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
}

/** Of each level. */
const logarithms = Float32Array.from({ length: 256 }, (_, level) => Math.log(floor + level))

export function traceEdges({ data, width, height }: Plane): Edges {
  const light = lightOf(data, width * height)
  const map = () => new Uint8Array(width * height)
  const [top, right, bottom, left] = [map(), map(), map(), map()]
  for (let y = 0; y < height; y++) markSteps(light, y * width, 1, width, left, right)
  for (let x = 0; x < width; x++) markSteps(light, x, width, height, top, bottom)
  return { width, height, sides: [top, right, bottom, left] }
}

function lightOf(levels: Uint8Array, count: number): Float32Array {
  const light = new Float32Array(count)
  for (let at = 0; at < count; at++) light[at] = logarithms[levels[at]!]!
  return light
}

/** Along one line of the picture: a function of its own, for V8 leaves a loop within a loop each time that it ends. */
function markSteps(light: Float32Array, start: number, step: number, count: number, rising: Uint8Array, falling: Uint8Array): void {
  for (let place = far; place < count - far; place++) {
    const here = start + place * step
    const close = light[here + near * step]! - light[here - near * step]!
    if (Math.abs(close) < sharp * leastStep) continue
    let wide = 0
    for (let reach = near + 1; reach <= far; reach++) wide += light[here + reach * step]! - light[here - reach * step]!
    wide /= far - near
    if (Math.abs(wide) < leastStep || close / wide < sharp) continue
    if (wide > 0) rising[here] = 1
    else falling[here] = 1
  }
}

/** The share of each side of a sheet, clockwise from its top left corner, along which steps stand; the frame of the picture counts for some. */
export function supportOf({ width, height, sides }: Edges, quad: Quad): number[] {
  return quad.map((from, side) => {
    const to = quad[(side + 1) % 4]!
    const isLevel = side % 2 === 0
    let [steps, atFrame] = [0, 0]
    for (let probe = 0; probe < probes; probe++) {
      const along = (probe + 0.5) / probes
      const x = Math.round(from[0] + (to[0] - from[0]) * along)
      const y = Math.round(from[1] + (to[1] - from[1]) * along)
      const depth = [y, width - x, height - y, x][side]!
      if (depth <= far) {
        atFrame += 1
        continue
      }
      for (let off = -beside; off <= beside; off++) {
        const [column, row] = isLevel ? [x, y + off] : [x + off, y]
        if (column < 0 || row < 0 || column >= width || row >= height || sides[side]![row * width + column] !== 1) continue
        steps += 1
        break
      }
    }
    return (steps + frameWorth * atFrame) / probes
  })
}

/** A side as where it crosses the middle of the picture, and its slant. */
interface Line {
  readonly at: number
  readonly slant: number
}

/** The sheet whose sides have the most steps, and the larger of two such; undefined when none has enough of them. */
export function sheetByEdges(edges: Edges, isSheet: (quad: Quad) => boolean, least: number, mean: number): Quad | undefined {
  const { width, height } = edges
  const [top, right, bottom, left] = edges.sides.map((map, side) => likelyLines(edges, map, side))
  let best: { quad: Quad | undefined; worth: number } = { quad: undefined, worth: 0 }
  for (const t of top!)
    for (const b of bottom!)
      for (const l of left!)
        for (const r of right!) {
          if (t.at >= b.at || l.at >= r.at) continue
          const quad: Quad = [cross(edges, t, l), cross(edges, t, r), cross(edges, b, r), cross(edges, b, l)]
          if (!quad.every(([x, y]) => x > -0.06 * width && y > -0.06 * height && x < 1.06 * width && y < 1.06 * height)) continue
          if (!isSheet(quad)) continue
          const support = supportOf(edges, quad)
          if (Math.min(...support) < least || meanOf(support) < mean) continue
          const worth = worthOf(edges, quad, support)
          if (worth > best.worth) best = { quad, worth }
        }
  return best.quad
}

/** The mean of the steps along its sides, and something for its size. */
export function worthOf(edges: Edges, quad: Quad, support = supportOf(edges, quad)): number {
  const [a, b, c, d] = quad
  const [across, down] = [(b[0] - a[0] + c[0] - d[0]) / 2, (d[1] - a[1] + c[1] - b[1]) / 2]
  return meanOf(support) + (areaWorth * across * down) / (edges.width * edges.height)
}

const meanOf = (shares: readonly number[]): number => shares.reduce((sum, share) => sum + share, 0) / shares.length

/** Lines by the votes of the steps on them (Hough), and the frame of the picture. */
function likelyLines({ width, height }: Edges, map: Uint8Array, side: number): Line[] {
  const isLevel = side % 2 === 0
  const [length, across] = isLevel ? [width, height] : [height, width]
  const room = Math.ceil((mostSlant * length) / 2)
  const votes = new Uint16Array(slants * (across + 2 * room))
  const cast = (along: number, at: number): void => {
    for (let slant = 0; slant < slants; slant++) votes[slant * (across + 2 * room) + Math.round(at - along * slantOf(slant)) + room]!++
  }
  const castRow = (y: number): void => {
    for (let x = 0; x < width; x++) {
      if (map[y * width + x] !== 1) continue
      if (isLevel) cast(x - width / 2, y)
      else cast(y - height / 2, x)
    }
  }
  for (let y = 0; y < height; y++) castRow(y)
  const lines: (Line & { readonly count: number })[] = []
  for (let round = 0; round < mostLines; round++) {
    let [best, place] = [0, -1]
    votes.forEach((count, at) => {
      if (count <= best) return
      const one = { at: (at % (across + 2 * room)) - room, slant: slantOf(Math.floor(at / (across + 2 * room))) }
      if (lines.every((other) => Math.abs(one.at - other.at) + (Math.abs(one.slant - other.slant) * length) / 2 > 8))
        [best, place] = [count, at]
    })
    // A step is seen over a few pixels.
    if (place < 0 || best < 2 * shortest * length) break
    lines.push({ at: (place % (across + 2 * room)) - room, slant: slantOf(Math.floor(place / (across + 2 * room))), count: best })
  }
  return [...lines, { at: side === 0 || side === 3 ? 0 : across, slant: 0 }]
}

const slantOf = (slant: number): number => (slant / (slants - 1) - 0.5) * 2 * mostSlant

function cross({ width, height }: Edges, level: Line, upright: Line): Point {
  // y = at + slant · (x − w/2) and x = at + slant · (y − h/2).
  const x = (upright.at + upright.slant * (level.at - level.slant * (width / 2) - height / 2)) / (1 - level.slant * upright.slant)
  return [x, level.at + level.slant * (x - width / 2)]
}
