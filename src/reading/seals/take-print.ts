import type { Raster } from '../page.ts'
import type { Ring } from './fit-ring.ts'
import { isOval, unwrapRing } from './unwrap-ring.ts'

/** Cells of a print: half a degree wide, over the radii where an arc's characters stand; about a pixel of a fax. */
export const printCells = { angles: 720, radii: 32 }
const band = { inner: 0.54, outer: 0.93 }
/** Points looked at in a cell, along and across. */
const points = 2

/**
 * How dark the band of an arc is, as base64 of a byte a cell, angle by angle clockwise from `start` (radians), each from the
 * outside in. Two stampings of one seal are alike in it but for their turn, even where a fax left of one but dots. None of an oval.
 */
export function takePrint(raster: Raster, ring: Ring, start: number): string | undefined {
  if (isOval(ring)) return undefined
  const { angles, radii } = printCells
  const strip = unwrapRing(raster, ring, { start, span: 2 * Math.PI, ...band, stretch: 1.25 })
  const print = new Uint8Array(angles * radii)
  for (let angle = 0; angle < angles; angle++)
    for (let radius = 0; radius < radii; radius++) {
      let sum = 0
      for (let i = 0; i < points; i++)
        for (let j = 0; j < points; j++) {
          const x = Math.floor(((angle + (i + 0.5) / points) * strip.width) / angles)
          const y = Math.floor(((radius + (j + 0.5) / points) * strip.height) / radii)
          sum += 255 - strip.data[(y * strip.width + x) * 3 + 1]!
        }
      print[angle * radii + radius] = sum / (points * points)
    }
  return Buffer.from(print).toString('base64')
}
