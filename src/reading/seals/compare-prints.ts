/** Whether two prints of arcs come from one seal: turned one way, and one way only, its strokes lie on each other. */
import { printCells } from './take-print.ts'

const { angles, radii } = printCells
/** Strokes are told from the grey around them over so many degrees to either side. */
const nearby = 10
/** Turns so close to the best one are the same turn. */
const sameTurn = 6
/**
 * By how much the best turn's likeness exceeds that of any other, and how alike three quarters of the inked sectors are then:
 * seals of one make that end in 有限公司 alike share a third of their strokes. Of 557 pairs of different seals of drawn faxes
 * 0.5 % pass, those that differ in two letters; of 171 pairs of one seal, many but dots, four of five.
 */
const least = { lead: 0.08, alike: 0.2 }
const sectors = 12
/** Sectors with less of a print's strokes than this share of an even part are not asked; fewer sectors tell nothing. */
const inked = 0.25
const fewest = 4

/** False as well when either is no print. */
export function isSameSeal(one: string, other: string): boolean {
  const [first, second] = [strokesOf(one), strokesOf(other)]
  if (!first || !second) return false
  const turns = Array.from({ length: angles }, (_, turn) => likeness(first, second, turn))
  const best = turns.reduce((most, { alike }, turn) => (alike > turns[most]!.alike ? turn : most), 0)
  const others = turns.filter((_, turn) => Math.min((turn - best + angles) % angles, (best - turn + angles) % angles) > sameTurn)
  const lead = turns[best]!.alike - Math.max(...others.map(({ alike }) => alike))
  if (lead < least.lead) return false
  const parts = alikeBySector(first, second, best, turns[best]!.shift).toSorted((a, b) => a - b)
  return parts.length >= fewest && parts[Math.floor(parts.length / 4)]! > least.alike
}

/** A print freed of what is grey all around, and of length 1 as a vector. */
function strokesOf(print: string): Float32Array | null {
  const ink = Buffer.from(print, 'base64')
  if (ink.length !== angles * radii) return null
  const strokes = new Float32Array(ink.length)
  for (let radius = 0; radius < radii; radius++) {
    const at = (angle: number) => ink[((angle + angles) % angles) * radii + radius]!
    let sum = 0
    for (let angle = -nearby; angle <= nearby; angle++) sum += at(angle)
    for (let angle = 0; angle < angles; angle++) {
      strokes[angle * radii + radius] = at(angle) - sum / (2 * nearby + 1)
      sum += at(angle + nearby + 1) - at(angle - nearby)
    }
  }
  const length = Math.hypot(...strokes)
  return length > 0 ? strokes.map((stroke) => stroke / length) : null
}

/** The cosine of the two, the second turned by so many degrees; a ring may have been fitted a cell larger or smaller. */
function likeness(first: Float32Array, second: Float32Array, turn: number): { alike: number; shift: number } {
  let best = { alike: -1, shift: 0 }
  for (const shift of [-1, 0, 1]) {
    const from = Math.max(0, -shift)
    const to = Math.min(radii, radii - shift)
    let alike = 0
    for (let angle = 0, one = 0, other = turn * radii + shift; angle < angles; angle++, one += radii, other += radii) {
      if (angle === angles - turn) other -= angles * radii
      for (let radius = from; radius < to; radius++) alike += first[one + radius]! * second[other + radius]!
    }
    if (alike > best.alike) best = { alike, shift }
  }
  return best
}

/** The cosines of sectors that have strokes in both. */
function alikeBySector(first: Float32Array, second: Float32Array, turn: number, shift: number): number[] {
  const wide = angles / sectors
  return Array.from({ length: sectors }, (_, sector) => overlay(first, second, turn, shift, sector * wide, (sector + 1) * wide))
    .filter(({ here, there }) => Math.min(here, there) * sectors > inked)
    .map(({ product, here, there }) => product / Math.sqrt(here * there))
}

/** The product of two prints over some degrees, and the square of each. */
function overlay(first: Float32Array, second: Float32Array, turn: number, shift: number, from: number, to: number) {
  let [product, here, there] = [0, 0, 0]
  for (let angle = from; angle < to; angle++) {
    const one = angle * radii
    const other = ((angle + turn) % angles) * radii + shift
    for (let radius = Math.max(0, -shift); radius < Math.min(radii, radii - shift); radius++) {
      const [a, b] = [first[one + radius]!, second[other + radius]!]
      product += a * b
      here += a * a
      there += b * b
    }
  }
  return { product, here, there }
}
