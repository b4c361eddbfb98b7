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
  const counts: Counts = { coloured: 0, shaded: 0, black: 0, light: 0, white: 0 }
  for (let y = 0; y < height; y += step) {
    countRow(data, y * width * 3, (y + 1) * width * 3, counts)
    if (counts.coloured > most) return 'colour'
  }
  const { shaded, black, light, white } = counts
  const least = white > paper.most * light ? shade.least : paper.shaded
  return shaded >= least * (shaded + black) ? 'gray' : 'black'
}

type Counts = Record<'coloured' | 'shaded' | 'black' | 'light' | 'white', number>

/** Of every third pixel of a row: a function of its own, for V8 leaves a loop within a loop each time that it ends. */
function countRow(data: Uint8Array, from: number, to: number, counts: Counts): void {
  for (let at = from; at < to; at += 3 * step) {
    const red = data[at]!
    const green = data[at + 1]!
    const blue = data[at + 2]!
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > tint) counts.coloured++
    if (green <= shade.from) counts.black++
    else if (green < shade.to) counts.shaded++
    else {
      counts.light++
      if (green === paper.white) counts.white++
    }
  }
}
