/**
 * Pens write in blue what machines print in black, and where a hand writes over the label of its cell the two are found, and
 * read, as one line that is neither. Their colours part them: where both stand in the same columns of a line, the lines of the
 * pen and those of the print are looked for apart.
 */
import type { Region } from '../engine/measure-regions.ts'
import { boundsOf, type PageEngine } from '../engine/open-engine.ts'
import type { Raster, Rectangle } from '../page.ts'
import { borrowing, kernels, runKernel, takeBytes, takeFloats } from '../pixels/kernels.ts'
import { clipToRaster } from '../raster/resample.ts'
import { area, meets } from '../understand/text/geometry.ts'

/** Side of the squares whose paper is measured, in pixels: `pens.wat` counts on it. */
const square = 32
/** Ink is darker than the paper by this share in its darkest channel, its blurred edge by the second. */
const inked = 0.3
const blurred = 0.08
/** Of a coloured pen the blue stands above the red by this share of its darkness. */
const bluer = 0.14
/** Of all ink a pen's is so much at least and at most. */
const [leastPen, mostPen] = [0.015, 0.7]
/** Of every so many pixels one tells whether a page has a coloured pen at all. */
const sampled = 5
/** Pen and print stand in the same columns for this share of the one that has fewer, and in so many, in heights of the line. */
const [shared, fewest] = [0.3, 0.25]
/** Two lines over one another are found as one that is higher than most by this. */
const higher = 1.2
/** Ink that runs on in a row for this share of a line is a rule. */
const ruled = 0.6

export interface PartedLines {
  readonly regions: readonly Region[]
  /** What a region is read from, where that is not the page as it is. */
  layerOf(region: Region): Raster | undefined
}

/** The regions, with those parted in which pen and print lie over one another. */
export async function partPen(
  engine: PageEngine,
  page: Raster,
  regions: readonly Region[],
  seals: readonly { readonly box: Rectangle }[] = [],
): Promise<PartedLines> {
  const none = { regions, layerOf: () => undefined }
  const inks = hasPen(page) ? tellInks(page) : null
  if (!inks) return none
  const heights = regions.map(({ height }) => height).toSorted((one, other) => one - other)
  const usual = heights[heights.length >> 1] ?? 0
  // What is left of a seal is neither print nor a pen's.
  const mayBe = (region: Region): boolean => region.height > higher * usual && !seals.some(({ box }) => meets(box, boundsOf(region)))
  const mixed = regions.filter((region) => mayBe(region) && isMixed(inks, page, boundsOf(region)))
  if (mixed.length === 0) return none
  const layers = { pen: layer(page, inks, penOf), print: layer(page, inks, printOf) }
  const find = async (name: 'pen' | 'print'): Promise<Region[]> =>
    (await engine.detect(layers[name])).map((region) => ({ ...region, layer: name }))
  const [pens, prints] = [await find('pen'), await find('print')]
  // Ink that both have is of neither colour: the line stays as it was seen.
  const isDouble = (region: Region): boolean =>
    pens.some((pen) => isOf(pen, [region]) && prints.some((print) => sharedBy(boundsOf(pen), boundsOf(print)) > mostShared))
  const parted = mixed.filter((region) => !isDouble(region))
  const kept = regions.filter((region) => !parted.includes(region))
  return {
    regions: [...kept, ...[...pens, ...prints].filter((region) => isOf(region, parted) && !isOf(region, kept))],
    layerOf: ({ layer: name }) => (name ? layers[name] : undefined),
  }
}

const isOf = (region: Region, others: readonly Region[]): boolean => others.some((other) => covers(boundsOf(other), boundsOf(region)))

/** A line of the pen and one of print share no more of what both of them cover. */
const mostShared = 0.5

/** Whether some of the ink is far bluer than the rest: a look at few pixels, for most pages have no such pen. */
function hasPen({ data }: Raster): boolean {
  const ofChannels = countSamples(data)
  const levels = [0, 1, 2].map((channel) => {
    const counts = ofChannels.subarray(channel * 256, (channel + 1) * 256)
    let [level, above] = [255, 0]
    for (const total = Math.ceil(data.length / (3 * sampled * sampled)); level > 1; level--)
      if ((above += counts[level]!) > total * 0.3) break
    return level
  })
  const told = new Int32Array(2)
  const limits = levels.map((level) => lightestInk(level, inked))
  runKernel([data], [told], (from, to) => kernels.countPens(from, data.length, 3 * sampled, ...levels, ...limits, bluer, to))
  const [ink, pen] = told as unknown as [number, number]
  return pen > leastPen * ink && pen > fewestPixels / sampled
}

/** How many of the pixels that are looked at have each level of red, of green and of blue. */
function countSamples(data: Uint8Array): Uint32Array {
  const counts = new Uint32Array(768)
  for (let at = 0; at < data.length; at += 3 * sampled * sampled) {
    counts[data[at]!]!++
    counts[256 + data[at + 1]!]!++
    counts[512 + data[at + 2]!]!++
  }
  return counts
}

/** A stamp or a coloured logo has fewer. */
const fewestPixels = 1500

const [printOf, penOf] = [1, 2] as const

interface Inks {
  /** Of each pixel whether it is paper, print or a pen's. */
  readonly kinds: Uint8Array
  /** Red, green and blue of the paper in each square. */
  readonly paper: Uint8Array
  readonly squares: number
}

/** The lowest level that is darker than paper by less than a share of it. */
function lightestInk(paper: number, share: number): number {
  let level = 0
  while (1 - level / paper >= share) level++
  return level
}

/** Of each level of paper. */
const limits = Uint8Array.from({ length: 256 }, (_, paper) => (paper === 0 ? 0 : lightestInk(paper, blurred)))

/** Null where the bluest ink is not plainly another than most. */
function tellInks(page: Raster): Inks | null {
  const { width, height, data } = page
  const { paper, squares } = measurePaper(page)
  const counts = new Uint32Array(200)
  const kinds = takeBytes(width * height)
  let ink = 0
  borrowing(() =>
    runKernel([data, paper, limits], [takeFloats((width + 4) * 15), counts, kinds], (from, of, dark, ...to) => {
      const [rows, countsAt, kindsAt] = to as [number, number, number]
      ink = kernels.measurePens(from, width, height, of, dark, inked, blurred, rows, countsAt, kindsAt)
    }),
  )
  const bound = boundBetween(counts)
  if (bound === null) return null
  const pens = counts.reduce((sum, count, at) => sum + (at > bound ? count : 0), 0)
  if (pens < leastPen * ink || pens > mostPen * ink || pens < fewestPixels) return null
  // What is measured begins with 1: 0 is paper.
  runKernel([], [kinds], (at) => kernels.partAt(at, kinds.length, bound + 1))
  return { kinds, paper, squares }
}

/** Where the ink of print ends and that of a pen begins, between the two colours that most of it has; null where it has but one. */
function boundBetween(counts: Uint32Array): number | null {
  const smooth = Array.from(counts, (_, at) => counts.subarray(Math.max(0, at - 2), at + 3).reduce((sum, one) => sum + one, 0))
  const print = smooth.reduce((best, count, at) => (count > smooth[best]! ? at : best), 0)
  let [bound, least, highest] = [print, print, 1]
  for (let at = print; at < smooth.length; at++) {
    if (smooth[at]! < smooth[least]!) least = at
    // What rises again most is the pen's, as far as there is enough of it to tell.
    const rise = smooth[least]! < leastRise ? smooth[at]! / leastRise : smooth[at]! / smooth[least]!
    if (at >= print + apart && rise > highest) [bound, highest] = [Math.round(print + nearPrint * (at - print)), rise]
  }
  return highest > parted ? bound : null
}

/** The two colours are so far apart, in hundredths, and so much more ink has the pen's than one between them. */
const [apart, parted] = [12, 1.25]
/** A pen's strokes are less coloured at their edges: they begin at this share of the way from print to the pen's own colour. */
const nearPrint = 0.4
/** Fewer pixels of a colour than these are chance. */
const leastRise = 200

/** What four fifths of the pixels of each square do not reach. */
function measurePaper({ width, height, data }: Raster): { paper: Uint8Array; squares: number } {
  const [squares, rows] = [Math.ceil(width / square), Math.ceil(height / square)]
  const paper = new Uint8Array(squares * rows * 3)
  runKernel([data], [new Uint32Array(256), paper], (from, counts, to) => kernels.samplePaper(from, width, height, square, counts, to))
  return { paper, squares }
}

/** Whether pen and print stand over one another in a region, rules aside. */
function isMixed({ kinds }: Inks, page: Raster, bounds: Rectangle): boolean {
  const by = 0.08 * bounds.height
  const { x, y, width, height } = clipToRaster(page, { ...bounds, y: bounds.y + by, height: bounds.height - 2 * by })
  const columns = { pen: new Uint16Array(width), print: new Uint16Array(width) }
  for (let row = y; row < y + height; row++) {
    const own = kinds.subarray(row * page.width + x, row * page.width + x + width)
    countKind(own, penOf, columns.pen)
    if (own.reduce((count, kind) => count + (kind === printOf ? 1 : 0), 0) <= ruled * width) countKind(own, printOf, columns.print)
  }
  const least = Math.max(2, 0.08 * height)
  let [pen, print, both] = [0, 0, 0]
  for (let column = 0; column < width; column++) {
    const [isPen, isPrint] = [columns.pen[column]! >= least, columns.print[column]! >= least]
    if (isPen) pen++
    if (isPrint) print++
    if (isPen && isPrint) both++
  }
  const fewer = Math.min(pen, print)
  return fewer > fewest * height && both > shared * fewer
}

/** Adds the pixels of a kind to those of their columns: a function of its own, for V8 leaves a loop within a loop each time that it ends. */
function countKind(row: Uint8Array, kind: number, counts: Uint16Array): void {
  for (let column = 0; column < row.length; column++) if (row[column] === kind) counts[column]!++
}

/** The page with the ink of one kind alone. */
function layer(page: Raster, { kinds, paper, squares }: Inks, kind: number): Raster {
  const data = new Uint8Array(page.data)
  const { width, height } = page
  for (let y = 0; y < height; y++)
    coverRow(
      data.subarray(3 * y * width),
      kinds.subarray(y * width, (y + 1) * width),
      kind,
      paper.subarray(3 * Math.floor(y / square) * squares),
    )
  return { width, height, data }
}

/** Lays paper over the ink of the other kind; `paper` begins with the row's squares. A function of its own, as `countKind` is. */
function coverRow(data: Uint8Array, kinds: Uint8Array, kind: number, paper: Uint8Array): void {
  for (let x = 0; x < kinds.length; x++) {
    if (kinds[x] === 0 || kinds[x] === kind) continue
    const own = 3 * Math.floor(x / square)
    for (let channel = 0; channel < 3; channel++) data[3 * x + channel] = paper[own + channel]!
  }
}

/** Whether more than half of one lies in the other. */
const covers = (around: Rectangle, box: Rectangle): boolean => overlapOf(around, box) > 0.5 * area(box)

const sharedBy = (one: Rectangle, other: Rectangle): number => {
  const both = overlapOf(one, other)
  return both / (area(one) + area(other) - both)
}

function overlapOf(one: Rectangle, other: Rectangle): number {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return across > 0 && down > 0 ? across * down : 0
}
