/** A dark screen as it would be on paper: light for dark, with every colour as far from grey as it was, so that red ink stays red. */
import type { Raster } from '../page.ts'
import { takeBytes } from '../pixels/kernels.ts'

/** Of 255: on a dark screen so much of it is darker than this. Photographs in the dark are not so dark, nor so evenly. */
const dark = { level: 64, share: 0.6 }
/** Every so many pixels one is asked. */
const stride = 97

/** Null of a page that is not dark. */
export function lightenDark({ width, height, data }: Raster): Raster | null {
  let [asked, darker] = [0, 0]
  for (let at = 0; at < data.length; at += stride * 3) {
    asked++
    if (Math.max(data[at]!, data[at + 1]!, data[at + 2]!) < dark.level) darker++
  }
  if (darker < dark.share * asked) return null
  const light = takeBytes(data.length)
  for (let at = 0; at < data.length; at += 3) {
    const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!]
    // What the lightest and the darkest channel lack of white and black are exchanged.
    const shift = 255 - Math.max(red, green, blue) - Math.min(red, green, blue)
    light[at] = red + shift
    light[at + 1] = green + shift
    light[at + 2] = blue + shift
  }
  return { width, height, data: light }
}
