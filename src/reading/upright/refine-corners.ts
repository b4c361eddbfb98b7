/** Moves the corners of a sheet, found on a small picture, to where its edges really are. */
import type { Raster } from '../page.ts'
import type { Point, Quad } from '../raster/warp-raster.ts'

const probes = 40

/** How light a pixel is, in the channel in which the sheet stands out. */
export type Lightness = (red: number, green: number, blue: number) => number

/** Each side is fitted to the strongest steps of brightness within `reach` pixels of it; the corners are where sides meet. */
export function refineCorners(raster: Raster, quad: Quad, reach: number, lightness: Lightness): Quad {
  const sides = quad.map((corner, index) => fitSide(raster, corner, quad[(index + 1) % 4]!, reach, lightness))
  const corners = sides.map((side, index) => meet(sides[(index + 3) % 4]!, side) ?? quad[index]!)
  const isNear = corners.every(([x, y], index) => Math.hypot(x - quad[index]![0], y - quad[index]![1]) < reach * 4)
  return isNear ? (corners as unknown as Quad) : quad
}

/** A line as a point on it and its direction. */
interface Side {
  readonly point: Point
  readonly direction: Point
}

function fitSide(raster: Raster, from: Point, to: Point, reach: number, lightness: Lightness): Side {
  const { width, height, data } = raster
  const lightAt = (x: number, y: number): number => {
    const column = Math.min(width - 1, Math.max(0, Math.round(x)))
    const row = Math.min(height - 1, Math.max(0, Math.round(y)))
    const at = (row * width + column) * 3
    return lightness(data[at]!, data[at + 1]!, data[at + 2]!)
  }
  const length = Math.hypot(to[0] - from[0], to[1] - from[1])
  const direction: Point = [(to[0] - from[0]) / length, (to[1] - from[1]) / length]
  // Corners run clockwise, so the sheet lies to the right of each side and this points outwards.
  const outwards: Point = [direction[1], -direction[0]]
  const found: { along: number; offset: number }[] = []
  for (let probe = 1; probe < probes; probe++) {
    const along = (length * probe) / probes
    const start: Point = [from[0] + direction[0] * along, from[1] + direction[1] * along]
    let steepest = 20
    let best: number | undefined
    for (let offset = -reach; offset <= reach; offset += 1) {
      const inside = lightAt(start[0] + outwards[0] * (offset - 2), start[1] + outwards[1] * (offset - 2))
      const outside = lightAt(start[0] + outwards[0] * (offset + 2), start[1] + outwards[1] * (offset + 2))
      if (inside - outside > steepest) [steepest, best] = [inside - outside, offset]
    }
    if (best !== undefined) found.push({ along, offset: best })
  }
  if (found.length < probes / 4) return { point: from, direction }
  // Twice without the probes that lie far off: a shadow, a finger, a curl.
  let line = fitLine(found)
  for (let round = 0; round < 2; round++) {
    const near = found.filter(({ along, offset }) => Math.abs(offset - line.at(along)) < Math.max(3, reach / 3))
    if (near.length >= probes / 4) line = fitLine(near)
  }
  const place = (along: number): Point => [
    from[0] + direction[0] * along + outwards[0] * line.at(along),
    from[1] + direction[1] * along + outwards[1] * line.at(along),
  ]
  const [start, end] = [place(0), place(length)]
  const span = Math.hypot(end[0] - start[0], end[1] - start[1])
  return { point: start, direction: [(end[0] - start[0]) / span, (end[1] - start[1]) / span] }
}

function fitLine(found: readonly { along: number; offset: number }[]) {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [middle, level] = [mean(found.map(({ along }) => along)), mean(found.map(({ offset }) => offset))]
  let [product, square] = [0, 0]
  for (const { along, offset } of found) {
    product += (along - middle) * (offset - level)
    square += (along - middle) ** 2
  }
  const slope = square === 0 ? 0 : product / square
  return { at: (along: number) => level + slope * (along - middle) }
}

function meet(a: Side, b: Side): Point | undefined {
  const cross = a.direction[0] * b.direction[1] - a.direction[1] * b.direction[0]
  if (Math.abs(cross) < 0.2) return undefined
  const along = ((b.point[0] - a.point[0]) * b.direction[1] - (b.point[1] - a.point[1]) * b.direction[0]) / cross
  return [a.point[0] + a.direction[0] * along, a.point[1] + a.direction[1] * along]
}
