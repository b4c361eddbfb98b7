/** Draws a raster anew through a projective map: turned, straightened, its perspective undone, in one pass. */
import type { Raster } from '../page.ts'

export type Point = readonly [x: number, y: number]
/** Corners in the order top left, top right, bottom right, bottom left. */
export type Quad = readonly [Point, Point, Point, Point]
/** Row by row: from pixels of the new picture to pixels of the old one, in homogeneous coordinates. */
export type Projection = readonly [number, number, number, number, number, number, number, number, number]

/** The map that sends the rectangle width × height to a quad. Heckbert, "Fundamentals of Texture Mapping", 1989, section 2.2.3. */
export function projectOnto([[x0, y0], [x1, y1], [x2, y2], [x3, y3]]: Quad, width: number, height: number): Projection {
  const [dx1, dx2, dx3] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3]
  const [dy1, dy2, dy3] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3]
  const determinant = dx1 * dy2 - dx2 * dy1
  const g = (dx3 * dy2 - dx2 * dy3) / determinant
  const h = (dx1 * dy3 - dx3 * dy1) / determinant
  return [
    (x1 - x0 + g * x1) / width,
    (x3 - x0 + h * x3) / height,
    x0,
    (y1 - y0 + g * y1) / width,
    (y3 - y0 + h * y3) / height,
    y0,
    g / width,
    h / height,
    1,
  ]
}

export function project(map: Projection, [x, y]: Point): Point {
  const depth = map[6] * x + map[7] * y + map[8]
  return [(map[0] * x + map[1] * y + map[2]) / depth, (map[3] * x + map[4] * y + map[5]) / depth]
}

/** First `inner`, then `outer`. */
export function compose(outer: Projection, inner: Projection): Projection {
  const at = (row: number, column: number) =>
    outer[row * 3]! * inner[column]! + outer[row * 3 + 1]! * inner[3 + column]! + outer[row * 3 + 2]! * inner[6 + column]!
  return [at(0, 0), at(0, 1), at(0, 2), at(1, 0), at(1, 1), at(1, 2), at(2, 0), at(2, 1), at(2, 2)]
}

/** The map the other way round (the adjugate: scale does not matter in homogeneous coordinates). */
export function invert([a, b, c, d, e, f, g, h, i]: Projection): Projection {
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ]
}

/** Bilinear, in whole numbers of 1/256 pixel. What lies off the old picture becomes white. */
export function warpRaster(raster: Raster, map: Projection, width: number, height: number): Raster {
  const { data: source } = raster
  const data = new Uint8Array(width * height * 3)
  const stride = raster.width * 3
  const limitX = raster.width - 1
  const limitY = raster.height - 1
  const isAffine = map[6] === 0 && map[7] === 0
  const [stepX, stepY, stepDepth] = [map[0], map[3], map[6]]
  for (let y = 0, to = 0; y < height; y++) {
    // The middle of a pixel is half a pixel from its corner, in both pictures.
    let across = map[0] * 0.5 + map[1] * (y + 0.5) + map[2]
    let down = map[3] * 0.5 + map[4] * (y + 0.5) + map[5]
    let depth = map[6] * 0.5 + map[7] * (y + 0.5) + map[8]
    let scale = 256 / depth
    for (let x = 0; x < width; x++, to += 3) {
      // Without a vanishing point the depth is the same all over.
      if (!isAffine) scale = 256 / depth
      const fineX = (across * scale - 128) | 0
      const fineY = (down * scale - 128) | 0
      across += stepX
      down += stepY
      depth += stepDepth
      const left = fineX >> 8
      const top = fineY >> 8
      if (left < 0 || top < 0 || left >= limitX || top >= limitY) {
        drawEdge(raster, left, top, data, to)
        continue
      }
      const dx = fineX & 255
      const dy = fineY & 255
      const wd = (dx * dy) >> 8
      const wb = dx - wd
      const wc = dy - wd
      const wa = 256 - dx - wc
      const from = top * stride + left * 3
      const below = from + stride
      data[to] = (source[from]! * wa + source[from + 3]! * wb + source[below]! * wc + source[below + 3]! * wd) >> 8
      data[to + 1] = (source[from + 1]! * wa + source[from + 4]! * wb + source[below + 1]! * wc + source[below + 4]! * wd) >> 8
      data[to + 2] = (source[from + 2]! * wa + source[from + 5]! * wb + source[below + 2]! * wc + source[below + 5]! * wd) >> 8
    }
  }
  return { width, height, data }
}

/** A pixel at the edge repeats its neighbour; outside of the old picture there is white. */
function drawEdge({ data: source, width, height }: Raster, left: number, top: number, data: Uint8Array, to: number): void {
  const isNear = left >= -1 && top >= -1 && left < width && top < height
  const from = (Math.min(height - 1, Math.max(0, top)) * width + Math.min(width - 1, Math.max(0, left))) * 3
  for (let channel = 0; channel < 3; channel++) data[to + channel] = isNear ? source[from + channel]! : 255
}
