import { type Plane, sampleAt } from '../pixels/plane.ts'
import { findStars } from './find-stars.ts'
import { fitRing, type FittedRing, halfAxes } from './fit-ring.ts'

/** Stars of a page that are looked at. */
const mostStars = 12
const directions = 72
/** Half a seal as a share of the page's shorter side. */
const radii = { least: 0.066, most: 0.14 }
/** Dots thicken to this at most: one black word must not outvote a pale line. */
const fullInk = 60

/**
 * The rings about the stars of a page, in pixels of `ink`. A star vouches for a ring of which only a third can be followed:
 * on 97 drawn black-and-white pages without a company's seal nothing else with five arms had so much of a ring about it.
 */
export const ringStars = (ink: Plane): FittedRing[] => {
  const side = Math.min(ink.width, ink.height)
  const rings: FittedRing[] = []
  for (const star of findStars(ink, mostStars)) {
    const radius = guessRadius(ink, star, side)
    const ring = fitRing(ink, { ...star, radius, score: 1 }, 1)
    if (!ring) continue
    const [longer, shorter] = halfAxes(ring)
    const isSized = longer > radii.least * side && longer < radii.most * side && shorter > 0.8 * longer
    const isMiddle = Math.hypot(ring.x - star.x, ring.y - star.y) < 0.13 * longer
    if (isSized && isMiddle && ring.visible > 0.5 && ring.outside < 0.35 && ring.coverage - ring.chance > 0.32) rings.push(ring)
  }
  return rings
}

/** The radius at which there is most ink around a star against just outside and inside. */
const guessRadius = (ink: Plane, { x, y }: { x: number; y: number }, side: number): number => {
  const from = Math.floor(radii.least * side) - 4
  const count = Math.ceil(radii.most * side) + 6 - from
  const sums = new Float64Array(count)
  for (let i = 0; i < directions; i++) {
    const cosine = Math.cos((2 * Math.PI * i) / directions)
    const sine = Math.sin((2 * Math.PI * i) / directions)
    let [before, here] = [0, 0]
    for (let at = 0; at <= count; at++) {
      const ahead = Math.min(fullInk, sampleAt(ink, x + cosine * (from + at), y + sine * (from + at)))
      // The line of a ring that is not quite about the star is a pixel farther here and nearer there.
      if (at > 0) sums[at - 1]! += Math.max(before, here, ahead)
      ;[before, here] = [here, ahead]
    }
  }
  let [best, radius] = [-Infinity, from]
  for (let at = 4; at < count - 5; at++) {
    const outside = (sums[at + 3]! + sums[at + 4]! + sums[at + 5]!) / 3
    const inside = (sums[at - 3]! + sums[at - 4]!) / 2
    const merit = sums[at]! - 0.7 * outside - 0.3 * inside
    if (merit > best) [best, radius] = [merit, from + at]
  }
  return radius
}
