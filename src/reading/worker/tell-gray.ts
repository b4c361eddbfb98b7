/** Tells a page without colour: a grey scan, a fax, a print in black. */
import type { Raster } from '../page.ts'

/** Compression and the light of a lamp set the channels of a grey pixel apart by less. */
const tint = 20
/** A red seal covers one sample in a hundred and more; the fringes of print on a scan in colour, one in a thousand. */
const coloured = 1 / 3000
const step = 3

/** Whether the channels agree all over the page. */
export function isGray({ width, height, data }: Raster): boolean {
  const most = Math.ceil((width / step) * (height / step) * coloured)
  let found = 0
  for (let y = 0; y < height; y += step)
    for (let x = 0; x < width; x += step) {
      const at = (y * width + x) * 3
      const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!]
      if (Math.max(red, green, blue) - Math.min(red, green, blue) > tint && ++found > most) return false
    }
  return true
}
