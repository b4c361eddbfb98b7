/**
 * A speck on the glass of a feeder draws a thin pale line from one end of a grey or coloured scan to the other, which looks like a rule of a
 * table: a value that it crosses is cut in two, and a word begins where another cell seems to. The line takes the same share of the light all
 * along, so it is made as light as what lies beside it; print that it crosses stays as dark as it is.
 */
import type { Raster } from '../page.ts'

/** The line is looked at in so many pieces, at so many places of each; one piece may be hidden. Rules and frames end before the edges of a sheet. */
const [pieces, looks] = [16, 8]
const mostMissing = 1
/** A piece shows the line where this share of its places do: print lies over the others. */
const leastSeen = 0.6
/** So many grey levels darker than the paper on both sides, and no darker than this share of it: a black line is a frame. */
const [leastDarker, darkest] = [5, 0.35]
/** Nearer to the edges of the picture, as a share of it, a line is the edge of the sheet or the frame of a licence, and crosses nothing. */
const margin = 0.1
/** More of them are a pattern: the cloth below a sheet that was photographed. */
const most = 6
/** In pixels: how far the paper beside the line lies, and how wide the line is at most. */
const [beside, widest] = [4, 5]

/** The same picture, its pixels changed in place. Pixels of three channels. */
export function fadeStripes(raster: Raster): Raster {
  const { width, height, data } = raster
  fadeAlong(data, { lines: width, length: height, across: 3, along: 3 * width })
  fadeAlong(data, { lines: height, length: width, across: 3 * width, along: 3 })
  return raster
}

/** Lines of one direction: steps in bytes from one to the next and along each. */
interface Direction {
  readonly lines: number
  readonly length: number
  readonly across: number
  readonly along: number
}

function fadeAlong(data: Uint8Array, direction: Direction): void {
  const { lines, length } = direction
  if (lines * margin < beside || length < pieces * looks) return
  const isStripe = stripesAmong(data, direction)
  const stripes: (readonly [start: number, end: number])[] = []
  for (let line = beside; line < lines - beside; line++) {
    if (isStripe[line] === 0) continue
    let end = line + 1
    while (end < lines - beside && isStripe[end] === 1) end++
    if (end - line <= widest) stripes.push([line, end])
    line = end
  }
  if (stripes.length > most) return
  // The line's soft edges are too pale to be seen by themselves.
  const isWithin = ([start, end]: readonly [number, number]): boolean => start > lines * margin && end < lines * (1 - margin)
  for (const [start, end] of stripes.filter(isWithin)) for (let line = start - 1; line <= end; line++) fadeLine(data, line, direction)
}

/** 1 for each line that enough pieces show. Most are told to be none by the first two: in the others no more of them is looked at. */
function stripesAmong(data: Uint8Array, direction: Direction): Uint8Array {
  const { lines, length } = direction
  const missing = new Uint8Array(lines)
  const isStripe = new Uint8Array(lines)
  let left = new Int32Array(lines - 2 * beside).map((_, at) => at + beside)
  for (let piece = 0; piece < pieces; piece++) {
    const seen = new Uint8Array(lines)
    for (let look = piece * looks; look < (piece + 1) * looks; look++)
      markDarker(data, Math.floor(((look + 0.5) * length) / (pieces * looks)), direction, left, seen)
    left = left.filter((line) => seen[line]! >= leastSeen * looks || ++missing[line]! <= mostMissing)
  }
  for (const line of left) isStripe[line] = 1
  return isStripe
}

/** One place of the lines that are left: a function of its own, for V8 leaves a loop within a loop each time that it ends. */
function markDarker(data: Uint8Array, place: number, { across, along }: Direction, left: Int32Array, seen: Uint8Array): void {
  // The green channel has most of the light.
  const start = place * along + 1
  for (let next = 0; next < left.length; next++) {
    const line = left[next]!
    const at = start + line * across
    const limit = data[at]! + leastDarker
    if (data[at - beside * across]! >= limit && data[at + beside * across]! >= limit) seen[line]!++
  }
}

/** Divides a line by the share of light that it lets pass: the median of what it has of the paper beside it. */
function fadeLine(data: Uint8Array, line: number, { length, across, along }: Direction): void {
  for (let channel = 0; channel < 3; channel++) {
    const shares: number[] = []
    for (let look = 0; look < pieces * looks; look++) {
      const at = Math.floor(((look + 0.5) * length) / (pieces * looks)) * along + line * across + channel
      const paper = (data[at - beside * across]! + data[at + beside * across]!) / 2
      if (paper > 0) shares.push(data[at]! / paper)
    }
    const share = shares.toSorted((one, other) => one - other)[shares.length >> 1] ?? 1
    if (share >= 1 || share < darkest) continue
    for (let step = 0; step < length; step++) {
      const at = step * along + line * across + channel
      data[at] = Math.min(255, Math.round(data[at]! / share))
    }
  }
}
