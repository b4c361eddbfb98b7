/** Prints of arcs laid over each other: of one seal, they lie on each other turned one way, and one way only. */
import { printCells } from './take-print.ts'

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
  /** As it was taken. */
  readonly ink: Uint8Array
  readonly fine: Float32Array
  /** The same on coarse cells, of length 1 as a vector. */
  readonly coarse: Float32Array
}

/** Null of what is no print. */
export function strokesOf(print: string): Strokes | null {
  const ink = Buffer.from(print, 'base64')
  if (ink.length !== angles * radii) return null
  const soft = soften(ink)
  const fine = new Float32Array(ink.length)
  for (let radius = 0; radius < radii; radius++) {
    const at = (angle: number) => soft[((angle + angles) % angles) * radii + radius]!
    let sum = 0
    for (let angle = -nearby; angle <= nearby; angle++) sum += at(angle)
    for (let angle = 0; angle < angles; angle++) {
      fine[angle * radii + radius] = at(angle) - sum / (2 * nearby + 1)
      sum += at(angle + nearby + 1) - at(angle - nearby)
    }
  }
  const quarter = new Float32Array(coarse.angles * coarse.radii)
  for (let angle = 0; angle < angles; angle++)
    for (let radius = 0; radius < radii; radius++) quarter[(angle >> 1) * coarse.radii + (radius >> 1)]! += fine[angle * radii + radius]!
  const length = Math.hypot(...quarter)
  return length > 0 ? { ink, fine, coarse: quarter.map((stroke) => stroke / length) } : null
}

/** Each cell the mean of the nine about it: dots become strokes. */
function soften(ink: Uint8Array): Float32Array {
  const soft = new Float32Array(ink.length)
  for (let angle = 0; angle < angles; angle++)
    for (let radius = 0; radius < radii; radius++) {
      let [sum, count] = [0, 0]
      for (let across = Math.max(0, radius - 1); across <= Math.min(radii - 1, radius + 1); across++)
        for (const along of [angle + angles - 1, angle, angle + 1]) {
          sum += ink[(along % angles) * radii + across]!
          count++
        }
      soft[angle * radii + radius] = sum / count
    }
  return soft
}

/** By how many cells the second is turned against the first; null when no turn stands out: they are of different seals. */
export function turnBetween(one: Strokes, other: Strokes): number | null {
  const rough = Array.from({ length: coarse.angles }, (_, turn) => likeness(one.coarse, other.coarse, turn, 0))
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
  const row = (angle: number) => (((angle % angles) + angles) % angles) * radii
  const alikeAt = (along: number, across: number): number => {
    let [product, here, there] = [0, 0, 0]
    for (let angle = from; angle <= to; angle++) {
      const one = row(angle)
      const other = row(angle + turn + along) + across
      for (let radius = Math.max(0, -across); radius < Math.min(radii, radii - across); radius++) {
        const [a, b] = [first[one + radius]!, second[other + radius]!]
        product += a * b
        here += a * a
        there += b * b
      }
    }
    return product / Math.sqrt(here * there + 1)
  }
  let best = { alike: -1, along: 0, across: 0 }
  const look = (along: number, across: number) => {
    const alike = alikeAt(along, across)
    if (alike > best.alike) best = { alike, along, across }
  }
  for (let along = -reach.along; along <= reach.along; along += 2)
    for (let across = -reach.across; across <= reach.across; across++) look(along, across)
  const { along, across } = best
  look(along - 1, across)
  look(along + 1, across)
  return best.alike
}
