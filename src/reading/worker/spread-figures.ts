/**
 * The recogniser merges figures alike that stand near each other (11, 22) and passes over slender ones of a leaning hand, however
 * far they are drawn out. Set upright and moved apart, each with its own ink, every one is read.
 */
import type { Raster } from '../page.ts'
import type { FiguresApart, LineApart } from './read-apart.ts'
import { darknessOf, lean, type Piece, piecesOf, type Plane, slantOf, withoutRules } from './ink-plane.ts'

/** Paper around the line, in heights of a figure. */
const around = 0.25
/** Strokes that lie over each other by this share of the narrower one are one figure. */
const over = 0.5
/** What is lower than this share of the highest piece is a point or a speck, and tells nothing of the line's height. */
const low = 0.42
/** More pieces than these are no number. */
const mostPieces = 60

/** The ink of one line, piece by piece, in grey; null when there is none, or too much. */
export function spreadFigures(crop: Raster): FiguresApart | null {
  if (crop.width < 8 || crop.height < 8) return null
  const clean = withoutRules(darknessOf(crop))
  const slant = slantOf([clean])
  const upright = lean(clean, slant)
  const pieces = piecesOf(upright).filter(({ height, width }) => height < upright.height && width < 6 * upright.height)
  const highest = Math.max(0, ...pieces.map(({ height }) => height))
  if (pieces.length === 0 || pieces.length > mostPieces || highest < 6) return null
  const tall = pieces.filter(({ height }) => height > low * highest)
  const top = Math.min(...tall.map(({ y }) => y))
  const bottom = Math.max(...tall.map(({ y, height }) => y + height))
  const groups = groupOver(pieces)
  const margin = (upright.width - clean.width) / 2
  // Each pixel of a group with its blurred edge, which no other group has.
  const owner = new Int16Array(upright.dark.length).fill(-1)
  for (const [at, { pixels }] of groups.entries()) for (const pixel of pixels) owner[pixel] = at
  return {
    places: groups.map(({ left, right }) => [left - margin, right - margin] as const),
    line: (between, first = 0, last = groups.length) => compose(upright, groups, owner, { top, bottom, between, first, last }),
  }
}

interface Group {
  readonly left: number
  readonly right: number
  readonly pixels: readonly number[]
}

/** Pieces that lie over each other, from left to right. */
function groupOver(pieces: readonly Piece[]): Group[] {
  const groups: Group[] = []
  for (const { x, width, pixels } of pieces.toSorted((one, other) => one.x - other.x)) {
    const last = groups.at(-1)
    const shared = last ? Math.min(last.right, x + width) - x : 0
    if (last && shared > over * Math.min(last.right - last.left, width))
      groups[groups.length - 1] = {
        left: Math.min(last.left, x),
        right: Math.max(last.right, x + width),
        pixels: [...last.pixels, ...pixels],
      }
    else groups.push({ left: x, right: x + width, pixels })
  }
  return groups
}

interface Frame {
  readonly top: number
  readonly bottom: number
  readonly between: number
  readonly first: number
  readonly last: number
}

function compose({ width, dark }: Plane, groups: readonly Group[], owner: Int16Array, frame: Frame): LineApart {
  const { top, bottom, between, first, last } = frame
  const high = bottom - top
  const room = Math.round(around * high)
  const gap = Math.round((between + apart) * high)
  const own = groups.slice(Math.max(0, first), last + 1)
  const wide = 2 * room + own.reduce((sum, { left, right }) => sum + right - left + gap, 0)
  const tall = high + 2 * room
  const raster = { width: wide, height: tall, data: new Uint8Array(wide * tall * 3).fill(255) }
  const figures = new Int16Array(wide)
  const canvas = { dark, owner, width, down: room - top, wide, data: raster.data }
  let x = room
  for (const { left, right, pixels } of own) {
    const at = groups.findIndex((group) => group.pixels === pixels)
    figures.fill(at, x - Math.min(x, gap >> 1))
    paintGroup(canvas, pixels, at, x - left)
    x += right - left + gap
  }
  return { raster, figures }
}

/** What is painted from, and what on, so many rows farther down. */
interface Canvas {
  readonly dark: Float32Array
  readonly owner: Int16Array
  readonly width: number
  readonly down: number
  readonly wide: number
  readonly data: Uint8Array
}

/** Loops are functions of their own, and so is what they do: V8 compiles all that is around them with them, and anew for each that closes over something. */
function paintGroup(canvas: Canvas, pixels: readonly number[], group: number, right: number): void {
  const { width } = canvas
  for (let next = 0; next < pixels.length; next++) {
    const pixel = pixels[next]!
    paint(canvas, pixel, group, right)
    paint(canvas, pixel - 1, group, right)
    paint(canvas, pixel + 1, group, right)
    paint(canvas, pixel - width, group, right)
    paint(canvas, pixel + width, group, right)
  }
}

function paint({ dark, owner, width, down, wide, data }: Canvas, pixel: number, group: number, right: number): void {
  if (pixel < 0 || pixel >= owner.length || (owner[pixel] !== group && owner[pixel] !== -1)) return
  const place = 3 * ((Math.floor(pixel / width) + down) * wide + (pixel % width) + right)
  if (place < 0 || place >= data.length) return
  data[place] = data[place + 1] = data[place + 2] = Math.round(255 * (1 - dark[pixel]!))
}

/** Figures of a hand stand further apart than those of boxes, whose own blank is left to them, by this share of their height. */
const apart = 0.1
