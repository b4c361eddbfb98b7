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
  const data = new Uint8Array(width * height * 3)
  const row: WarpedRow = { data, start: 0, width, x: 0, y: 0, depth: 1 }
  const drawRow = map[6] === 0 && map[7] === 0 ? openAffineRow(raster, map) : openProjectedRow(raster, map)
  for (let y = 0; y < height; y++) {
    // The middle of a pixel is half a pixel from its corner, in both pictures.
    row.start = y * width * 3
    row.x = map[0] * 0.5 + map[1] * (y + 0.5) + map[2]
    row.y = map[3] * 0.5 + map[4] * (y + 0.5) + map[5]
    row.depth = map[6] * 0.5 + map[7] * (y + 0.5) + map[8]
    drawRow(row)
  }
  return { width, height, data }
}

interface WarpedRow {
  readonly data: Uint8Array
  start: number
  readonly width: number
  x: number
  y: number
  depth: number
}

function openProjectedRow(raster: Raster, [a, , , d, , , g]: Projection) {
  const draw = openPixel(raster)
  return ({ data, start, width, x: firstX, y: firstY, depth: firstDepth }: WarpedRow) => {
    let [across, down, depth] = [firstX, firstY, firstDepth]
    for (let to = start; to < start + width * 3; to += 3) {
      const scale = 256 / depth
      draw(data, to, (across * scale - 128) | 0, (down * scale - 128) | 0)
      across += a
      down += d
      depth += g
    }
  }
}

/** Without a vanishing point every step is the same: no division, and twice as fast. */
function openAffineRow(raster: Raster, [a, , , d, , , , , scale]: Projection) {
  const draw = openPixel(raster)
  const [stepX, stepY] = [(a / scale) * 256, (d / scale) * 256]
  return ({ data, start, width, x, y, depth }: WarpedRow) => {
    let [fineX, fineY] = [(x / depth) * 256 - 128, (y / depth) * 256 - 128]
    for (let to = start; to < start + width * 3; to += 3) {
      draw(data, to, fineX | 0, fineY | 0)
      fineX += stepX
      fineY += stepY
    }
  }
}

/** Writes one pixel of the new picture from a place in the old one, in 1/256 pixel. */
function openPixel({ data: source, width, height }: Raster) {
  const stride = width * 3
  const limitX = width - 1
  const limitY = height - 1
  return (data: Uint8Array, to: number, fineX: number, fineY: number): void => {
    const left = fineX >> 8
    const top = fineY >> 8
    if (left >= 0 && top >= 0 && left < limitX && top < limitY) {
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
      return
    }
    const isInside = left >= -1 && top >= -1 && left <= limitX && top <= limitY
    const from = Math.min(limitY, Math.max(0, top)) * stride + Math.min(limitX, Math.max(0, left)) * 3
    for (let channel = 0; channel < 3; channel++) data[to + channel] = isInside ? source[from + channel]! : 255
  }
}
