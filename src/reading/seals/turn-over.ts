import type { Raster, Rectangle } from '../page.ts'
import { takeBytes } from '../pixels/kernels.ts'
import type { Ring } from './fit-ring.ts'

/** Room around the ring, as a share of its box: what a letter of the arc may reach over. */
const room = 0.04

/** A ring in its `box` as it looks from the other side of the sheet, on a picture of its own. */
export function turnOver<Placed extends Ring>(raster: Raster, ring: Placed, box: Rectangle): { raster: Raster; ring: Placed } {
  const by = Math.round(room * Math.max(box.width, box.height))
  const [left, top] = [Math.max(0, box.x - by), Math.max(0, box.y - by)]
  const [width, height] = [Math.min(raster.width, box.x + box.width + by) - left, Math.min(raster.height, box.y + box.height + by) - top]
  const data = takeBytes(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = ((top + y) * raster.width + left + x) * 3
      const to = (y * width + width - 1 - x) * 3
      for (let channel = 0; channel < 3; channel++) data[to + channel] = raster.data[from + channel]!
    }
  }
  return { raster: { width, height, data }, ring: { ...ring, x: width - 1 - (ring.x - left), y: ring.y - top, xy: -ring.xy } }
}
