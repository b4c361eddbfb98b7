/** A dark screen as it would be on paper: light for dark, with every colour as far from grey as it was, so that red ink stays red. */
import type { Raster } from '../page.ts'
import { takeBytes } from '../pixels/kernels.ts'

/** Of 255: on a dark screen so much of it is darker than this. Photographs in the dark are not so dark, nor so evenly. */
const dark = { level: 64, share: 0.6 }
/** Every so many pixels one is asked. */
const stride = 97

/** Null of a page that is not dark. */
export const lightenDark = (page: Raster): Raster | null => (isDark(page) ? exchange(page) : null)

/** Most pages are told by their first half: enough of it is light. */
function isDark({ data }: Raster): boolean {
  const asked = Math.ceil(data.length / (stride * 3))
  let light = 0
  for (let at = 0; at < data.length; at += stride * 3)
    if (Math.max(data[at]!, data[at + 1]!, data[at + 2]!) >= dark.level && asked - ++light < dark.share * asked) return false
  return true
}

/** What the lightest and the darkest channel of each pixel lack of white and black are exchanged. */
function exchange({ width, height, data }: Raster): Raster {
  const light = takeBytes(data.length)
  for (let at = 0; at < data.length; at += 3) {
    const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!]
    const shift = 255 - Math.max(red, green, blue) - Math.min(red, green, blue)
    light[at] = red + shift
    light[at + 1] = green + shift
    light[at + 2] = blue + shift
  }
  return { width, height, data: light }
}
