/** Takes pixels out of a raster: straight pieces scaled down by area, tilted pieces by bilinear sampling. */
import type { Raster, Rectangle } from '../page.ts'
import { kernels, runKernel, takeBytes } from '../pixels/kernels.ts'
import { halveRaster } from '../pixels/shrink-raster.ts'

/** The part of a rectangle that lies on the raster, in whole pixels; at least one pixel wide and high. */
export function clipToRaster(raster: Raster, box: Rectangle): Rectangle {
  const x = Math.min(Math.max(0, Math.floor(box.x)), raster.width - 1)
  const y = Math.min(Math.max(0, Math.floor(box.y)), raster.height - 1)
  const right = Math.min(raster.width, Math.max(x + 1, Math.ceil(box.x + box.width)))
  const bottom = Math.min(raster.height, Math.max(y + 1, Math.ceil(box.y + box.height)))
  return { x, y, width: right - x, height: bottom - y }
}

/** A copy of the pixels inside a rectangle, clipped to the raster. */
export function cropRaster(raster: Raster, box: Rectangle): Raster {
  const { x, y, width, height } = clipToRaster(raster, box)
  const data = takeBytes(width * height * 3)
  for (let row = 0; row < height; row++) {
    const start = ((y + row) * raster.width + x) * 3
    data.set(raster.data.subarray(start, start + width * 3), row * width * 3)
  }
  return { width, height, data }
}

/** The raster at another size: each new pixel is the mean of those it covers, or bilinear where it grows. */
export function resizeRaster(raster: Raster, width: number, height: number): Raster {
  if (width === raster.width && height === raster.height) return raster
  if (width * 2 <= raster.width && height * 2 <= raster.height) return resizeRaster(halveRaster(raster), width, height)
  if (width > raster.width || height > raster.height)
    return samplePiece(
      raster,
      { x: raster.width / 2, y: raster.height / 2, width: raster.width, height: raster.height, angle: 0 },
      width,
      height,
    )
  return meanOfCovered(raster, width, height)
}

function meanOfCovered({ width: fullWidth, height: fullHeight, data: full }: Raster, width: number, height: number): Raster {
  const data = takeBytes(width * height * 3)
  const edges = (count: number, size: number) => new Int32Array(count + 1).map((_, index) => Math.floor((index * size) / count))
  const stride = fullWidth * 3
  runKernel([full, edges(width, fullWidth), edges(height, fullHeight)], [takeBytes(stride * 2), data], (from, columns, rows, sums, to) =>
    kernels.shrink(from, stride, columns, rows, sums, to, width, height),
  )
  return { width, height, data }
}

/** A tilted rectangle: its centre, its extent along and across its text, and the angle of its text in radians, clockwise. */
export interface Piece {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly angle: number
}

/** The pixels of a tilted rectangle, set straight and scaled to width × height; what lies off the raster repeats its edge. */
export function samplePiece(raster: Raster, piece: Piece, width: number, height: number): Raster {
  const stepX = piece.width / width
  const stepY = piece.height / height
  // Shrinking by more than a third with single samples loses thin strokes: average over a small grid instead.
  const grid = Math.min(4, Math.max(1, Math.round(Math.max(stepX, stepY) * 0.8)))
  const data = takeBytes(width * height * 3)
  if (grid === 1 && isInside(raster, piece)) sampleInside(raster, piece, { width, height, data })
  else {
    const place = [piece.x, piece.y, piece.width, piece.height, Math.cos(piece.angle), Math.sin(piece.angle)]
    runKernel([raster.data], [data], (from, to) => kernels.gather(from, raster.width, raster.height, to, width, height, grid, ...place))
  }
  return { width, height, data }
}

/** Whether every sample of a piece has its four pixels on the raster. */
function isInside(raster: Raster, { x, y, width, height, angle }: Piece): boolean {
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))]
  const across = (width * cos + height * sin) / 2 + 1
  const down = (width * sin + height * cos) / 2 + 1
  return x - across >= 0 && y - down >= 0 && x + across < raster.width - 1 && y + down < raster.height - 1
}

/** The usual case, a line of print at about its own size: one sample a pixel, none of them off the raster. */
function sampleInside(raster: Raster, piece: Piece, { width, height, data }: Raster): void {
  const [cos, sin] = [Math.cos(piece.angle), Math.sin(piece.angle)]
  const [stepX, stepY] = [(piece.width / width) * cos, (piece.width / width) * sin]
  const step = piece.height / height
  // The middles of the first row's pixels.
  const across = step / 2 - piece.height / 2
  const startX = piece.x - (piece.width / 2) * cos - across * sin - 0.5 + stepX / 2
  const startY = piece.y - (piece.width / 2) * sin + across * cos - 0.5 + stepY / 2
  runKernel([raster.data], [data], (from, to) =>
    kernels.sample(from, raster.width * 3, to, width, height, startX, startY, -step * sin, step * cos, stepX, stepY),
  )
}
