/**
 * Codes are often written one figure to a box (□□□□…). The bars between the figures read as 1, | or I, and figures that stand
 * so far apart are passed over. The bars are of one height, far higher than a figure, and stand at one distance, which tells
 * them: what is between them is put together as a line of print.
 */
import type { Raster } from '../page.ts'

/** A pixel is ink when it is darker than the paper by this, in levels of 255. */
const darkness = 50
/** Fewer bars than these are no row of boxes for a code. */
const fewestBars = 9
/** Bars are as high as this share of the crop at least. */
const leastHeight = 0.35
/** Heights and distances of bars differ by no more than these shares. */
const sameHeight = 0.86
const sameDistance = 0.3
/** Between two figures of the line, and around it, as shares of a box's height. */
const between = 0.12
const around = 0.2

export interface FiguresInBoxes {
  readonly raster: Raster
  /** Where each column of the raster stood on the crop. */
  readonly columns: Int32Array
}

/** A bar, or what is as high: its columns, and from where to where it runs down. */
interface Bar {
  readonly from: number
  readonly to: number
  readonly top: number
  readonly bottom: number
}

/** The figures of a row of boxes as one line; null when the crop holds no such row. */
export function liftBars(crop: Raster): FiguresInBoxes | null {
  const { width, height } = crop
  const dark = markDark(crop)
  const runs = Array.from({ length: width }, (_, x) => longestRun(dark, x, width, height))
  const bars = findBars(runs, height)
  if (!bars) return null
  const middle = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[values.length >> 1]!
  const [top, bottom] = [middle(bars.map((bar) => bar.top)) + 3, middle(bars.map((bar) => bar.bottom)) - 3]
  const high = bottom - top
  const columns: number[] = []
  const leave = (share: number) => columns.push(...Array.from({ length: Math.round(share * high) }, () => -1))
  leave(around)
  for (const [at, bar] of bars.slice(0, -1).entries()) {
    const inside = Array.from({ length: Math.max(0, bars[at + 1]!.from - bar.to - 5) }, (_, step) => bar.to + 3 + step)
    const inked = inside.filter((x) => isInked(dark, x, width, top, bottom))
    if (inked.length === 0) continue
    for (let x = inked[0]!; x <= inked.at(-1)!; x++) columns.push(x)
    leave(between)
  }
  leave(around)
  return { raster: compose(crop, columns, top, high), columns: placesOf(columns) }
}

/** The columns of the crop one after another; −1 is paper. */
function compose(crop: Raster, columns: readonly number[], top: number, high: number): Raster {
  const paper = paperOf(crop)
  const margin = Math.round(around * high)
  const height = high + 2 * margin
  const data = new Uint8Array(columns.length * height * 3)
  for (let y = 0; y < height; y++)
    for (const [x, from] of columns.entries()) {
      const isPaper = from < 0 || y < margin || y >= margin + high
      const at = ((top + y - margin) * crop.width + from) * 3
      data.set(isPaper ? paper : crop.data.subarray(at, at + 3), (y * columns.length + x) * 3)
    }
  return { width: columns.length, height, data }
}

/** Paper between two figures stands where the figure before it does. */
function placesOf(columns: readonly number[]): Int32Array {
  const places = Int32Array.from(columns)
  let last = columns.find((x) => x >= 0) ?? 0
  for (let at = 0; at < places.length; at++) {
    if (places[at]! < 0) places[at] = last
    last = places[at]!
  }
  return places
}

interface Run {
  readonly top: number
  readonly length: number
}

/** Columns of ink as high as one another at one distance; lines of the table around the boxes are higher. */
function findBars(runs: readonly Run[], height: number): Bar[] | null {
  for (const highest of [...new Set(runs.map(({ length }) => length))].toSorted((one, other) => other - one)) {
    if (highest < leastHeight * height) return null
    const bars = clusters(runs, highest)
    const steps = bars.slice(1).map((bar, at) => bar.from - bars[at]!.from)
    const pitch = steps.toSorted((one, other) => one - other)[steps.length >> 1] ?? 0
    const even = steps.filter((step) => Math.abs(step - pitch) < sameDistance * pitch).length
    if (bars.length >= fewestBars && even >= 0.8 * steps.length && pitch >= 0.5 * highest) return bars
  }
  return null
}

function clusters(runs: readonly Run[], highest: number): Bar[] {
  const found: { from: number; to: number; top: number; bottom: number }[] = []
  for (const [at, { top, length }] of runs.entries()) {
    if (length < sameHeight * highest || length > highest) continue
    const last = found.at(-1)
    if (last && at - last.to <= 2) last.to = at
    else found.push({ from: at, to: at, top, bottom: top + length })
  }
  return found
}

/** The longest run of ink in a column; a bar that leans goes on in the next column. */
function longestRun(dark: Uint8Array, x: number, width: number, height: number): Run {
  let longest: Run = { top: 0, length: 0 }
  let start = 0
  for (let y = 0; y <= height; y++) {
    const at = y * width + x
    const isInk = y < height && (dark[at] === 1 || (x > 0 && dark[at - 1] === 1) || (x + 1 < width && dark[at + 1] === 1))
    if (isInk) continue
    if (y - start > longest.length) longest = { top: start, length: y - start }
    start = y + 1
  }
  return longest
}

const isInked = (dark: Uint8Array, x: number, width: number, top: number, bottom: number): boolean => {
  let inked = 0
  for (let y = top; y < bottom; y++) inked += dark[y * width + x]!
  return inked > 1
}

function markDark({ width, height, data }: Raster): Uint8Array {
  const levels = Uint8Array.from({ length: width * height }, (_, at) => Math.min(data[at * 3]!, data[at * 3 + 1]!, data[at * 3 + 2]!))
  const paper = shareBelow(levels)
  return levels.map((level) => (level < paper - darkness ? 1 : 0))
}

const paperOf = ({ data }: Raster): [number, number, number] => {
  const channel = (from: number): number => shareBelow(data.filter((_, at) => at % 3 === from))
  return [channel(0), channel(1), channel(2)]
}

/** The level that two fifths of the pixels lie above: paper, as far as ink covers less than half. */
function shareBelow(levels: Uint8Array): number {
  const histogram = new Uint32Array(256)
  for (const level of levels) histogram[level]!++
  let level = 255
  for (let above = 0; level > 0; level--) if ((above += histogram[level]!) > levels.length * 0.4) break
  return level
}
