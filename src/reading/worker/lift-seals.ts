/**
 * Takes the red ink of seals off the page before its print is read: the arc text of a seal otherwise mixes into the lines
 * that it crosses. The recogniser reads black print through the seal either way.
 */
import type { FoundSeal, Raster } from '../page.ts'
import { kernels, runKernel, takeBytes } from '../pixels/kernels.ts'
import { clipToRaster, cropRaster } from '../raster/resample.ts'
import { countLevels } from '../pixels/count-levels.ts'

/** Ink reaches a little beyond the found ring. */
const margin = 0.06
/** Red stands out by so much over both other channels, in levels of 255; black and blue ink do not. */
const redness = 24
/** Black print under the seal keeps its darkness: what remains of red is how light the paper under the ink is. Above this it is bare. */
const bare = 0.6
/** The ink of most seals takes hardly any red away; thin print under it is then told from bare paper nearer to the ink's own level. */
const nearInk = 0.86

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
    const crop = cropRaster(raster, area)
    const paper = paperColour(crop)
    const level = Math.max(bare, nearInk * Math.min(1, inkLevel(crop, paper)))
    runKernel([], [data], (at) => {
      const start = at + (area.y * raster.width + area.x) * 3
      kernels.liftRed(start, raster.width * 3, area.width, area.height, paper.red, paper.green, paper.blue, redness + paper.cast, level)
    })
  }
  return { ...raster, data }
}

/** The colour that a quarter of the pixels reach, and by how much its own red stands out under warm light. */
function paperColour({ data }: Raster): { red: number; green: number; blue: number; cast: number } {
  // Of every fourth pixel.
  const counts = [0, 1, 2].map((first) => countLevels(data, first, 12))
  const enough = Math.ceil(data.length / 12) * 0.25
  const channel = (of: Uint32Array) => {
    let above = 0
    for (let value = 255; value > 0; value--) {
      above += of[value]!
      if (above >= enough) return value
    }
    return 255
  }
  const [red, green, blue] = counts.map(channel) as [number, number, number]
  return { red, green, blue, cast: Math.max(0, red - Math.max(green, blue)) }
}

/** How light the ink itself is in red, as a share of the paper: the middle of all plainly red pixels. */
function inkLevel({ data }: Raster, paper: { readonly red: number; readonly cast: number }): number {
  const counts = new Uint32Array(256)
  let all = 0
  runKernel([data], [counts], (from, to) => (all = kernels.countReds(from, data.length / 3, 2 * redness + paper.cast, to)))
  let left = all / 2
  let value = 0
  while (value < 255 && (left -= counts[value]!) > 0) value++
  return value / Math.max(1, paper.red)
}
