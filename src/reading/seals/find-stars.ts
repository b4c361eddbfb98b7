/**
 * Stars that stand free, as in the middle of a company's seal. On a fax pale ink is left as scattered dots: no line of them
 * bends enough to vote for a circle, but a filled star is still a cloud of dots with five arms and nothing around it.
 */
import { type Plane, sampleAt } from '../pixels/plane.ts'

interface Star {
  readonly x: number
  readonly y: number
  /** How far the ink about the centre repeats five times a turn; of 2 at most. */
  readonly arms: number
  /** How plainly it is ink with nothing around; of 1 at most. */
  readonly clear: number
}

/** Half a seal as a share of the page's shorter side: what stars of all usual sizes are seen with. */
const sizes = [0.085, 0.108]
/** Spots looked at for arms, of each size. */
const mostSpots = 32
/** A star's core, and the bare ground about it, as shares of half a seal. */
const reaches = { core: 0.11, bare: 0.38, edge: 0.48 }
/** Of 255: less ink than this in its core is dust. */
const leastInk = 6
const leastArms = 0.85

/** The likeliest stars of a page first. */
export const findStars = (ink: Plane, limit: number): Star[] => {
  const sums = sumUp(ink)
  const found: Star[] = []
  for (const size of sizes) {
    const radius = size * Math.min(ink.width, ink.height)
    for (const spot of findSpots(ink, sums, radius)) {
      const star = centreStar(ink, spot, radius)
      if (star.arms > leastArms) found.push(star)
    }
  }
  const merit = ({ arms, clear }: Star) => Math.min(arms, 1.3) * clear
  found.sort((one, other) => merit(other) - merit(one))
  return keepApart(found, 0.03 * Math.min(ink.width, ink.height), limit)
}

/** Sums of all that lies left of and above a pixel. */
const sumUp = ({ width, height, data }: Plane): Uint32Array => {
  const sums = new Uint32Array((width + 1) * (height + 1))
  for (let y = 0; y < height; y++) sumRow(data, width, y, sums)
  return sums
}

const sumRow = (data: Uint8Array, width: number, y: number, sums: Uint32Array): void => {
  let along = 0
  for (let x = 0; x < width; x++) {
    along += data[y * width + x]!
    sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + along
  }
}

type Spot = Omit<Star, 'arms'>

/** Ink in a small square, and hardly any in the frame about it. */
const findSpots = ({ width, height }: Plane, sums: Uint32Array, radius: number): Spot[] => {
  const [core, bare, edge] = [reaches.core, reaches.bare, reaches.edge].map((share) => Math.max(1, Math.round(radius * share)))
  const spots: Spot[] = []
  for (let y = edge!; y < height - edge!; y++) seek(sums, width, y, core!, bare!, edge!, spots)
  spots.sort((one, other) => other.clear - one.clear)
  return keepApart(spots, radius * 0.3, mostSpots)
}

const areaOf = (half: number): number => (2 * half + 1) ** 2

const inkIn = (sums: Uint32Array, width: number, x: number, y: number, half: number): number => {
  const upper = (y - half) * (width + 1)
  const lower = (y + half + 1) * (width + 1)
  return sums[lower + x + half + 1]! - sums[upper + x + half + 1]! - sums[lower + x - half]! + sums[upper + x - half]!
}

/** Adds the spots of a row: a function of its own, for V8 compiles what closes over something anew for each. */
const seek = (sums: Uint32Array, width: number, y: number, core: number, bare: number, edge: number, spots: Spot[]): void => {
  const areaOfCore = areaOf(core)
  const frame = areaOf(edge) - areaOf(bare)
  for (let x = edge; x < width - edge; x++) {
    const middle = inkIn(sums, width, x, y, core) / areaOfCore
    if (middle < leastInk) continue
    const contrast = 1 - (3 * (inkIn(sums, width, x, y, edge) - inkIn(sums, width, x, y, bare))) / (frame * middle)
    if (contrast > 0.4) spots.push({ x, y, clear: (contrast * contrast * middle) / (middle + 5) })
  }
}

const keepApart = <Place extends { readonly x: number; readonly y: number }>(
  places: readonly Place[],
  distance: number,
  limit: number,
): Place[] => {
  const kept: Place[] = []
  for (const place of places) {
    if (kept.length === limit) break
    if (kept.every(({ x, y }) => Math.hypot(x - place.x, y - place.y) > distance)) kept.push(place)
  }
  return kept
}

/** The same star about the place near by where its arms repeat best. */
const centreStar = (ink: Plane, { x, y, clear }: Spot, radius: number): Star => {
  let best: Star = { x, y, clear, arms: countArms(ink, x, y, radius) }
  for (const step of [Math.max(1, Math.round(radius * 0.08)), Math.max(1, Math.round(radius * 0.04))]) {
    const { x: middleX, y: middleY } = best
    for (let dy = -step; dy <= step; dy += step)
      for (let dx = -step; dx <= step; dx += step) {
        const arms = countArms(ink, middleX + dx, middleY + dy, radius)
        if (arms > best.arms) best = { x: middleX + dx, y: middleY + dy, clear, arms }
      }
  }
  return best
}

const directions = 40
const cosines = Float64Array.from({ length: directions }, (_, i) => Math.cos((2 * Math.PI * i) / directions))
const sines = Float64Array.from({ length: directions }, (_, i) => Math.sin((2 * Math.PI * i) / directions))
/** Where arms are apart on stars of 5 to 7 mm, as shares of half a seal of 20 mm. */
const circles = [0.16, 0.205, 0.25, 0.295]

/** The fifth harmonic of the ink about a place, over its mean; 0 where there is hardly any. */
const countArms = (ink: Plane, x: number, y: number, radius: number): number => {
  let [real, imaginary, sum] = [0, 0, 0]
  for (let i = 0; i < directions; i++) {
    let along = 0
    for (const circle of circles) along += sampleAt(ink, x + cosines[i]! * circle * radius, y + sines[i]! * circle * radius)
    const turn = (5 * i) % directions
    real += along * cosines[turn]!
    imaginary += along * sines[turn]!
    sum += along
  }
  return sum > directions * circles.length * 2 ? (2 * Math.hypot(real, imaginary)) / sum : 0
}
