import type { Raster } from '../page.ts'
import { halfAxes, type Ring } from './fit-ring.ts'

/** Cells of an impression: two degrees wide, from inside of the ring's line nearly to the centre. */
const impressionCells = { angles: 180, radii: 12, from: 0.93, to: 0.15 }
/** What a cell holds when black print lies over it or the page ends. */
const unseen = 255
/** Of red ink, −ln of what it leaves of green and blue against red, in steps. */
const steps = 120
/** Points looked at in a cell, along and across. */
const points = 3

/**
 * How much red ink lies where on the face of a seal, as base64 of a byte a cell, angle by angle clockwise from the right, each
 * from the outside in; 255 where it cannot be told. Two stampings of one seal differ in it: in turn, pressure and gaps.
 */
export function takeImpression(raster: Raster, ring: Ring): string | undefined {
  const [longer, shorter] = halfAxes(ring)
  if (shorter < 60 || longer > shorter * 1.5) return undefined
  const paper = paperAround(raster, ring)
  const { angles, radii, from, to } = impressionCells
  const cells = new Uint8Array(angles * radii)
  // What each level says, once for all points.
  const shares = paper.map((light) => Float64Array.from({ length: 256 }, (_, level) => Math.max(0.03, Math.min(1, level / light))))
  const [reds, greens, blues] = shares.map((of) => of.map((share) => Math.log(share))) as [Float64Array, Float64Array, Float64Array]
  const [red] = shares as [Float64Array]
  for (let angle = 0; angle < angles; angle++) {
    const turns = Array.from({ length: points }, (_, i) => ((angle + (i + 0.5) / points) / angles) * 2 * Math.PI)
    const ways = turns.map((turn) => [Math.cos(turn), Math.sin(turn)] as const)
    for (let radius = 0; radius < radii; radius++) {
      let [sum, count] = [0, 0]
      for (const [cosine, sine] of ways)
        for (let j = 0; j < points; j++) {
          const reach = from + ((to - from) * (radius + (j + 0.5) / points)) / radii
          const x = Math.round(ring.x + ring.xx * (cosine * reach) + ring.xy * (sine * reach))
          const y = Math.round(ring.y + ring.xy * (cosine * reach) + ring.yy * (sine * reach))
          if (x < 0 || y < 0 || x >= raster.width || y >= raster.height) continue
          const at = (y * raster.width + x) * 3
          const level = raster.data[at]!
          if (red[level]! < 0.6) continue
          sum += Math.max(0, reds[level]! - 0.6 * greens[raster.data[at + 1]!]! - 0.4 * blues[raster.data[at + 2]!]!)
          count++
        }
      cells[angle * radii + radius] = count * 2 < points * points ? unseen : Math.min(unseen - 1, Math.round((sum / count) * steps))
    }
  }
  return Buffer.from(cells).toString('base64')
}

/** The lightest fifth of each channel about the seal. */
function paperAround(raster: Raster, ring: Ring): [number, number, number] {
  const counts = [new Uint32Array(256), new Uint32Array(256), new Uint32Array(256)] as const
  const reach = halfAxes(ring)[0]
  let asked = 0
  for (let y = Math.max(0, Math.round(ring.y - reach)); y < Math.min(raster.height, ring.y + reach); y += 5)
    for (let x = Math.max(0, Math.round(ring.x - reach)); x < Math.min(raster.width, ring.x + reach); x += 5) {
      const at = (y * raster.width + x) * 3
      for (let channel = 0; channel < 3; channel++) counts[channel]![raster.data[at + channel]!]!++
      asked++
    }
  const light = (of: Uint32Array) => {
    let below = Math.floor(asked * 0.8)
    let value = 0
    while (value < 255 && (below -= of[value]!) >= 0) value++
    return asked === 0 ? 255 : Math.max(24, value)
  }
  return counts.map(light) as [number, number, number]
}
