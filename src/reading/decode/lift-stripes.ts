/**
 * A speck on the glass of a fax machine or a feeder draws a thin line from one end of the sheet to the other, through whatever is
 * printed there: a 5 that it crosses is read as $, 韦 not at all. On pictures that are black and white alone it is taken off before
 * anything is read; what crosses it stays. On others it is made as light as the paper.
 */
import type { Raster } from '../page.ts'
import { fadeStripes } from './fade-stripes.ts'

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
  if (!isBlackAndWhite(raster)) return fadeStripes(raster)
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
  const isThin = (line: number, end: number): boolean => end - line <= widest && end < lines - 1
  const isBare = (line: number): boolean => darkness(data, direction, line) <= mostBeside
  for (let line = 2; line < lines - 2; line++) {
    if (!isStripe(data, direction, line)) continue
    let end = line + 1
    while (end < lines && isStripe(data, direction, end)) end++
    if (isThin(line, end) && isBare(line - 1) && isBare(end))
      for (let step = 0; step < length; step++) {
        const at = step * along
        // A stroke that crosses the stripe goes on at both its sides.
        const isCrossed = data[at + (line - 1) * across] === black && data[at + end * across] === black
        for (let own = line; own < end && !isCrossed; own++) data.fill(white, at + own * across, at + own * across + 3)
      }
    line = end
  }
}

/** The share of a piece of a line that is black. */
function share(data: Uint8Array, { length, across, along }: Direction, line: number, piece: number): number {
  const from = line * across + Math.ceil((piece * length) / pieces) * along
  const to = line * across + Math.ceil(((piece + 1) * length) / pieces) * along
  return countDark(data, from, to, along) / (length / pieces)
}

/** Most lines are told to be none by the first two pieces: no others are counted. */
function isStripe(data: Uint8Array, direction: Direction, line: number): boolean {
  let missing = 0
  for (let piece = 0; piece < pieces; piece++) if (share(data, direction, line, piece) < leastDark && ++missing > mostMissing) return false
  return true
}

function darkness(data: Uint8Array, direction: Direction, line: number): number {
  let sum = 0
  for (let piece = 0; piece < pieces; piece++) sum += share(data, direction, line, piece) / pieces
  return sum
}

/** How many of the pixels from one place up to another are black: a function of its own, for V8 compiles all that is around a loop with it. */
function countDark(data: Uint8Array, from: number, to: number, along: number): number {
  let count = 0
  for (let at = from; at < to; at += along) if (data[at] === black) count++
  return count
}
