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
  for (let angle = 0; angle < angles; angle++)
    for (let radius = 0; radius < radii; radius++) {
      let [sum, count] = [0, 0]
      for (let i = 0; i < points; i++)
        for (let j = 0; j < points; j++) {
          const turn = ((angle + (i + 0.5) / points) / angles) * 2 * Math.PI
          const reach = from + ((to - from) * (radius + (j + 0.5) / points)) / radii
          const [cosine, sine] = [Math.cos(turn) * reach, Math.sin(turn) * reach]
          const x = Math.round(ring.x + ring.xx * cosine + ring.xy * sine)
          const y = Math.round(ring.y + ring.xy * cosine + ring.yy * sine)
          if (x < 0 || y < 0 || x >= raster.width || y >= raster.height) continue
          const at = (y * raster.width + x) * 3
          const share = (channel: number) => Math.max(0.03, Math.min(1, raster.data[at + channel]! / paper[channel]!))
          const red = share(0)
          if (red < 0.6) continue
          sum += Math.max(0, Math.log(red) - 0.6 * Math.log(share(1)) - 0.4 * Math.log(share(2)))
          count++
        }
      cells[angle * radii + radius] = count * 2 < points * points ? unseen : Math.min(unseen - 1, Math.round((sum / count) * steps))
    }
  return Buffer.from(cells).toString('base64')
}

/** The lightest fifth of each channel about the seal. */
function paperAround(raster: Raster, ring: Ring): [number, number, number] {
  const values: [number[], number[], number[]] = [[], [], []]
  const reach = halfAxes(ring)[0]
  for (let y = Math.max(0, Math.round(ring.y - reach)); y < Math.min(raster.height, ring.y + reach); y += 5)
    for (let x = Math.max(0, Math.round(ring.x - reach)); x < Math.min(raster.width, ring.x + reach); x += 5)
      for (const [channel, list] of values.entries()) list.push(raster.data[(y * raster.width + x) * 3 + channel]!)
  const light = (list: number[]) => Math.max(24, list.toSorted((one, other) => one - other)[Math.floor(list.length * 0.8)] ?? 255)
  return [light(values[0]), light(values[1]), light(values[2])]
}
