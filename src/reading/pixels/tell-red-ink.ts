/** Whether what stands in a part of a page was written or printed in red, as an impression of a seal is. */
import type { Raster, Rectangle } from '../page.ts'
import { clipToRaster, cropRaster } from '../raster/resample.ts'

/** Ink is no lighter than this in its darkest channel, of 255; that of red ink stands out by so much over both others. */
const [inked, redness] = [170, 60]
/** Of the ink so much is red: black rules may go along it. */
const most = 0.6

export function isRedInk(raster: Raster, box: Rectangle): boolean {
  const { data } = cropRaster(raster, clipToRaster(raster, box))
  let [ink, redInk] = [0, 0]
  for (let at = 0; at < data.length; at += 3) {
    const [red, other] = [data[at]!, Math.max(data[at + 1]!, data[at + 2]!)]
    if (Math.min(data[at + 1]!, data[at + 2]!, red) > inked) continue
    ink += 1
    if (red - other > redness) redInk += 1
  }
  return ink > 0 && redInk > most * ink
}
