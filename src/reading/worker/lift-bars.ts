/**
 * Codes are often written one figure to a box (□□□□…). The bars between the figures read as 1, | or I, and figures that stand
 * so far apart are passed over. The bars are of one height, far higher than a figure, and stand at one distance, which tells
 * them: what is between them is put together as a line of print.
 */
import type { Raster } from '../page.ts'
import type { FiguresApart, LineApart } from './read-apart.ts'

/** A pixel is ink when it is darker than the paper around it by this share. */
const darkness = 0.18
/** Fewer bars than these are no row of boxes for a code. */
const fewestBars = 9
/** Bars are as high as this share of the crop at least. */
const leastHeight = 0.3
/** Heights and distances of bars differ by no more than these shares. */
const sameHeight = 0.86
const sameDistance = 0.12
/** Pixels of a frame and of its blur, on each side of a bar and within a box. */
const ofBar = 3
const ofFrame = 3
/** Paper around the line, as a share of a box's height. */
const around = 0.2

/** A bar, or what is as high: its columns, and from where to where it runs down. */
interface Bar {
  readonly from: number
  readonly to: number
  readonly top: number
  readonly bottom: number
}

/** The ink of one box: its columns, and the rows between its frames. */
interface Figure {
  readonly box: number
  readonly left: number
  readonly right: number
  readonly top: number
}

/** The figures of a row of boxes; null when the crop holds no such row. A row may slant: each box is cut by its own bars. */
export function liftBars(crop: Raster): FiguresApart | null {
  const { width, height } = crop
  const dark = markDark(crop)
  const runs = Array.from({ length: width }, (_, x) => longestRun(dark, x, width, height))
  const found = findBars(runs, height)
  if (!found) return null
  const bars = withEnds(withMissing(found), runs, height)
  const high = middleOf(bars.map(({ top, bottom }) => bottom - top)) - 2 * ofFrame
  const paper = paperOf(crop)
  const figures = bars.slice(0, -1).flatMap((bar, box): Figure[] => {
    const next = bars[box + 1]!
    const top = Math.round((bar.top + bar.bottom + next.top + next.bottom) / 4 - high / 2)
    const inside = Array.from({ length: Math.max(0, next.from - bar.to - 2 * ofBar + 1) }, (_, step) => bar.to + ofBar + step)
    const inked = inside.filter((x) => isInked(dark, x, width, top, Math.min(height, top + high)))
    return inked.length === 0 ? [] : [{ box, left: inked[0]!, right: inked.at(-1)!, top }]
  })
  return {
    places: bars.slice(0, -1).map(({ to }, at) => [to, bars[at + 1]!.from] as const),
    line: (between, first = 0, last = bars.length) =>
      compose(
        crop,
        paper,
        figures.filter(({ box }) => box >= first && box <= last),
        high,
        between,
      ),
  }
}

const middleOf = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[values.length >> 1]!

/** With bars where some were not seen: two steps that are as long as several hold so many. */
function withMissing(bars: readonly Bar[]): Bar[] {
  const pitch = middleOf(bars.slice(1).map((bar, at) => bar.from - bars[at]!.from))
  return bars.flatMap((bar, at) => {
    const next = bars[at + 1]
    const steps = next ? Math.round((next.from - bar.from) / pitch) : 1
    return Array.from({ length: Math.max(1, steps) }, (_, step): Bar => {
      const share = step / Math.max(1, steps)
      const between = (one: number, other: number): number => Math.round(one + (other - one) * share)
      if (step === 0 || !next) return bar
      return {
        from: between(bar.from, next.from),
        to: between(bar.to, next.to),
        top: between(bar.top, next.top),
        bottom: between(bar.bottom, next.bottom),
      }
    })
  })
}

/** The row with what belongs to it at its ends: bars that are fainter, or that are the border of a cell as well. */
function withEnds(bars: readonly Bar[], runs: readonly Run[], height: number): Bar[] {
  const all = [...bars]
  while (all.length <= boxesOfCode) {
    const next = [-1, 1].map((direction) => barBeyond(all, runs, height, direction))
    const [before, after] = next as [Beyond, Beyond]
    const [best, first] = before.share > after.share ? [before, true] : [after, false]
    if (best.share < leastEnd) break
    if (first) all.unshift(best.bar)
    else all.push(best.bar)
  }
  return all
}

/** A code has so many characters. */
const boxesOfCode = 18
/** Where the next bar should stand a column is inked over this share of its height at least. */
const leastEnd = 0.55
/** So far from there, as a share of a box. */
const sameEnd = 0.12

/** So many boxes at an end tell how far it is to the next bar, and how far it rises. */
const ends = 4

interface Beyond {
  readonly bar: Bar
  /** How much of it is inked. */
  readonly share: number
}

function barBeyond(bars: readonly Bar[], runs: readonly Run[], height: number, direction: number): Beyond {
  const end = direction < 0 ? bars[0]! : bars.at(-1)!
  const from = bars.length > ends ? bars.at(direction < 0 ? ends : -1 - ends)! : bars.at(direction < 0 ? -1 : 0)!
  const count = Math.min(ends, bars.length - 1)
  const [step, rise] = [(end.from - from.from) / count, (end.top - from.top) / count].map(Math.round) as [number, number]
  const high = end.bottom - end.top
  const wanted = end.from + step
  const reach = Math.max(2, Math.round(sameEnd * Math.abs(step)))
  const [top, bottom] = [Math.max(0, end.top + rise), Math.min(height, end.bottom + rise)]
  let [best, share] = [wanted - 2 * reach, 0]
  // A row is seen in perspective: its boxes grow or shrink, but slowly.
  for (let x = Math.max(0, wanted - reach); x <= Math.min(runs.length - 1, wanted + reach); x++) {
    const { top: from, length } = runs[x]!
    const own = (Math.min(bottom, from + length) - Math.max(top, from)) / high
    if (own > share + 0.02 || (own > share - 0.02 && Math.abs(x - wanted) < Math.abs(best - wanted))) [best, share] = [x, own]
  }
  return { bar: { from: best, to: best + end.to - end.from, top: end.top + rise, bottom: end.bottom + rise }, share }
}

/** The figures one after another on paper. */
function compose(crop: Raster, paper: readonly number[], figures: readonly Figure[], high: number, between: number): LineApart {
  const margin = Math.round(around * high)
  const gap = Math.max(1, Math.round(between * high))
  const width = 2 * margin + figures.reduce((sum, { left, right }) => sum + right - left + 1 + gap, 0)
  const height = high + 2 * margin
  const data = new Uint8Array(width * height * 3)
  for (let at = 0; at < data.length; at += 3) data.set(paper, at)
  const boxes = new Int16Array(width)
  let x = margin
  for (const { box, left, right, top } of figures) {
    boxes.fill(box, x - Math.min(x, gap >> 1))
    for (let y = 0; y < high; y++) {
      if (top + y < 0 || top + y >= crop.height) continue
      const from = ((top + y) * crop.width + left) * 3
      data.set(crop.data.subarray(from, from + 3 * (right - left + 1)), ((margin + y) * width + x) * 3)
    }
    x += right - left + 1 + gap
  }
  return { raster: { width, height, data }, figures: boxes }
}

interface Run {
  readonly top: number
  readonly length: number
}

/** Columns of ink as high as one another at one distance; lines of the table around the boxes are higher, and stand anywhere. */
function findBars(runs: readonly Run[], height: number): Bar[] | null {
  for (const highest of [...new Set(runs.map(({ length }) => length))].toSorted((one, other) => other - one)) {
    if (highest < leastHeight * height) return null
    const bars = clusters(runs, highest)
    if (bars.length < fewestBars) continue
    const steps = new Set(bars.slice(1).map((bar, at) => bar.from - bars[at]!.from))
    const chains = [...steps].filter((step) => step >= 0.5 * highest).map((pitch) => longestChain(bars, pitch, highest))
    const longest = chains.toSorted((one, other) => other.length - one.length)[0]
    if (longest && longest.length >= fewestBars) return longest
  }
  return null
}

/** The most bars that stand one, or a few, pitches from one another, with their tops on one line. */
function longestChain(bars: readonly Bar[], pitch: number, highest: number): Bar[] {
  let longest: Bar[] = []
  for (const first of bars) {
    const chain = [first]
    for (const bar of bars) {
      const last = chain.at(-1)!
      const steps = (bar.from - last.from) / pitch
      const whole = Math.round(steps)
      const isNext = whole >= 1 && whole <= mostMissing + 1 && Math.abs(steps - whole) < sameDistance * Math.sqrt(whole)
      if (isNext && Math.abs(bar.top - last.top) <= slant * highest * whole + 2) chain.push(bar)
    }
    if (chain.length > longest.length) longest = chain
  }
  return longest
}

/** So many bars in a row may be missing, and a row may rise or fall by this share of its height from box to box. */
const mostMissing = 3
const slant = 0.12

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

/** A photographed row is lit unevenly: the paper of each stretch of it tells what is ink there. */
function markDark({ width, height, data }: Raster): Uint8Array {
  const dark = new Uint8Array(width * height)
  for (let at = 0, from = 0; at < dark.length; at++, from += 3) dark[at] = Math.min(data[from]!, data[from + 1]!, data[from + 2]!)
  const stretches = Array.from({ length: Math.ceil(width / stretch) }, (_, at) => {
    const columns = { from: Math.max(0, (at - 1) * stretch), to: Math.min(width, (at + 2) * stretch) }
    const counts = new Uint32Array(256)
    for (let y = 0; y < height; y++) for (let x = columns.from; x < columns.to; x++) counts[dark[y * width + x]!]!++
    return shareBelow(counts, (columns.to - columns.from) * height) * (1 - darkness)
  })
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) dark[at] = dark[at]! < stretches[Math.floor(x / stretch)]! ? 1 : 0
  return dark
}

/** So many columns are lit alike. */
const stretch = 48

function paperOf({ data }: Raster): readonly number[] {
  return [0, 1, 2].map((channel) => {
    const counts = new Uint32Array(256)
    for (let at = channel; at < data.length; at += 3) counts[data[at]!]!++
    return shareBelow(counts, data.length / 3)
  })
}

/** The level that two fifths of the pixels lie above: paper, as far as ink covers less than half. */
function shareBelow(counts: Uint32Array, pixels: number): number {
  let level = 255
  for (let above = 0; level > 0; level--) if ((above += counts[level]!) > pixels * 0.4) break
  return level
}
