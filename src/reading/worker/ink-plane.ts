/** The ink of a line as a plane of darkness: freed from rules, the slant of its hand undone, parted into what hangs together. */
import type { Raster, Rectangle } from '../page.ts'

/** How far a line is moved for each line above or below the middle, as hands lean; half a step to each side after. */
const slants = [-0.1, 0, 0.1, 0.2, 0.3, 0.4, 0.5]
const halfStep = 0.05
/** Ink counts from half-way between the paper and the darkest. */
const inked = 0.45
export interface Plane {
  readonly width: number
  readonly height: number
  readonly dark: Float32Array
}

/** What hangs together, with the places of its pixels in the plane. */
export interface Piece extends Rectangle {
  readonly pixels: readonly number[]
}

/** One pixel of so many tells how light the paper is. */
const sampled = 7

/** Ink of pens is coloured: a pixel is as dark as its darkest channel. */
export function darknessOf({ width, height, data }: Raster): Plane {
  const levels = darkestChannels(data, width * height)
  const sorted = new Uint8Array(Math.ceil(levels.length / sampled)).map((_, at) => levels[at * sampled]!).sort()
  const [paper, ink] = [sorted[sorted.length >> 1] ?? 0, sorted[Math.floor(sorted.length * 0.99)] ?? 255]
  const range = Math.max(24, ink - paper)
  const shares = new Float32Array(256).map((_, level) => Math.max(0, Math.min(1, (level - paper) / range)))
  const dark = new Float32Array(levels.length)
  for (let at = 0; at < dark.length; at++) dark[at] = shares[levels[at]!]!
  return { width, height, dark }
}

/** How far each pixel's darkest channel is from white. */
function darkestChannels(data: Uint8Array, count: number): Uint8Array {
  const levels = new Uint8Array(count)
  for (let at = 0, from = 0; at < count; at++, from += 3) levels[at] = 255 - Math.min(data[from]!, data[from + 1]!, data[from + 2]!)
  return levels
}

/** Rules that bound a cell or are there to write on hold the figures together that reach them. */
export function withoutRules({ width, height, dark }: Plane): Plane {
  const clean = new Float32Array(dark)
  const wipe = (x: number, y: number): void => {
    if (x >= 0 && y >= 0 && x < width && y < height) clean[y * width + x] = 0
  }
  const isInkAt = (at: number): boolean => at >= 0 && at < dark.length && dark[at]! >= inked
  const isInk = (x: number, y: number): boolean => [-1, 0, 1].some((by) => isInkAt(y * width + x + by))
  // A stroke that meets the rule stays whole.
  const isCrossed = (x: number, y: number): boolean =>
    (y >= across && isInk(x, y - across)) || (y + across < height && isInk(x, y + across))
  const wipeRun = (y: number, from: number, to: number): void => {
    for (let x = from; x < to; x++) if (!isCrossed(x, y)) for (let by = -1; by <= 1; by++) wipe(x, y + by)
  }
  const wipeRules = (y: number): void => {
    for (let x = 0, from = 0; x <= width; x++) {
      if (x < width && dark[y * width + x]! >= ruled) continue
      if (x - from > longRun * height || x - from === width) wipeRun(y, from, x)
      from = x + 1
    }
  }
  for (let y = 0; y < height; y++) wipeRules(y)
  const plane = { width, height, dark: clean }
  for (const piece of piecesOf(plane)) {
    const isUpright = piece.height > 0.75 * height && piece.width < 0.13 * height && (piece.y <= 1 || piece.y + piece.height >= height - 1)
    if (isUpright && (piece.x < 0.8 * height || piece.x > width - 0.8 * height))
      for (const at of piece.pixels) for (const by of [-2, -1, 0, 1, 2]) clean[at + by] = 0
  }
  return plane
}

/** How dark rules are, and how long, in heights, ink runs on in them: in no figure so long. */
const ruled = 0.3
const longRun = 1.3
/** A stroke of the hand is seen so many pixels above or below a rule that it crosses. */
const across = 4

/** The slant of the hand that wrote all of these. */
export function slantOf(planes: readonly Plane[]): number {
  const suits = (slant: number): number => planes.reduce((sum, plane) => sum + sharpnessOf(plane, slant), 0)
  const best = (ones: readonly number[]): number =>
    ones.map((one) => ({ one, sharp: suits(one) })).toSorted((one, other) => other.sharp - one.sharp)[0]!.one
  const near = best(slants)
  return best([near - halfStep, near, near + halfStep])
}

/** With each line moved by its distance from the middle, and room for that on both sides. */
export function lean({ width, height, dark }: Plane, slant: number): Plane {
  const margin = Math.ceil((Math.abs(slant) * height) / 2)
  const wide = width + 2 * margin
  const leaned = new Float32Array(wide * height)
  for (let y = 0; y < height; y++) {
    const by = margin + slant * (y - height / 2)
    const whole = Math.floor(by)
    const part = by - whole
    for (let x = 0; x < width; x++) {
      const value = dark[y * width + x]!
      const to = y * wide + x + whole
      leaned[to] = leaned[to]! + value * (1 - part)
      if (x + whole + 1 < wide) leaned[to + 1] = leaned[to + 1]! + value * part
    }
  }
  return { width: wide, height, dark: leaned }
}

/** Upright strokes gather their ink in few columns. */
function sharpnessOf({ width, height, dark }: Plane, slant: number): number {
  const margin = Math.ceil((Math.abs(slant) * height) / 2)
  const columns = new Float32Array(width + 2 * margin + 1)
  for (let y = 0; y < height; y++) {
    const by = Math.round(margin + slant * (y - height / 2))
    for (let x = 0; x < width; x++) columns[x + by] = columns[x + by]! + dark[y * width + x]!
  }
  const ink = columns.reduce((sum, one) => sum + one, 0)
  return ink === 0 ? 0 : columns.reduce((sum, one) => sum + one * one, 0) / ink
}

/** Everything that hangs together. */
export function piecesOf({ width, height, dark }: Plane): Piece[] {
  const seen = new Uint8Array(dark.length)
  const addBeside = (pixel: number, pixels: number[]): void => {
    const [x, y] = [pixel % width, Math.floor(pixel / width)]
    for (let down = Math.max(0, y - 1); down <= Math.min(height - 1, y + 1); down++)
      for (let across = Math.max(0, x - 1); across <= Math.min(width - 1, x + 1); across++) {
        const at = down * width + across
        if (seen[at] || dark[at]! < inked) continue
        seen[at] = 1
        pixels.push(at)
      }
  }
  const pieces: Piece[] = []
  for (let start = 0; start < dark.length; start++) {
    if (seen[start] || dark[start]! < inked) continue
    const pixels = [start]
    seen[start] = 1
    for (let next = 0; next < pixels.length; next++) addBeside(pixels[next]!, pixels)
    const piece = boundPixels(pixels, width)
    if (piece.width + piece.height >= 6) pieces.push(piece)
  }
  return pieces
}

export function boundPixels(pixels: readonly number[], width: number): Piece {
  let [left, right, top, bottom] = [Infinity, 0, Infinity, 0]
  for (const at of pixels) {
    const [x, y] = [at % width, Math.floor(at / width)]
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1, pixels }
}
