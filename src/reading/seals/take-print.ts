import type { Raster } from '../page.ts'
import type { Ring } from './fit-ring.ts'
import { isOval, unwrapRing } from './unwrap-ring.ts'

/** Cells of a print: a degree wide, over the radii where an arc's characters stand. */
export const printCells = { angles: 360, radii: 16 }
const band = { inner: 0.54, outer: 0.93 }

/**
 * How dark the band of an arc is, as base64 of a byte a cell, angle by angle clockwise from the right, each from the outside in.
 * Two stampings of one seal are alike in it but for their turn, even where a fax left of one but dots. None of an oval.
 */
export function takePrint(raster: Raster, ring: Ring): string | undefined {
  if (isOval(ring)) return undefined
  const { angles, radii } = printCells
  const strip = unwrapRing(raster, ring, { start: 0, span: 2 * Math.PI, ...band, stretch: 1.25 })
  const sums = new Float64Array(angles * radii)
  const counts = new Float64Array(angles * radii)
  for (let x = 0; x < strip.width; x++)
    for (let y = 0; y < strip.height; y++) {
      const cell = Math.floor((x * angles) / strip.width) * radii + Math.floor((y * radii) / strip.height)
      sums[cell]! += 255 - strip.data[(y * strip.width + x) * 3 + 1]!
      counts[cell]!++
    }
  return Buffer.from(Uint8Array.from(sums, (sum, cell) => sum / Math.max(1, counts[cell]!))).toString('base64')
}
