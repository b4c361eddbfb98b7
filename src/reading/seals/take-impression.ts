import type { Raster } from '../page.ts'
import { kernels, runKernel } from '../pixels/kernels.ts'
import { type FittedRing, halfAxes, type Ring } from './fit-ring.ts'

/** Cells of an impression: two degrees wide, from inside of the ring's line nearly to the centre. */
const impressionCells = { angles: 180, radii: 12, from: 0.93, to: 0.15 }
/** What a cell holds when black print lies over it or the page ends. */
const unseen = 255
/** Of red ink, −ln of what it leaves of green and blue against red, in steps; without colour, of what is left of the light. */
const steps = 120
/** Print is blacker than a seal's line on a copy without colour by this factor. */
const blacker = 1.15
/** Points looked at in a cell, along and across. */
const points = 3

/** Of each point its direction, a cosine and a sine, and its distance from the centre. */
const ways = Float64Array.from({ length: impressionCells.angles * points * 2 }, (_, at) => {
  const turn = (((at >> 1) + 0.5) / points / impressionCells.angles) * 2 * Math.PI
  return at % 2 === 0 ? Math.cos(turn) : Math.sin(turn)
})
const reaches = Float64Array.from({ length: impressionCells.radii * points }, (_, at) => {
  const { from, to, radii } = impressionCells
  return from + ((to - from) * (at + 0.5)) / points / radii
})

/**
 * How much of a seal's ink lies where on the face of a seal, as base64 of a byte a cell, angle by angle clockwise from the right, each
 * from the outside in; 255 where it cannot be told. Two stampings of one seal differ in it: in turn, pressure and gaps.
 */
export function takeImpression(raster: Raster, ring: FittedRing, color: 'red' | 'gray'): string | undefined {
  const [longer, shorter] = halfAxes(ring)
  if (shorter < 60 || longer > shorter * 1.5) return undefined
  const paper = paperAround(raster, ring)
  const { angles, radii } = impressionCells
  // What each level of red, green and blue says, once for all points.
  const shares = new Float64Array(768).map((_, at) => Math.max(0.03, Math.min(1, (at & 255) / paper[at >> 8]!)))
  // What leaves less of red light is print; on a copy without colour, what is blacker than the seal's own line.
  const blackest = color === 'red' ? 0.6 : 1 - Math.min(0.95, (ring.strength * blacker) / 255)
  const leastRed = shares.subarray(0, 256).findIndex((share) => share >= blackest)
  const logarithms = shares.map((share) => Math.log(share))
  // Green and blue against nothing: all that is dark.
  if (color === 'gray') logarithms.fill(0, 0, 256)
  const means = new Float64Array(angles * radii)
  const arrays = [raster.data, logarithms, ways, reaches]
  runKernel(arrays, [means], (at, tables, directions, distances, to) => {
    const place = [ring.x, ring.y, ring.xx, ring.xy, ring.yy]
    kernels.takeCells(at, raster.width, raster.height, tables, directions, distances, angles, radii, points, leastRed, ...place, to)
  })
  const cells = new Uint8Array(means.length).map((_, at) =>
    means[at]! < 0 ? unseen : Math.min(unseen - 1, Math.round(means[at]! * steps)),
  )
  return Buffer.from(cells).toString('base64')
}

/** The lightest fifth of each channel about the seal. */
function paperAround(raster: Raster, ring: Ring): [number, number, number] {
  const counts = [new Uint32Array(256), new Uint32Array(256), new Uint32Array(256)] as const
  const reach = halfAxes(ring)[0]
  let asked = 0
  const countRow = (y: number): void => {
    for (let x = Math.max(0, Math.round(ring.x - reach)); x < Math.min(raster.width, ring.x + reach); x += 5) {
      const at = (y * raster.width + x) * 3
      for (let channel = 0; channel < 3; channel++) counts[channel]![raster.data[at + channel]!]!++
      asked++
    }
  }
  for (let y = Math.max(0, Math.round(ring.y - reach)); y < Math.min(raster.height, ring.y + reach); y += 5) countRow(y)
  const light = (of: Uint32Array) => {
    let below = Math.floor(asked * 0.8)
    let value = 0
    while (value < 255 && (below -= of[value]!) >= 0) value++
    return asked === 0 ? 255 : Math.max(24, value)
  }
  return counts.map(light) as [number, number, number]
}
