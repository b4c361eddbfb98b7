/** Where on a page the rings of seals are: red ones, and those of black-and-white copies. */
import type { LevelPage } from '../pixels/level-light.ts'
import { borrowing, kernels, runKernel, takeBytes } from '../pixels/kernels.ts'
import { type Plane, shrinkPlane } from '../pixels/plane.ts'
import { dottedRings, isSpecked, type Specks } from './dotted-rings.ts'
import { fitOn, fitRing, type FittedRing, halfAxes, type Ring, weighRing } from './fit-ring.ts'
import { ringStars } from './ring-stars.ts'
import { traceRed } from './trace-red.ts'
import { voteCircles } from './vote-circles.ts'

/** More than these are not read; a page of hostile circles costs no more. */
const mostSeals = 12
/** Pixels along the shorter side of the page that rings are fitted on; votes are cast on half as many. */
export const fineSide = 800
/** Half a seal's size as a share of the shorter side: 24 mm to 80 mm across if that side is 21 cm; the seals of practice are 38 to 45 mm. */
const radii = { least: 0.058, most: 0.19 }
/** An oval is sought only about as large as an invoice seal on a sheet that fills the picture. */
const ovalRadii = { least: 0.075, most: 0.12 }
/** A round seal on a sheet that about fills the picture. */
const usualRadii = { least: 0.07, most: 0.13 }

export interface LocatedRing extends FittedRing {
  readonly color: 'red' | 'gray'
}

interface Candidate extends LocatedRing {
  readonly merit: number
}

/** Emblems, portraits and buttons are filled: a seal is mostly bare paper. */
const isFilled = (ring: FittedRing): boolean => {
  const { band, middle, outside, strength, star } = ring
  // Bold letters within a thin line fill it as well; but none has a star amid of a line that is there all the way round.
  if (isWhole(ring) && star > 0.9) return false
  return band > (outside > 0.3 ? 0.7 : 0.5) * strength && middle > 0.5 * strength
}

/**
 * The emblem of a licence or an identity card: a disc darker than the line about it, with no star amid. Seals without colour, which print or a
 * portrait may darken, are larger on their sheet.
 */
const isEmblem = (ring: LocatedRing, side: number): boolean =>
  ring.star < 0.3 && ring.middle > 0.9 * ring.strength && (ring.color === 'red' || halfAxes(ring)[0] < usualRadii.least * side)

/** A ring drawn with a red pen has nothing in it: of 479 seals drawn in red all had 0.018 of their line's ink where letters stand. */
const isEmpty = ({ band, middle, strength }: FittedRing): boolean => Math.max(band, middle) < 0.012 * strength

/** Lines of print under a whole line about a star darken a seal without colour, but do not fill it. */
const isPrintedOver = ({ coverage, chance, outside, star, band, middle, strength }: FittedRing, across: number): boolean =>
  coverage > 0.93 &&
  coverage - chance > 0.45 &&
  outside < 0.12 &&
  star > 0.6 &&
  across > usualRadii.least &&
  Math.max(band, middle) < 0.65 * strength

/** A ring by itself, or a weaker one about a star. */
const isRing = (ring: FittedRing, color: 'red' | 'gray', side: number): boolean => {
  if (ring.visible < 0.45 || ring.strength < (color === 'red' ? 18 : 28)) return false
  const across = halfAxes(ring)[0] / side
  if (isFilled(ring) && (color === 'red' || !isPrintedOver(ring, across))) return false
  if (across < radii.least || across > radii.most) return false
  const clear = ring.coverage - ring.chance
  const isStarred = ring.star > 0.9 && ring.middle > 7
  if (color === 'red') return clear > 0.3 && (ring.coverage > 0.7 || (ring.coverage > 0.55 && isStarred))
  if (ring.outside > 0.5) return false
  // Larger ones without a star are the marks of cups.
  const isUsual = across < usualRadii.most || isStarred
  return (
    (clear > 0.45 && ring.coverage > 0.78 && isUsual) ||
    (clear > 0.35 && ring.coverage > 0.54 && isStarred && across > 0.07 && across < 0.13)
  )
}

/** How votes are taken: on a plane shrunk so much, from edges so strong, and how many of them a circle needs to be looked at. */
interface Ballot {
  readonly shrink: number
  readonly edge: number
  readonly enough: number
}

const ballots: Record<'red' | 'gray' | 'faint' | 'specked', Ballot> = {
  red: { shrink: 2, edge: 14, enough: 0.25 },
  gray: { shrink: 2, edge: 24, enough: 0.25 },
  // A fax leaves pale ink as scattered dots: only a coarser look sees a line in them.
  faint: { shrink: 4, edge: 8, enough: 0.26 },
  // Where specks vouch for a ring, fewer edges need to.
  specked: { shrink: 2, edge: 24, enough: 0.15 },
}

/** Scattered dots where a seal's pale ink was: hardly a line, but round, of a seal's size, and with nothing else in it. */
const isFaintRing = (ring: FittedRing, side: number): boolean => {
  const [longer, shorter] = halfAxes(ring)
  const isSized = longer / side > usualRadii.least && longer / side < usualRadii.most && shorter / longer > 0.92
  return isSized && ring.visible > 0.9 && ring.coverage - ring.chance > 0.36 && ring.strength < 110 && ring.outside < 0.35
}

/**
 * A line with gaps, where the ink was pale or another line crosses it: of a seal's size and form, with clear ground about it.
 * On drawn copies without seals no other line went so far round: the best had 0.41 more than chance gives.
 */
const isBrokenRing = (ring: FittedRing, flatness: number, side: number): boolean => {
  const [longer, shorter] = halfAxes(ring)
  const isOval = flatness < 1 && shorter / longer < 0.82 && longer / side > ovalRadii.least && longer / side < ovalRadii.most
  const isRound = flatness === 1 && shorter / longer > 0.8 && longer / side > usualRadii.least && longer / side < usualRadii.most
  return (
    (isOval || isRound) &&
    !isFilled(ring) &&
    ring.visible > 0.9 &&
    ring.coverage - ring.chance > (isOval ? 0.5 : 0.45) &&
    ring.outside < 0.16
  )
}

/** Pale red is on many papers. */
const plainlyRed = 30

/** The fields of a filled-in form cover what lies below them: of a red line about a star pieces are left, with nothing but paper around. */
const isTornRing = (ring: FittedRing, side: number): boolean => {
  const [longer, shorter] = halfAxes(ring)
  const isSized = shorter / longer > 0.92 && longer / side > usualRadii.least && longer / side < usualRadii.most
  const isPlain = ring.visible > 0.9 && ring.outside < 0.05 && ring.star > 0.9
  return isSized && isPlain && !isFilled(ring) && ring.coverage - ring.chance > 0.4
}

/** A seal on a sheet seen from afar, or in the picture of a screen, is as small as this; in that of a narrow screen as large. */
const weakRadii = { least: 0.045, most: 0.22 }
/** Weak ink is looked at so many times as strong, for fits follow no fainter line; its ridges stand out by this then, or by a tenth of the strongest. */
const strengthened = 3
const weakest = 12
const weakShare = 0.12

/**
 * Red ink that is pale, pressed on one side, in shadow or glare, or blurred: of its line much is hardly above the paper. But there is
 * next to nothing else on the red of a page, so that no other circle has a line so far round: of 423 circles that were voted for on
 * drawn photographs and scans, and that are no seals nor near one, the bare ones had 0.32 more than chance gives at most, the filled
 * 0.6; seals that were missed 0.5 to 1.
 */
const isWeakRing = (ink: Plane, ring: FittedRing, flatness: number, side: number): boolean => {
  const [longer, shorter] = halfAxes(ring)
  const isRound = flatness === 1
  const isShaped = isRound ? shorter > 0.88 * longer : shorter < 0.82 * longer && shorter > 0.58 * longer
  const least = isRound ? weakRadii.least : ovalRadii.least
  if (!isShaped || longer < least * side || longer > weakRadii.most * side) return false
  if (ring.visible < 0.75 || ring.outside > 0.25 || isFilled(ring) || isEmpty(ring)) return false
  const { coverage, chance } = weighRing(ink, ring, weakest, weakShare)
  return coverage - chance > 0.5
}

/** Whether red shows anywhere: then pale red ink would show as well, and dots about a circle are something else. */
const isColoured = ({ data }: Plane): boolean => {
  let reddish = 0
  runKernel([data], [], (from) => (reddish = kernels.countThirds(from, data.length, 40)))
  return reddish > data.length / 3000
}

const findRings = (
  ink: Plane,
  color: 'red' | 'gray',
  ballot: 'red' | 'gray' | 'faint' | 'specked',
  isVouched: (ring: FittedRing) => boolean = () => false,
): Candidate[] => {
  const { shrink, edge, enough } = ballots[ballot]
  const coarse = shrinkPlane(ink, shrink)
  const side = Math.min(coarse.width, coarse.height)
  const rings: Candidate[] = []
  const parts: FittedRing[] = []
  const shapes = ballot === 'faint' || ballot === 'specked' ? [[1, usualRadii] as const] : [[1, radii] as const, [0.75, ovalRadii] as const]
  for (const [flatness, { least, most }] of shapes) {
    for (const circle of voteCircles(coarse, {
      least: side * least,
      most: side * most,
      edge,
      enough,
      limit: ballot === 'faint' ? 24 : 16,
      stretch: 1 / flatness,
    })) {
      const ring = fitRing(ink, circle, shrink, flatness)
      if (!ring || (color === 'red' && isEmpty(ring))) continue
      if (
        isRing(ring, color, side * shrink) ||
        isVouched(ring) ||
        (ballot === 'gray' && isBrokenRing(ring, flatness, side * shrink)) ||
        (ballot === 'red' &&
          ring.strength > plainlyRed &&
          (isBrokenRing(ring, flatness, side * shrink) || isTornRing(ring, side * shrink))) ||
        (ballot === 'faint' && isFaintRing(ring, side * shrink))
      )
        rings.push({ ...ring, color, merit: ring.coverage * ring.visible })
      else if (ballot === 'red' && isPartOfOval(ring)) parts.push(ring)
    }
  }
  return rings.length > 0 ? rings : wholeOvals(ink, parts, side * shrink)
}

/** Votes of an oval that lies aslant come from its ends: what is fitted there follows half of the line. */
const isPartOfOval = (ring: FittedRing): boolean => {
  const [longer, shorter] = halfAxes(ring)
  return ring.coverage > 0.5 && ring.coverage - ring.chance > 0.35 && shorter / longer < 0.93 && ring.strength > plainlyRed
}

/** The ovals of which these are parts, where their whole line is there. */
const wholeOvals = (ink: Plane, parts: readonly FittedRing[], side: number): Candidate[] =>
  parts.flatMap((part) => {
    let ring: FittedRing | null = part
    for (let look = 0; look < 3 && ring && !isWhole(ring); look++) ring = fitOn(ink, ring)
    return ring && isWhole(ring) && isRing(ring, 'red', side)
      ? [{ ...ring, color: 'red' as const, merit: ring.coverage * ring.visible }]
      : []
  })

const isWhole = ({ coverage, chance }: FittedRing): boolean => coverage > 0.9 && coverage - chance > 0.7

const findAboutStars = (ink: Plane): Candidate[] => {
  const shrink = 2
  return ringStars(shrinkPlane(ink, shrink)).map((ring) => ({
    ...ring,
    x: (ring.x + 0.5) * shrink - 0.5,
    y: (ring.y + 0.5) * shrink - 0.5,
    xx: ring.xx * shrink,
    xy: ring.xy * shrink,
    yy: ring.yy * shrink,
    color: 'gray',
    merit: ring.coverage * ring.visible,
  }))
}

/** Ovals are 40 mm × 30 mm or 45 mm × 30 mm: of one pressed on one side too little shows to be pulled from one to the other. */
const weakShapes = [1, 0.75, 0.67]
/**
 * Redder than paper by so much may be pale ink; a mark of it that may hold a seal is so wide and high, of the shorter side, and mostly bare:
 * of 24 drawn seals that were missed at first 0.3 was inked at most, of emblems and portraits 0.35 and more.
 */
const faintInk = 9
const leastMark = 0.08
const mostFilled = 0.33
/** From edges so weak, fewer votes are enough. */
const weakBallot = { edge: 5, enough: 0.12, limit: 24 }
/** Of those on marks so many circles are fitted, best first: drawn seals were among the first six. */
const mostLooks = 8

/** Rings of weak red ink, where there is more of it than the rings that were found account for. */
const findWeak = (red: Plane, found: readonly Candidate[]): Candidate[] => {
  const shrink = 2
  const coarse = shrinkPlane(red, shrink)
  const side = Math.min(coarse.width, coarse.height)
  const told = found.map((ring) => boxOf(ring, 1 / shrink))
  const marks = traceRed(coarse, faintInk, told).filter(
    ({ width, height, share }) => Math.min(width, height) > leastMark * side && share < mostFilled,
  )
  if (marks.length === 0) return []
  let strong: Plane | undefined
  const rings: Candidate[] = []
  // What leans on a ring that was found is a part of it.
  const isApart = (x: number, y: number, radius: number) =>
    [...found, ...rings].every((other) => Math.hypot(other.x - x, other.y - y) > 0.6 * Math.max(halfAxes(other)[0], radius))
  const most = Math.min(weakRadii.most * side, Math.max(...marks.map(({ width, height }) => Math.max(width, height))) * 0.6)
  for (const flatness of weakShapes) {
    let looks = 0
    const bounds = { least: weakRadii.least * side, most, ...weakBallot, stretch: 1 / flatness }
    for (const circle of voteCircles(coarse, bounds)) {
      const isOnMark = marks.some(
        ({ x, y, width, height }) => circle.x > x && circle.x < x + width && circle.y > y && circle.y < y + height,
      )
      if (!isOnMark || !isApart(circle.x * shrink, circle.y * shrink, circle.radius * shrink)) continue
      if (++looks > mostLooks) break
      strong ??= strengthen(red)
      const ring = fitRing(strong, circle, shrink, flatness)
      if (ring && isWeakRing(strong, ring, flatness, side * shrink) && isApart(ring.x, ring.y, halfAxes(ring)[0])) {
        const asItIs = weighRing(red, ring)
        rings.push({ ...asItIs, color: 'red', merit: 0.5 * ring.coverage * ring.visible })
      }
    }
  }
  return rings
}

const strengthen = ({ width, height, data }: Plane): Plane => {
  const strong = takeBytes(data.length)
  for (let at = 0; at < data.length; at++) strong[at] = Math.min(255, strengthened * data[at]!)
  return { width, height, data: strong }
}

const boxOf = (ring: Ring, scale: number) => {
  const [reachX, reachY] = [Math.hypot(ring.xx, ring.xy) * scale, Math.hypot(ring.xy, ring.yy) * scale]
  return { x: ring.x * scale - reachX, y: ring.y * scale - reachY, width: 2 * reachX, height: 2 * reachY }
}

/** Rings that their specks tell, alone or together with a poor line of other ink. */
const findSpecked = (ink: Plane, specks: Specks, factor: number): Candidate[] => {
  const side = Math.min(ink.width, ink.height)
  const isVouched = (ring: FittedRing) => {
    const [longer, shorter] = halfAxes(ring)
    const isSized = longer > usualRadii.least * side && longer < usualRadii.most * side && shorter > 0.86 * longer
    return isSized && ring.visible > 0.75 && ring.coverage - ring.chance > 0.25 && isSpecked(specks, scaleRing(ring, factor))
  }
  const lines = findRings(ink, 'gray', 'specked', isVouched)
  const alone = dottedRings(specks)
    .map((ring) => weighRing(ink, shrinkRing(ring, factor)))
    .filter((ring) => ring.visible > 0.9 && ring.middle < 100)
    // A line of specks is followed better where it is a line as well.
    .map((ring): Candidate => ({ ...ring, color: 'gray', merit: 0.5 * ring.coverage * ring.visible }))
  return [...lines, ...alone]
}

/** Of rings that lie in each other, the outermost of the best: a seal's inner circle and its star also draw votes. */
const keepApart = (rings: readonly Candidate[]): Candidate[] => {
  const kept: Candidate[] = []
  const size = (ring: Candidate) => Math.sqrt(ring.xx * ring.yy - ring.xy * ring.xy)
  for (const ring of rings.toSorted((a, b) => b.merit - a.merit || size(b) - size(a))) {
    const rival = kept.findIndex((other) => {
      const away = Math.hypot(other.x - ring.x, other.y - ring.y)
      // The letters of an arc and the edge of its star make smaller circles that lean out of the ring a little.
      return away < 0.4 * Math.max(size(other), size(ring)) || (size(ring) < 0.9 * size(other) && away + size(ring) < 1.3 * size(other))
    })
    if (rival < 0) kept.push(ring)
    else if (kept[rival]!.color === ring.color && size(ring) > size(kept[rival]!) * 1.04 && ring.merit > kept[rival]!.merit * 0.85)
      kept[rival] = ring
  }
  return kept.slice(0, mostSeals)
}

/** A ring of a page shrunk by `factor` in pixels of the page, and back. */
const scaleRing = <Some extends Ring>(ring: Some, factor: number): Some => ({
  ...ring,
  x: (ring.x + 0.5) * factor,
  y: (ring.y + 0.5) * factor,
  xx: ring.xx * factor,
  xy: ring.xy * factor,
  yy: ring.yy * factor,
})
const shrinkRing = ({ x, y, xx, xy, yy }: Ring, factor: number): Ring => ({
  x: x / factor - 0.5,
  y: y / factor - 0.5,
  xx: xx / factor,
  xy: xy / factor,
  yy: yy / factor,
})

/** The rings of seals on a page, in pixels of its raster; at most twelve. `specksOf` gives those of a copy in black and white. */
export const locateRings = (
  { red, black, factor }: Pick<LevelPage, 'red' | 'black' | 'factor'>,
  specksOf: () => Specks | null,
): LocatedRing[] => {
  let found = findRings(red, 'red', 'red')
  found = [...found, ...borrowing(() => findWeak(red, found))]
  // A copy in colour shows its seals in colour.
  if (found.length === 0) found = findRings(black, 'gray', 'gray')
  // A grey scan shows every seal of a page alike; where the first is black as print, another may be but dots.
  const isPlain = !isColoured(red)
  if (isPlain && found.every(({ strength }) => strength > 160)) found = [...found, ...findAboutStars(black)]
  if (found.length === 0 && isPlain) found = findRings(black, 'gray', 'faint')
  const specks = isPlain ? specksOf() : null
  if (specks) found = [...found, ...findSpecked(black, specks, factor)]
  const side = Math.min(black.width, black.height)
  return keepApart(found)
    .filter((ring) => !isEmblem(ring, side))
    .map((ring) => scaleRing<LocatedRing>(ring, factor))
}
