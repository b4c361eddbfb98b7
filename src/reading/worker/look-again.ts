/** Reads a rectangle that is known to be one line once more, the way that its reader asks for. */
import type { PageEngine } from '../engine/open-engine.ts'
import type { Raster, Rectangle, SecondLook, TextLine } from '../page.ts'
import { clipToRaster, cropRaster } from '../raster/resample.ts'
import { liftBars } from './lift-bars.ts'
import { readApart } from './read-apart.ts'
import { readLine } from './read-line.ts'
import { spreadFigures } from './spread-figures.ts'

/** Null when nothing is there, or no row of boxes where one is asked for. */
export async function lookAgain(engine: PageEngine, raster: Raster, box: Rectangle, how: SecondLook): Promise<TextLine | null> {
  if (!how.withoutBars && !how.spread) return readLine(engine, raster, box, how)
  const place = clipToRaster(raster, box)
  const crop = cropRaster(raster, place)
  const apart = how.withoutBars ? liftBars(crop) : spreadFigures(crop)
  return apart && readApart(engine, apart, place)
}
