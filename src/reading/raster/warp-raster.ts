/** Draws a raster anew through a projective map: turned, straightened, its perspective undone, in one pass. */
import type { Raster } from '../page.ts'
import { borrowing, kernels, runKernel, takeBytes } from '../pixels/kernels.ts'

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

/** So many columns are drawn at a time where a row of the new picture runs down the old one: what they read is still at hand for the next row, and that takes half as long. */
const narrow = 64

/** Bilinear, in whole numbers of 1/256 pixel. What lies off the old picture becomes white. */
export function warpRaster(raster: Raster, map: Projection, width: number, height: number): Raster {
  const data = takeBytes(width * height * 3)
  const columns = Math.abs(map[3]) > Math.abs(map[0]) ? narrow : width
  borrowing(() =>
    runKernel([raster.data], [data, takeBytes(height * bytesOfPlace)], (from, to, places) =>
      kernels.warp(from, raster.width, raster.height, to, width, height, ...map, columns, places),
    ),
  )
  return { width, height, data }
}

/** Where a row has come to: two doubles, and the depth there. */
const bytesOfPlace = 24
