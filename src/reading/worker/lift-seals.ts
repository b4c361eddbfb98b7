/**
 * Takes the red ink of seals off the page before its print is read: the arc text of a seal otherwise mixes into the lines
 * that it crosses. The recogniser reads black print through the seal either way.
 */
import type { FoundSeal, Raster } from '../page.ts'
import { takeBytes } from '../pixels/kernels.ts'
import { clipToRaster, cropRaster } from '../raster/resample.ts'

/** Ink reaches a little beyond the found ring. */
const margin = 0.06
/** Red stands out by so much over both other channels, in levels of 255; black and blue ink do not. */
const redness = 24

/** The same raster when no red seal was found, else a copy without their ink. */
export function liftSeals(raster: Raster, seals: readonly FoundSeal[]): Raster {
  const red = seals.filter(({ color }) => color === 'red')
  if (red.length === 0) return raster
  const data = takeBytes(raster.data.length)
  data.set(raster.data)
  for (const { box } of red) {
    const grown = {
      x: box.x - box.width * margin,
      y: box.y - box.height * margin,
      width: box.width * (1 + 2 * margin),
      height: box.height * (1 + 2 * margin),
    }
    const area = clipToRaster(raster, grown)
    const paper = paperColour(cropRaster(raster, area))
    for (let y = area.y; y < area.y + area.height; y++)
      for (let x = area.x; x < area.x + area.width; x++) {
        const at = (y * raster.width + x) * 3
        const over = data[at]! - Math.max(data[at + 1]!, data[at + 2]!) - paper.cast
        if (over < redness) continue
        // Black print under the seal keeps its darkness: what remains of red is how light the paper under the ink is.
        const light = Math.min(1, data[at]! / paper.red)
        const kept = light > 0.6 ? 1 : light
        data[at] = paper.red * kept
        data[at + 1] = paper.green * kept
        data[at + 2] = paper.blue * kept
      }
  }
  return { ...raster, data }
}

/** The colour that a quarter of the pixels reach, and by how much its own red stands out under warm light. */
function paperColour({ data }: Raster): { red: number; green: number; blue: number; cast: number } {
  const channel = (offset: number) => {
    const histogram = new Uint32Array(256)
    let count = 0
    for (let at = offset; at < data.length; at += 12) {
      histogram[data[at]!]!++
      count++
    }
    let above = 0
    for (let value = 255; value > 0; value--) {
      above += histogram[value]!
      if (above >= count * 0.25) return value
    }
    return 255
  }
  const [red, green, blue] = [channel(0), channel(1), channel(2)]
  return { red, green, blue, cast: Math.max(0, red - Math.max(green, blue)) }
}
