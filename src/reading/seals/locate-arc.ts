import type { Raster } from '../page.ts'
import type { FittedRing } from './fit-ring.ts'
import { isOval, measureInk, ovalTilt, unwrapRing } from './unwrap-ring.ts'

/** Where the characters of an arc stand: from `start` clockwise over `span` radians, between two relative radii. */
export interface Arc {
  readonly start: number
  readonly span: number
  readonly inner: number
  readonly outer: number
  /** How far the seal is turned clockwise, told by the gap in its arc, radians. */
  readonly tilt: number
}

/** The part of the face that is looked over. */
const from = 0.42
const to = 1
/** Where characters stand when the ink does not tell. */
const usual = { inner: 0.6, outer: 0.91 }

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

/** Ink by degree and by radius (`rings` steps from the outside in), 0…255. */
const rollOut = (raster: Raster, ring: FittedRing, color: 'red' | 'gray') => {
  const strip = unwrapRing(raster, ring, { start: 0, span: 2 * Math.PI, inner: from, outer: to, stretch: 1 })
  const ink = measureInk(strip, color === 'red' ? 'red' : 'middle', ring.strength)
  const columns: number[][] = []
  for (let degree = 0; degree < 360; degree++) {
    const x = Math.floor(((degree + 0.5) * strip.width) / 360)
    columns.push(columnAt(ink, strip.width, x))
  }
  return { columns, rings: strip.height }
}

const columnAt = (ink: Uint8Array, width: number, x: number): number[] => {
  const column: number[] = []
  for (let at = x; at < ink.length; at += width) column.push(ink[at]!)
  return column
}

/**
 * The middle, in degrees, of the gap between the last and the first character. The seal's number may stand there close to the
 * rim, so only radii well inside are asked; among gaps alike the one at the bottom is meant.
 */
const findGap = (ink: readonly number[], level: number, trust: number): number => {
  const usualInk = mean(ink) || 1
  const wide = new Float64Array(360 + weights.length).map((_, at) => ink[(at + 360 - aside) % 360]!)
  let best = Infinity
  let gap = 90
  for (let degree = 0; degree < 360; degree++) {
    const cost = inkAround(wide, degree) / (43 * usualInk) + trust * (1 - Math.sin((degree * Math.PI) / 180 - level)) * 0.5
    if (cost < best) {
      best = cost
      gap = degree
    }
  }
  return gap
}

/** Ink near a degree, what lies aside of it less; the first of `ink` lies `aside` before degree 0. */
const inkAround = (ink: Float64Array, degree: number): number => {
  let sum = 0
  for (let at = 0; at < weights.length; at++) sum += ink[degree + at]! * weights[at]!
  return sum
}
const aside = 28
const weights = Float64Array.from({ length: 2 * aside + 1 }, (_, at) => 1 - Math.abs(at - aside) / (2 * aside))

/** The radii between which the characters have more ink than the gap has: the thin circles of a seal are in both. */
const findBand = (columns: readonly (readonly number[])[], rings: number, gap: number): { inner: number; outer: number } => {
  const profile = Array.from({ length: rings }, (_, y) => {
    const text: number[] = []
    const free: number[] = []
    columns.forEach((column, degree) => {
      const away = Math.abs(((degree - gap + 540) % 360) - 180)
      if (away > 65) text.push(column[y]!)
      else if (away < 22) free.push(column[y]!)
    })
    return mean(text) - mean(free)
  })
  const radius = (y: number) => to - ((to - from) * y) / rings
  const inBand = (y: number) => radius(y) < 0.94 && radius(y) > 0.5
  const peak = Math.max(...profile.filter((_, y) => inBand(y)))
  let top = -1
  let bottom = -1
  let best = 0
  for (let y = 0, start = -1, weight = 0, missed = 0; y <= rings; y++) {
    const isText = y < rings && radius(y) < 0.955 && radius(y) > 0.46 && profile[y]! > peak * 0.22
    if (isText) {
      if (start < 0) [start, weight] = [y, 0]
      weight += profile[y]!
      missed = 0
    } else if (start >= 0 && (++missed > 1 || y === rings)) {
      if (weight > best) [best, top, bottom] = [weight, start, y - missed + 1]
      start = -1
    }
  }
  const band = { inner: radius(bottom), outer: radius(top) }
  const height = band.outer - band.inner
  return top >= 0 && height > 0.13 && height < 0.34 ? band : usual
}

/** Finds where the characters of a ring's arc stand. */
export const locateArc = (raster: Raster, ring: FittedRing, color: 'red' | 'gray'): Arc => {
  const level = isOval(ring) ? ovalTilt(ring) : 0
  const { columns, rings } = rollOut(raster, ring, color)
  const row = (radius: number) => Math.max(0, Math.min(rings, Math.round(((to - radius) / (to - from)) * rings)))
  const inkBetween = (inner: number, outer: number) => columns.map((column) => mean(column.slice(row(outer), row(inner))))
  const trust = color === 'red' && !isOval(ring) ? 0.6 : 1.2
  const gap = findGap(inkBetween(0.62, 0.8), level, trust)
  const { inner, outer } = findBand(columns, rings, gap)
  const tilt = ((gap - 90) * Math.PI) / 180
  const ends = color === 'red' ? trimEnds(inkBetween(inner, inner + (outer - inner) * 0.5), gap, outer - inner) : { head: 12, tail: 12 }
  return { start: ((gap + ends.head) * Math.PI) / 180, span: ((360 - ends.head - ends.tail) * Math.PI) / 180, inner, outer, tilt }
}

/** How many degrees after and before the gap's middle the characters begin and end, less half a character's room. */
const trimEnds = (ink: readonly number[], gap: number, height: number): { head: number; tail: number } => {
  // A dark picture under a part of the arc must not make the rest of it pale.
  const usualInk = ink.toSorted((one, other) => one - other)[ink.length >> 1]!
  const least = mean(ink.map((value) => Math.min(value, 2 * usualInk))) * 0.35
  const room = Math.round(((height * 0.55) / 0.8) * (180 / Math.PI))
  const reach = (direction: 1 | -1) => {
    for (let away = 0; away < 110; away++) {
      let inked = 0
      for (let ahead = 0; ahead < 5; ahead++) if (ink[(gap + direction * (away + ahead) + 720) % 360]! > least) inked++
      if (inked >= 3) return Math.max(0, away - room)
    }
    return 0
  }
  const [head, tail] = [reach(1), reach(-1)]
  return { head: Math.min(head, tail + lopsided), tail: Math.min(tail, head + lopsided) }
}

/** A name is set evenly about its middle: an end so many degrees farther from the gap than the other is pale or hidden. */
const lopsided = 20
