/** Prints of arcs laid over each other: of one seal, they lie on each other turned one way, and one way only. */
import { printCells, printedOver } from './take-print.ts'

const { angles, radii } = printCells
/** Strokes are told from the grey around them over so many cells to either side. */
const nearby = 24
/** What a turn is looked for on: a quarter of the cells. */
const coarse = { angles: angles / 2, radii: radii / 2 }
/** Turns so close to the best one are the same turn, in coarse cells. */
const sameTurn = 6
/** Turns nearly as good as the best are tried with rings fitted a cell larger or smaller. */
const closeToBest = 0.1
/** By how much the best turn's likeness exceeds that of any other. */
const leastLead = 0.08

/** A print freed of what is grey all around. */
export interface Strokes {
  /** As it was taken, none where print lies over it. */
  readonly ink: Uint8Array
  /** 1 where print lies over it. */
  readonly hidden: Uint8Array
  readonly fine: Float32Array
  /** The same on coarse cells, of length 1 as a vector. */
  readonly coarse: Float32Array
}

/** Null of what is no print. */
export function strokesOf(print: string): Strokes | null {
  const cells = Buffer.from(print, 'base64')
  if (cells.length !== angles * radii) return null
  const hidden = new Uint8Array(cells.length)
  const ink = new Uint8Array(cells)
  for (let at = 0; at < cells.length; at++) if (cells[at] === printedOver) [hidden[at], ink[at]] = [1, 0]
  const fine = new Float32Array(ink.length)
  const soft = soften(ink)
  for (let radius = 0; radius < radii; radius++) freeOfGround(soft, hidden, radius, fine)
  const quarter = new Float32Array(coarse.angles * coarse.radii)
  for (let angle = 0; angle < angles; angle++) pool(fine, angle, quarter)
  const length = Math.hypot(...quarter)
  return length > 0 ? { ink, hidden, fine, coarse: quarter.map((stroke) => stroke / length) } : null
}

/** Of the cells of one radius what differs from the mean of those around. */
function freeOfGround(soft: Float32Array, hidden: Uint8Array, radius: number, fine: Float32Array): void {
  const cellAt = (angle: number) => (angle < 0 ? angle + angles : angle < angles ? angle : angle - angles) * radii + radius
  let sum = 0
  for (let angle = -nearby; angle <= nearby; angle++) sum += soft[cellAt(angle)]!
  for (let angle = 0; angle < angles; angle++) {
    const cell = cellAt(angle)
    if (hidden[cell] === 0) fine[cell] = soft[cell]! - sum / (2 * nearby + 1)
    sum += soft[cellAt(angle + nearby + 1)]! - soft[cellAt(angle - nearby)]!
  }
}

/** Adds the cells of one angle to coarse ones. */
function pool(fine: Float32Array, angle: number, quarter: Float32Array): void {
  const [from, to] = [angle * radii, (angle >> 1) * coarse.radii]
  for (let radius = 0; radius < radii; radius++) quarter[to + (radius >> 1)]! += fine[from + radius]!
}

/** Each cell the mean of the nine about it: dots become strokes. */
function soften(ink: Uint8Array): Float32Array {
  const soft = new Float32Array(ink.length)
  const sums = new Uint16Array(radii)
  for (let angle = 0; angle < angles; angle++) {
    const here = angle * radii
    const before = here === 0 ? ink.length - radii : here - radii
    const after = here + radii === ink.length ? 0 : here + radii
    for (let radius = 0; radius < radii; radius++) sums[radius] = ink[before + radius]! + ink[here + radius]! + ink[after + radius]!
    soft[here] = (sums[0]! + sums[1]!) / 6
    for (let radius = 1; radius < radii - 1; radius++) soft[here + radius] = (sums[radius - 1]! + sums[radius]! + sums[radius + 1]!) / 9
    soft[here + radii - 1] = (sums[radii - 2]! + sums[radii - 1]!) / 6
  }
  return soft
}

/** By how many cells the second is turned against the first; null when no turn stands out: they are of different seals. */
export function turnBetween(one: Strokes, other: Strokes): number | null {
  const rough = likenesses(one.coarse, other.coarse)
  const worth = Math.max(...rough) - closeToBest
  const alike = rough.map((value, turn) =>
    value < worth ? value : Math.max(value, ...[-1, 1].map((shift) => likeness(one.coarse, other.coarse, turn, shift))),
  )
  const best = alike.reduce((most, value, turn) => (value > alike[most]! ? turn : most), 0)
  const isOther = (turn: number) =>
    Math.min((turn - best + coarse.angles) % coarse.angles, (best - turn + coarse.angles) % coarse.angles) > sameTurn
  const lead = alike[best]! - Math.max(...alike.filter((_, turn) => isOther(turn)))
  return lead < leastLead ? null : best * 2
}

/** The cosine of the two at every turn of the second: four sums at a time that do not wait for one another. */
function likenesses(first: Float32Array, second: Float32Array): number[] {
  const twice = new Float32Array(2 * second.length)
  twice.set(second)
  twice.set(second, second.length)
  const all: number[] = []
  for (let turn = 0; turn < coarse.angles; turn += 4) all.push(...likenessAtFour(first, twice, turn * coarse.radii))
  return all.slice(0, coarse.angles)
}

function likenessAtFour(first: Float32Array, twice: Float32Array, from: number): readonly [number, number, number, number] {
  const [second, third, fourth] = [from + coarse.radii, from + 2 * coarse.radii, from + 3 * coarse.radii]
  let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0]
  for (let at = 0; at < first.length; at++) {
    const cell = first[at]!
    sum0 += cell * twice[from + at]!
    sum1 += cell * twice[second + at]!
    sum2 += cell * twice[third + at]!
    sum3 += cell * twice[fourth + at]!
  }
  return [sum0, sum1, sum2, sum3]
}

/** The cosine of the two, the second turned and shifted outwards by so many cells. */
function likeness(first: Float32Array, second: Float32Array, turn: number, shift: number): number {
  const from = Math.max(0, -shift)
  const to = Math.min(coarse.radii, coarse.radii - shift)
  let alike = 0
  for (let angle = 0, here = 0, there = turn * coarse.radii + shift; angle < coarse.angles; angle++) {
    if (angle === coarse.angles - turn) there -= coarse.angles * coarse.radii
    for (let radius = from; radius < to; radius++) alike += first[here + radius]! * second[there + radius]!
    here += coarse.radii
    there += coarse.radii
  }
  return alike
}

/** A letter is sought so many cells around its place: rings are fitted to a pixel or two. */
const reach = { along: 8, across: 3 }

/** How alike the strokes of two prints are in the cells from `from` to `to` of the first, −1…1, where they lie on each other best. */
export function likenessWithin({ fine: first }: Strokes, { fine: second }: Strokes, turn: number, from: number, to: number): number {
  let best = { alike: -1, along: 0, across: 0 }
  const look = (along: number, across: number, tries: number) => {
    const found = alikeAtThree(first, second, turn + along, across, from, to)
    for (let at = 0; at < tries; at++) if (found[at]! > best.alike) best = { alike: found[at]!, along: along + 2 * at, across }
  }
  for (let along = -reach.along; along <= reach.along; along += 6)
    for (let across = -reach.across; across <= reach.across; across++) look(along, across, 3)
  look(best.along - 1, best.across, 2)
  return best.alike
}

const row = (angle: number): number => (((angle % angles) + angles) % angles) * radii

/** At three turns that are two cells apart: three sums that do not wait for one another take no longer than one. */
function alikeAtThree(
  first: Float32Array,
  second: Float32Array,
  turn: number,
  across: number,
  from: number,
  to: number,
): readonly [number, number, number] {
  const [start, end] = [Math.max(0, -across), Math.min(radii, radii - across)]
  let here = 0
  let [product0, product1, product2] = [0, 0, 0]
  let [there0, there1, there2] = [0, 0, 0]
  for (let angle = from; angle <= to; angle++) {
    const one = row(angle)
    const other0 = row(angle + turn) + across
    const other1 = row(angle + turn + 2) + across
    const other2 = row(angle + turn + 4) + across
    for (let radius = start; radius < end; radius++) {
      const a = first[one + radius]!
      const b0 = second[other0 + radius]!
      const b1 = second[other1 + radius]!
      const b2 = second[other2 + radius]!
      here += a * a
      product0 += a * b0
      product1 += a * b1
      product2 += a * b2
      there0 += b0 * b0
      there1 += b1 * b1
      there2 += b2 * b2
    }
  }
  return [product0 / Math.sqrt(here * there0 + 1), product1 / Math.sqrt(here * there1 + 1), product2 / Math.sqrt(here * there2 + 1)]
}
