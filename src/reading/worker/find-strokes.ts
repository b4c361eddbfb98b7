/** Finds the strokes of ink inside a rectangle: whether a blank was left blank is told by its pixels, not by what was recognised. */
import type { Raster, Rectangle } from '../page.ts'
import { borrowing, kernels, runKernel, takeBytes } from '../pixels/kernels.ts'
import { boundPieces } from '../pixels/trace-pieces.ts'
import { clipToRaster } from '../raster/resample.ts'

/** A pixel of ink is darker than the paper around it by this, in levels of 255; the paper of scans, faxes and photos varies by less. */
const darkness = 34
/** Side of the squares whose paper is measured: shadows and creases are wider. */
const square = 28
/** Smaller marks are dust, or the noise of a fax. */
const smallest = 4

/**
 * The boxes of connected strokes inside `box`, rules and frames included, in pixels of the raster. With `depth` only what is
 * darker than the paper by that share of the square's contrast counts, so that neighbours whose blur touches stay apart.
 */
export function findStrokes(raster: Raster, box: Rectangle, depth = 0): Rectangle[] {
  const area = clipToRaster(raster, box)
  const { width, height } = area
  const found: Rectangle[] = []
  borrowing(() =>
    boundPieces({ map: markInk(raster, area, depth), width, height, byCorners: true }, ({ left, top, right, bottom }) => {
      if (right - left + 1 >= smallest || bottom - top + 1 >= smallest)
        found.push({ x: area.x + left, y: area.y + top, width: right - left + 1, height: bottom - top + 1 })
    }),
  )
  return found
}

/** 1 where a pixel is darker than its square's paper, by its darkest channel: ink of pens is coloured. */
function markInk(raster: Raster, { x, y, width, height }: Rectangle, depth: number): Uint8Array {
  const ink = takeBytes(width * height)
  const stride = raster.width * 3
  runKernel([raster.data], [ink], (from, to) =>
    kernels.markDark(from + y * stride + x * 3, stride, width, height, square, darkness, depth, to),
  )
  return ink
}
