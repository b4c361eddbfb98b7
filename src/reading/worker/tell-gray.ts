/** Tells a page in shades of grey, without colour: a grey scan, a print in black photographed by an app. */
import type { Raster } from '../page.ts'

/** Compression and the light of a lamp set the channels of a grey pixel apart by less. */
const tint = 20
/** A red seal covers one sample in a hundred and more; the fringes of print on a scan in colour, one in a thousand. */
const coloured = 1 / 3000
/** What is darker is black, what is lighter is paper; a scan in grey has more between than black, a fax hardly anything. */
const shade = { from: 40, to: 200, least: 0.65 }
const step = 3

/** Whether the channels agree all over the page, and ink has shades. */
export function isGray({ width, height, data }: Raster): boolean {
  const most = Math.ceil((width / step) * (height / step) * coloured)
  let [found, shaded, black] = [0, 0, 0]
  for (let y = 0; y < height; y += step)
    for (let x = 0; x < width; x += step) {
      const at = (y * width + x) * 3
      const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!]
      if (Math.max(red, green, blue) - Math.min(red, green, blue) > tint && ++found > most) return false
      if (green <= shade.from) black++
      else if (green < shade.to) shaded++
    }
  return shaded >= shade.least * (shaded + black)
}
