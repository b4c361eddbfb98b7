/** Tells a page without colour: a grey scan, a print in black photographed by an app, a fax. */
import type { Raster } from '../page.ts'

/** Compression and the light of a lamp set the channels of a grey pixel apart by less. */
const tint = 20
/** A red seal covers one sample in a hundred and more; the fringes of print on a scan in colour, one in a thousand. */
const coloured = 1 / 3000
/** What is darker is black, what is lighter is paper; a scan in grey has more between than black, a fax hardly anything. */
const shade = { from: 40, to: 200, least: 0.65 }
/**
 * A fax that was resampled has shades along its strokes too, on paper that is white to the last bit (12 such pages: 0.92 of it and more).
 * Of 230 grey scans one in ten has more black than `least` allows (0.13 between at the least, on a page that is black for its most part), on
 * paper of which 0.02 is so white.
 */
const paper = { white: 255, most: 0.5, shaded: 0.1 }
const step = 3

/** `black`: a fax, black and white alone, resampled or not. */
export type Tones = 'colour' | 'gray' | 'black'

/** Whether the channels agree all over the page, and whether ink has shades, or paper has. */
export function tellTones({ width, height, data }: Raster): Tones {
  const most = Math.ceil((width / step) * (height / step) * coloured)
  let [found, shaded, black, light, white] = [0, 0, 0, 0, 0]
  for (let y = 0; y < height; y += step)
    for (let x = 0; x < width; x += step) {
      const at = (y * width + x) * 3
      const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!]
      if (Math.max(red, green, blue) - Math.min(red, green, blue) > tint && ++found > most) return 'colour'
      if (green <= shade.from) black++
      else if (green < shade.to) shaded++
      else {
        light++
        if (green === paper.white) white++
      }
    }
  const least = white > paper.most * light ? shade.least : paper.shaded
  return shaded >= least * (shaded + black) ? 'gray' : 'black'
}
