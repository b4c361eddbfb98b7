/** Tells a page without colour: a grey scan, a print in black photographed by an app, a fax. */
import type { Raster } from '../page.ts'
import { kernels, runKernel } from './kernels.ts'

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
const paper = { most: 0.5, shaded: 0.1 }
const step = 3

/** `black`: a fax, black and white alone, resampled or not. */
export type Tones = 'colour' | 'gray' | 'black'

/** Whether the channels agree all over the page, and whether ink has shades, or paper has. */
export function tellTones({ width, height, data }: Raster): Tones {
  const most = Math.ceil((width / step) * (height / step) * coloured)
  const counts = new Int32Array(5)
  runKernel([data], [counts], (from, to) => kernels.countTones(from, width, height, step, tint, shade.from, shade.to, most, to))
  const [tinted, black, shaded, light, white] = counts as unknown as [number, number, number, number, number]
  if (tinted > most) return 'colour'
  const least = white > paper.most * light ? shade.least : paper.shaded
  return shaded >= least * (shaded + black) ? 'gray' : 'black'
}
