/**
 * Pens write in blue what machines print in black, and where a hand writes over the label of its cell the two are found, and
 * read, as one line that is neither. Their colours part them: where both stand in the same columns of a line, the lines of the
 * pen and those of the print are looked for apart.
 */
import type { Region } from '../engine/measure-regions.ts'
import { boundsOf, type PageEngine } from '../engine/open-engine.ts'
import type { Raster, Rectangle } from '../page.ts'
import { clipToRaster } from '../raster/resample.ts'
import { area } from '../understand/text/geometry.ts'

/** Side of the squares whose paper is measured, in pixels. */
const square = 32
/** Ink is darker than the paper by this share in its darkest channel, its blurred edge by the second. */
const inked = 0.3
const blurred = 0.08
/** Of a coloured pen the blue stands above the red by this share of its darkness. */
const bluer = 0.14
/** Pixels around one whose ink is of the same stroke. */
const reach = 2
/** Of all ink a pen's is so much at least and at most. */
const [leastPen, mostPen] = [0.015, 0.7]
/** Of every so many pixels one tells whether a page has a coloured pen at all. */
const sampled = 5
/** Pen and print stand in the same columns for this share of the one that has fewer, and in so many, in heights of the line. */
const [shared, fewest] = [0.3, 0.25]
/** Ink that runs on in a row for this share of a line is a rule. */
const ruled = 0.6

export interface PartedLines {
  readonly regions: readonly Region[]
  /** What a region is read from, where that is not the page as it is. */
  layerOf(region: Region): Raster | undefined
}

/** The regions, with those parted in which pen and print lie over one another. */
export async function partPen(engine: PageEngine, page: Raster, regions: readonly Region[]): Promise<PartedLines> {
  const none = { regions, layerOf: () => undefined }
  const inks = hasPen(page) ? tellInks(page) : null
  if (!inks) return none
  const mixed = regions.filter((region) => isMixed(inks, page, boundsOf(region)))
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
  const levels = [0, 1, 2].map((channel) => {
    const counts = new Uint32Array(256)
    for (let at = channel; at < data.length; at += 3 * sampled * sampled) counts[data[at]!]!++
    let [level, above] = [255, 0]
    for (const total = Math.ceil(data.length / (3 * sampled * sampled)); level > 1; level--)
      if ((above += counts[level]!) > total * 0.3) break
    return level
  })
  const [red, green, blue] = levels as [number, number, number]
  let [ink, pen] = [0, 0]
  for (let at = 0; at < data.length; at += 3 * sampled) {
    const [r, g, b] = [data[at]! / red, data[at + 1]! / green, data[at + 2]! / blue]
    const dark = 1 - Math.min(r, g, b)
    if (dark < inked) continue
    ink++
    if (b - r > bluer * dark) pen++
  }
  return pen > leastPen * ink && pen > fewestPixels / sampled
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

/** Null where the bluest ink is not plainly another than most. */
function tellInks(page: Raster): Inks | null {
  const { width, height, data } = page
  const { paper, squares } = measurePaper(page)
  const dark = new Float32Array(width * height)
  const blue = new Float32Array(width * height)
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      const own = 3 * (Math.floor(y / square) * squares + Math.floor(x / square))
      const [r, g, b] = [data[3 * at]! / paper[own]!, data[3 * at + 1]! / paper[own + 1]!, data[3 * at + 2]! / paper[own + 2]!]
      dark[at] = 1 - Math.min(r, g, b)
      blue[at] = dark[at]! > inked ? b - r : 0
    }
  const around = sumAround(
    dark.map((level) => (level > inked ? level : 0)),
    width,
    height,
  )
  const blueAround = sumAround(blue, width, height)
  const counts = new Uint32Array(200)
  const shareOf = (at: number): number => blueAround[at]! / around[at]!
  const place = (share: number): number => Math.max(0, Math.min(199, Math.round(100 + 100 * share)))
  let ink = 0
  for (let at = 0; at < dark.length; at++)
    if (dark[at]! > inked) {
      ink++
      counts[place(shareOf(at))]!++
    }
  const bound = boundBetween(counts)
  if (bound === null) return null
  const pens = counts.reduce((sum, count, at) => sum + (at > bound ? count : 0), 0)
  if (pens < leastPen * ink || pens > mostPen * ink || pens < fewestPixels) return null
  const kinds = Uint8Array.from(dark, (level, at) =>
    level < blurred || around[at] === 0 ? 0 : place(shareOf(at)) > bound ? penOf : printOf,
  )
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
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < squares; column++)
      for (const channel of [0, 1, 2]) {
        const levels: number[] = []
        for (let y = row * square; y < Math.min(height, (row + 1) * square); y += 3)
          for (let x = column * square; x < Math.min(width, (column + 1) * square); x += 3)
            levels.push(data[3 * (y * width + x) + channel]!)
        levels.sort((one, other) => one - other)
        paper[3 * (row * squares + column) + channel] = Math.max(30, levels[Math.floor(levels.length * 0.8)]!)
      }
  return { paper, squares }
}

/** The sums over the square of pixels around each. */
function sumAround(values: Float32Array, width: number, height: number): Float32Array {
  const along = new Float32Array(values.length)
  for (let y = 0; y < height; y++) {
    let sum = 0
    for (let x = -reach; x < width; x++) {
      if (x + reach < width) sum += values[y * width + x + reach]!
      if (x > reach) sum -= values[y * width + x - reach - 1]!
      if (x >= 0) along[y * width + x] = sum
    }
  }
  const sums = new Float32Array(values.length)
  for (let x = 0; x < width; x++) {
    let sum = 0
    for (let y = -reach; y < height; y++) {
      if (y + reach < height) sum += along[(y + reach) * width + x]!
      if (y > reach) sum -= along[(y - reach - 1) * width + x]!
      if (y >= 0) sums[y * width + x] = sum
    }
  }
  return sums
}

/** Whether pen and print stand over one another in a region, rules aside. */
function isMixed({ kinds }: Inks, page: Raster, bounds: Rectangle): boolean {
  const by = 0.08 * bounds.height
  const { x, y, width, height } = clipToRaster(page, { ...bounds, y: bounds.y + by, height: bounds.height - 2 * by })
  const columns = { pen: new Uint16Array(width), print: new Uint16Array(width) }
  for (let row = y; row < y + height; row++) {
    const own = kinds.subarray(row * page.width + x, row * page.width + x + width)
    const isRule = own.reduce((count, kind) => count + (kind === printOf ? 1 : 0), 0) > ruled * width
    for (let column = 0; column < width; column++) {
      if (own[column] === penOf) columns.pen[column]!++
      else if (own[column] === printOf && !isRule) columns.print[column]!++
    }
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

/** The page with the ink of one kind alone. */
function layer(page: Raster, { kinds, paper, squares }: Inks, kind: number): Raster {
  const data = Uint8Array.from(page.data)
  const { width, height } = page
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      if (kinds[at] === 0 || kinds[at] === kind) continue
      const own = 3 * (Math.floor(y / square) * squares + Math.floor(x / square))
      data.set(paper.subarray(own, own + 3), 3 * at)
    }
  return { width, height, data }
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
