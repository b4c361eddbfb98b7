/**
 * A speck on the glass of a fax machine or a feeder draws a thin line from one end of the sheet to the other, through whatever is
 * printed there: a 5 that it crosses is read as $, 韦 not at all. On pictures that are black and white alone it is taken off before
 * anything is read; what crosses it stays.
 */
import type { Raster } from '../page.ts'

const [black, white] = [0, 255]
/** The line is looked at in so many pieces, of which one may be hidden: rules and frames of a form end before the edges of a sheet. */
const pieces = 16
const mostMissing = 1
/** A piece of the line is this dark at least, and what lies beside the line no darker. */
const leastDark = 0.55
const mostBeside = 0.3
/** In pixels; a wider one is the edge of the sheet or of the glass. */
const widest = 3
/** Every so many pixels one is looked at to tell that there is no grey. */
const sampling = 61

/** The same picture, its pixels changed in place. Pixels of three channels. */
export function liftStripes(raster: Raster): Raster {
  if (!isBlackAndWhite(raster)) return raster
  const { width, height, data } = raster
  liftAlong(data, { lines: width, length: height, across: 3, along: 3 * width })
  liftAlong(data, { lines: height, length: width, across: 3 * width, along: 3 })
  return raster
}

function isBlackAndWhite({ data }: Raster): boolean {
  for (let at = 0; at < data.length; at += 3 * sampling) if (data[at] !== black && data[at] !== white) return false
  return data.length > 0
}

/** Lines of one direction: steps in bytes from one to the next and along each. */
interface Direction {
  readonly lines: number
  readonly length: number
  readonly across: number
  readonly along: number
}

function liftAlong(data: Uint8Array, direction: Direction): void {
  const { lines, length, across, along } = direction
  const dark = countDark(data, direction)
  const share = (line: number, piece: number): number => dark[line * pieces + piece]! / (length / pieces)
  const isStripe = (line: number): boolean => {
    let missing = 0
    for (let piece = 0; piece < pieces; piece++) if (share(line, piece) < leastDark && ++missing > mostMissing) return false
    return true
  }
  const darkness = (line: number): number => {
    let sum = 0
    for (let piece = 0; piece < pieces; piece++) sum += share(line, piece) / pieces
    return sum
  }
  for (let line = 2; line < lines - 2; line++) {
    if (!isStripe(line)) continue
    let end = line + 1
    while (end < lines && isStripe(end)) end++
    const isThin = end - line <= widest && end < lines - 1
    if (isThin && darkness(line - 1) <= mostBeside && darkness(end) <= mostBeside)
      for (let step = 0; step < length; step++) {
        const at = step * along
        // A stroke that crosses the stripe goes on at both its sides.
        const isCrossed = data[at + (line - 1) * across] === black && data[at + end * across] === black
        for (let own = line; own < end && !isCrossed; own++) data.fill(white, at + own * across, at + own * across + 3)
      }
    line = end
  }
}

/** How many pixels of each piece of each line are black. */
function countDark(data: Uint8Array, { lines, length, across, along }: Direction): Uint32Array {
  const dark = new Uint32Array(lines * pieces)
  for (let step = 0; step < length; step++) {
    const piece = Math.floor((step * pieces) / length)
    markDark(data, step * along, lines, across, dark, piece)
  }
  return dark
}

/** One step across all lines: a function of its own, for V8 leaves a loop within a loop each time that it ends. */
function markDark(data: Uint8Array, start: number, lines: number, across: number, dark: Uint32Array, piece: number): void {
  for (let line = 0; line < lines; line++) if (data[start + line * across] === black) dark[line * pieces + piece]!++
}
