/**
 * Rings of specks. A copy in black and white leaves of pale ink specks too small to be print: freed of whatever is larger, a
 * page shows them by themselves, and every speck votes for all centres from which it is a seal's radius away.
 */
import type { Raster } from '../page.ts'
import { borrowing, kernels, runKernel, takeBlank, takeBytes, takeWords } from '../pixels/kernels.ts'
import type { Plane } from '../pixels/plane.ts'
import { fitRing, halfAxes, type Ring } from './fit-ring.ts'
import type { Circle } from './vote-circles.ts'

/** Half a seal as a share of the page's shorter side: 31 mm to 50 mm across. */
const radii = { least: 0.074, most: 0.12, growth: 1.045 }
/** Pieces of ink wider or higher than this share of the page's shorter side, 1.7 mm, are print. */
const largest = 0.008
/** Less than this of 255 is the shade that turning a page leaves beside its dots. */
const inked = 60
/** What a copy in black and white has as its ground, and how much of it there is. */
const ground = { lightest: 250, share: 0.7 }
/** Cells of the vote, over the page's shorter side: about as wide as a seal's line. */
const cells = 210
/** More specks than these are a screen of dots, and are thinned out evenly. */
const mostSpecks = 9000
const mostCircles = 6

/** The specks of a page, and every pixel of them in the order of the rows. */
export interface Specks extends Plane {
  readonly places: Int32Array
}

/** The specks of a page that is black and white, in pixels of its raster; null of any other page. */
export const specksOf = (raster: Raster): Specks | null =>
  isBilevel(raster) ? findSpecks(raster, Math.max(3, Math.round(Math.min(raster.width, raster.height) * largest))) : null

/** The rings that specks alone tell. */
export const dottedRings = (specks: Specks): Ring[] => {
  const side = Math.min(specks.width, specks.height)
  const circles = voteBySpecks(specks, side)
  if (circles.length === 0) return []
  return borrowing(() => {
    const soft = soften(specks)
    return circles.flatMap((circle) => {
      const ring = fitRing(soft, circle, 1)
      return ring && isSized(ring, side) && isThere(weighSpecks(specks, ring)) ? [ring] : []
    })
  })
}

/**
 * Whether specks run along a ring that is also a line, if a poor one. On 97 drawn copies in black and white without a company's
 * seal no such line had a `clear` above 4.1.
 */
export const isSpecked = (specks: Specks, ring: Ring): boolean => {
  const { clear, within } = weighSpecks(specks, ring)
  return clear > 6 && within < 0.3
}

const isBilevel = ({ data }: Raster): boolean => {
  let [white, asked] = [0, 0]
  for (let at = 1; at < data.length; at += 3 * 37, asked++) if (data[at]! >= ground.lightest) white++
  return white > ground.share * asked
}

const isSized = (ring: Ring, side: number): boolean => {
  const [longer, shorter] = halfAxes(ring)
  return longer > radii.least * side && longer < radii.most * side && shorter > 0.86 * longer
}

/** The connected pieces of ink that are small alone. */
const findSpecks = ({ width, height, data }: Raster, most: number): Specks => {
  const specks = takeBlank(width * height)
  let count = 0
  borrowing(() =>
    runKernel([data], [takeBytes(width * height), takeWords(width * height), specks], (from, left, queue, to) => {
      count = kernels.markSpecks(from, width, height, 255 - inked, most, left, queue, to)
    }),
  )
  const places = new Int32Array(count)
  runKernel([specks], [places], (from, to) => kernels.listMarked(from, width * height, to))
  return { width, height, data: specks, places }
}

/** Specks spread so wide that a line of them is a line. */
const soften = ({ width, height, places }: Specks): Plane => {
  const soft = takeBlank(width * height)
  for (const at of places) {
    const y = Math.floor(at / width)
    const x = at - y * width
    if (x >= 2 && x < width - 2 && y >= 2 && y < height - 2) spread(soft, at, width)
  }
  return { width, height, data: soft }
}

const spread = (soft: Uint8Array, middle: number, width: number): void => {
  for (let row = middle - 2 * width; row <= middle + 2 * width; row += width)
    for (let at = row - 2; at <= row + 2; at++) soft[at] = Math.min(255, soft[at]! + 51)
}

/** A circle must have so many more specks than the larger one about it, in standard deviations. */
const leastVote = 2.5
/** Of one place no more than so many specks are heard. */
const loudestCell = 3

const voteBySpecks = ({ width, height, places }: Specks, side: number): Circle[] => {
  const size = side / cells
  const columns = Math.ceil(width / size)
  const rows = Math.ceil(height / size)
  const full = new Uint8Array(columns * rows)
  const count = fillCells(places, width, size, columns, full)
  const thin = Math.max(1, Math.ceil(count / mostSpecks))
  const voters = listVoters(full, thin)
  // Two radii beyond the largest tell what there is around it.
  const steps: number[] = []
  for (let radius = radii.least * side; radius < radii.most * side * radii.growth ** 2; radius *= radii.growth) steps.push(radius)
  const margin = Math.ceil(steps.at(-1)! / size) + 1
  const wide = columns + 2 * margin
  const votes = steps.map((radius) => castVotes(voters, full, columns, margin, wide, rows, wayRound(radius / size, wide)))
  const found = steps.slice(0, -2).flatMap((radius, step) => hear(votes, step, 20 / thin, { columns, rows, margin, wide }, size, radius))
  found.sort((one, other) => other.score - one.score)
  const kept: Circle[] = []
  for (const circle of found) {
    if (kept.length === mostCircles) break
    if (kept.every(({ x, y }) => Math.hypot(x - circle.x, y - circle.y) > 0.3 * circle.radius)) kept.push(circle)
  }
  return kept
}

/** Counts the specks of each cell in `full`, and of all together. Loops are functions of their own: V8 compiles all that is around one with it. */
const fillCells = (places: Int32Array, width: number, size: number, columns: number, full: Uint8Array): number => {
  let count = 0
  for (let next = 0; next < places.length; next++) {
    const at = places[next]!
    const cell = Math.floor(Math.floor(at / width) / size) * columns + Math.floor((at % width) / size)
    if (full[cell]! >= loudestCell) continue
    full[cell]!++
    count++
  }
  return count
}

/** The votes of all cells for the middles of circles of one size, which lie on the ways about them. */
const castVotes = (
  voters: readonly number[],
  full: Uint8Array,
  columns: number,
  margin: number,
  wide: number,
  rows: number,
  ways: Int32Array,
): Uint16Array => {
  const plane = new Uint16Array(wide * (rows + 2 * margin))
  for (let next = 0; next < voters.length; next++) {
    const cell = voters[next]!
    addAround(plane, (Math.floor(cell / columns) + margin) * wide + (cell % columns) + margin, ways, full[cell]!)
  }
  return plane
}

/** The circles of one size that have more votes than those about them. */
const hear = (
  votes: readonly Uint16Array[],
  step: number,
  least: number,
  { columns, rows, margin, wide }: Record<'columns' | 'rows' | 'margin' | 'wide', number>,
  size: number,
  radius: number,
): Circle[] => {
  const found: Circle[] = []
  for (let row = 0; row < rows; row++) {
    const start = (row + margin) * wide + margin
    for (const at of placesHeard(votes[step]!, start, start + columns, least)) {
      const score = scoreAt(votes, step, at)
      if (score > leastVote) found.push({ x: (at - start + 0.5) * size, y: (row + 0.5) * size, radius, score })
    }
  }
  return found
}

/** Cells that have specks, of those that are asked. */
const listVoters = (full: Uint8Array, thin: number): number[] => {
  const voters: number[] = []
  for (let cell = 0; cell < full.length; cell += thin) if (full[cell]! > 0) voters.push(cell)
  return voters
}

/** The places of a row that have so many votes. */
const placesHeard = (plane: Uint16Array, from: number, end: number, least: number): readonly number[] => {
  const places: number[] = []
  for (let at = from; at < end; at++) if (plane[at]! >= least) places.push(at)
  return places
}

/** By how much a circle has more votes than the one two steps larger or smaller about the same middle, in standard deviations. */
const scoreAt = (votes: readonly Uint16Array[], step: number, at: number): number => {
  const here = votes[step]![at]!
  const beyond = votes[step + 2]![at]!
  const within = step > 1 ? votes[step - 2]![at]! : beyond
  return (here - Math.max(beyond, 0.6 * within)) / Math.sqrt(here + 4)
}

const addAround = (plane: Uint16Array, at: number, ways: Int32Array, voice: number): void => {
  for (let way = 0; way < ways.length; way++) plane[at + ways[way]!]! += voice
}

/** The cells of a circle, as ways from its middle on a plane of that width; none twice. */
const wayRound = (radius: number, width: number): Int32Array => {
  const ways = new Set<number>()
  const directions = Math.ceil(2 * Math.PI * radius)
  for (let i = 0; i < directions; i++) {
    const angle = (2 * Math.PI * i) / directions
    ways.add(Math.round(radius * Math.sin(angle)) * width + Math.round(radius * Math.cos(angle)))
  }
  return Int32Array.from(ways)
}

interface SpeckedRing {
  /** By how much the specks on the line exceed those outside of it, in standard deviations; of a place a few count alone. */
  readonly clear: number
  /** Share of the way round that has specks within the arc's characters, where only a star's points reach. */
  readonly within: number
  /** Specks about the centre, over those around it, and how far they repeat five times a turn; of 2 at most. */
  readonly star: { readonly clear: number; readonly arms: number }
}

const sectors = 60
/** Of one sector no more specks count. */
const loudestSector = 4

/** Which of the places is the first that is not before another. */
const firstFrom = (places: Int32Array, place: number): number => {
  let [from, to] = [0, places.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (places[middle]! < place) from = middle + 1
    else to = middle
  }
  return from
}

const weighSpecks = ({ width, height, places }: Specks, ring: Ring): SpeckedRing => {
  const determinant = ring.xx * ring.yy - ring.xy * ring.xy
  const line = new Float64Array(sectors)
  const outside = new Float64Array(sectors)
  const within = new Float64Array(sectors)
  let [middle, bare, real, imaginary, arms] = [0, 0, 0, 0, 0]
  const reach = Math.ceil(halfAxes(ring)[0] * 1.2)
  const [left, right] = [Math.max(0, Math.round(ring.x) - reach), Math.min(width, ring.x + reach)]
  const first = firstFrom(places, Math.max(0, Math.round(ring.y) - reach) * width)
  const end = firstFrom(places, Math.ceil(Math.min(height, ring.y + reach)) * width)
  for (let next = first; next < end; next++) {
    const y = Math.floor(places[next]! / width)
    const x = places[next]! - y * width
    if (x < left || x >= right) continue
    const dx = x - ring.x
    const dy = y - ring.y
    const across = (ring.yy * dx - ring.xy * dy) / determinant
    const down = (ring.xx * dy - ring.xy * dx) / determinant
    const radius = Math.hypot(across, down)
    const angle = Math.atan2(down, across)
    const sector = Math.floor(((angle / (2 * Math.PI) + 1) % 1) * sectors)
    if (Math.abs(radius - 1) < 0.04) line[sector]!++
    // A belt of the line's breadth, one and a tenth as long.
    else if (radius > 1.07 && radius < 1.15) outside[sector]! += 1 / 1.11
    else if (radius > 0.44 && radius < 0.55) within[sector]!++
    if (radius < 0.36) middle++
    else if (radius > 0.4 && radius < 0.55) bare++
    if (radius > 0.14 && radius < 0.33) {
      real += Math.cos(5 * angle)
      imaginary += Math.sin(5 * angle)
      arms++
    }
  }
  const heard = (counts: Float64Array) => counts.reduce((sum, count) => sum + Math.min(loudestSector, count), 0)
  const [here, around] = [heard(line), heard(outside)]
  return {
    clear: (here - around) / Math.sqrt(here + around + 4),
    within: within.filter((count) => count > 0).length / sectors,
    star: {
      clear: middle < 30 ? 0 : 1 - bare / middle,
      arms: arms < 12 ? 0 : (2 * Math.hypot(real, imaginary)) / arms,
    },
  }
}

/** On those 97 copies, and beside the seals of 280 others, no ring of chance had a `clear` above 7.9, nor above 7 with a star in it. */
const isThere = ({ clear, within, star }: SpeckedRing): boolean => {
  const isStarred = star.clear > 0.75 && star.arms > 0.9
  return within < 0.3 && clear > (isStarred ? 6.6 : 8.2)
}
