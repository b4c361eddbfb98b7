/** Fax machines: 150 dots an inch, black or white, a line of the sending machine on top, specks and torn lines. */
import { createCanvas, type Canvas } from '@napi-rs/canvas'
import sharp from 'sharp'
import { fontFor } from './faces.ts'
import type { Side } from './paper.ts'
import { noiseTable, paintSide, quarterFor, type CopySettings, type PageCopy } from './paint-side.ts'
import type { Random } from './random.ts'

/** Dots along a line, and lines an inch, of a fax sent at standard resolution (ITU-T T.4, 2.2). */
export const coarseDpi = 204
const coarseLines = 98

/** `dpi` is 150 of a fax; a scanner set to black and white has more and prints no sender's line. */
export async function faxPage(side: Side, drawing: Random, random: Random, dpi: number, settings: CopySettings): Promise<PageCopy> {
  const coarse = dpi === coarseDpi
  const harsh = settings.harsh ?? false
  const turn = random.bell() * (harsh ? 0.014 : 0.007)
  const { canvas: painted, sheet, place } = paintSide(side, drawing, dpi, Math.max(-0.05, Math.min(0.05, turn)), settings)
  if (random.chance(0.6) && (dpi === 150 || coarse)) stampSender(painted, random)
  const canvas = coarse ? squeezeRows(painted) : painted
  const { width, height } = canvas
  const source = canvas.data()
  const pixels = Buffer.alloc(width * height)
  const noise = noiseTable(random, random.between(8, 22))
  // Set too light a pen breaks, set too dark it clots.
  const threshold = harsh ? random.between(118, 210) : random.between(125, 190)
  let at = random.whole(0, 60000)
  for (let i = 0, p = 0; i < pixels.length; i++, p += 4) {
    if (++at >= 65521) at = (i * 31) % 65521
    const value = source[p]! * 0.3 + source[p + 1]! * 0.59 + source[p + 2]! * 0.11 + noise[at]!
    pixels[i] = value < threshold ? 0 : 255
  }
  const specks = random.whole(20, harsh ? 900 : 420)
  for (let i = 0; i < specks; i++) {
    const x = random.whole(1, width - 3)
    const y = random.whole(1, height - 3)
    const ink = random.chance(0.8) ? 0 : 255
    pixels[y * width + x] = ink
    if (random.chance(0.3)) pixels[y * width + x + 1] = ink
    if (random.chance(0.2)) pixels[(y + 1) * width + x] = ink
  }
  // A dirty spot on the glass leaves a stripe down the page; a bad line repeats the one above.
  if (random.chance(0.2)) {
    const x = random.whole(10, width - 10)
    for (let y = 0; y < height; y++) if (random.chance(0.85)) pixels[y * width + x] = 0
  }
  for (let i = random.whole(0, 4); i > 0; i--) {
    const y = random.whole(2, height - 2)
    pixels.copyWithin(y * width, (y - 1) * width, y * width)
  }
  const turned = quarterFor(side, random)
  // A machine that sends fewer lines than dots feeds the sheet on its short side.
  const rotation = coarse && turned !== 180 ? 0 : turned
  const tiff = random.chance(coarse ? 0.7 : 0.35)
  let picture = sharp(pixels, { raw: { width, height, channels: 1 } })
  if (rotation !== 0) picture = picture.rotate(360 - rotation)
  // Without the tags of a TIFF the lines are doubled, or a viewer would show a squeezed page.
  if (coarse && !tiff) picture = picture.resize({ width, height: painted.height, fit: 'fill', kernel: 'nearest' })
  // Resolution in pixels a millimetre: metadata would bring a colour profile, which the fax encoder refuses.
  const bytes = await (
    tiff
      ? picture
          .toColourspace('b-w')
          .tiff({ compression: 'ccittfax4', bitdepth: 1, xres: dpi / 25.4, yres: (coarse ? coarseLines : dpi) / 25.4 })
      : picture.toColourspace('b-w').png({ palette: true, colours: 2, dither: 0 })
  ).toBuffer()
  return { bytes, extension: tiff ? 'tif' : 'png', width, height, rotation, sheet, place, color: false }
}

function squeezeRows(canvas: Canvas): Canvas {
  const squeezed = createCanvas(canvas.width, Math.round((canvas.height * coarseLines) / coarseDpi))
  const context = squeezed.getContext('2d')
  context.imageSmoothingQuality = 'high'
  context.drawImage(canvas, 0, 0, squeezed.width, squeezed.height)
  return squeezed
}

/** The line that the sending machine prints over the top margin. Its date and number belong to no field. */
function stampSender(canvas: Canvas, random: Random): void {
  const context = canvas.getContext('2d')
  context.setTransform(1, 0, 0, 1, 0, 0)
  const line = `2026-11-${random.whole(10, 20)} ${random.whole(10, 18)}:${random.whole(10, 59)}    FROM: ${random.pick(['GUANWU', 'OFFICE', 'XM TRADE', ''])}    TEL: 0592-${random.digits(7)}    P.${String(random.whole(1, 9)).padStart(2, '0')}/09`
  context.font = fontFor('sans', 19, line)
  context.fillStyle = '#000'
  context.fillText(line, canvas.width * random.between(0.04, 0.1), random.between(22, 30))
}
