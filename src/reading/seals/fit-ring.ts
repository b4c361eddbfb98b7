import { borrowing, kernels, runKernel, takeFloats } from '../pixels/kernels.ts'
import type { Plane } from '../pixels/plane.ts'
import type { Circle } from './vote-circles.ts'

/** An ellipse as the symmetric matrix that makes it of the unit circle: a stamp seen aslant keeps its own angles this way. */
export interface Ring {
  readonly x: number
  readonly y: number
  readonly xx: number
  readonly xy: number
  readonly yy: number
}

/** A ring and how well the ink supports it; all shares are of the part that lies on the page. */
export interface FittedRing extends Ring {
  /** Share of the way round on which a line of ink runs where the ring should be. */
  readonly coverage: number
  /** The best such share at other radii, in free ground: what chance and text give here. */
  readonly chance: number
  /** Share of the ring that lies on the page. */
  readonly visible: number
  /** Ink on the line, 0…255. */
  readonly strength: number
  /** Ink between line and centre: mean over the band where the characters stand, and over the middle. */
  readonly band: number
  readonly middle: number
  /** Ink just outside the ring, over `strength`. */
  readonly outside: number
  /** How far the ink around the centre repeats five times a turn: above 1 in a five-pointed star, about 0 in print and pictures. */
  readonly star: number
}

const angles = 180
const cosines = Float64Array.from({ length: angles }, (_, i) => Math.cos((2 * Math.PI * i) / angles))
const sines = Float64Array.from({ length: angles }, (_, i) => Math.sin((2 * Math.PI * i) / angles))

/** The half axes of a ring, longer first. */
export const halfAxes = (ring: Ring): [number, number] => {
  const mean = (ring.xx + ring.yy) / 2
  const spread = Math.hypot((ring.xx - ring.yy) / 2, ring.xy)
  return [mean + spread, mean - spread]
}

const circular = (circle: Circle, scale: number, flatness: number): Ring => ({
  x: circle.x * scale,
  y: circle.y * scale,
  xx: circle.radius * scale,
  xy: 0,
  yy: circle.radius * scale * flatness,
})

const lines = new Float64Array(angles * 2)

/** Ink along every angle at relative radii from `from` in steps of `step`; -1 outside the page. */
const unroll = ({ width, height, data }: Plane, ring: Ring, from: number, step: number, count: number): Float32Array => {
  for (let i = 0; i < angles; i++) {
    lines[i * 2] = ring.xx * cosines[i]! + ring.xy * sines[i]!
    lines[i * 2 + 1] = ring.xy * cosines[i]! + ring.yy * sines[i]!
  }
  const polar = takeFloats(angles * count)
  runKernel([data, lines], [polar], (plane, ways, to) =>
    kernels.unroll(plane, width, height, ways, angles, count, ring.x, ring.y, from, step, to),
  )
  return polar
}

const solve = (matrix: Float64Array[], right: Float64Array): Float64Array | null => {
  const size = right.length
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++) if (Math.abs(matrix[row]![column]!) > Math.abs(matrix[pivot]![column]!)) pivot = row
    if (Math.abs(matrix[pivot]![column]!) < 1e-9) return null
    ;[matrix[column], matrix[pivot]] = [matrix[pivot]!, matrix[column]!]
    ;[right[column], right[pivot]] = [right[pivot]!, right[column]!]
    for (let row = 0; row < size; row++) {
      if (row === column) continue
      const share = matrix[row]![column]! / matrix[column]![column]!
      if (share === 0) continue
      for (let k = column; k < size; k++) matrix[row]![k]! -= share * matrix[column]![k]!
      right[row]! -= share * right[column]!
    }
  }
  return right.map((value, i) => value / matrix[i]![i]!)
}

/** Bends a ring by r(θ) = 1 + a0 + a1 cos θ + b1 sin θ + a2 cos 2θ + b2 sin 2θ, measured in its own unit circle. */
const bend = (ring: Ring, [a0, a1, b1, a2, b2]: readonly number[]): Ring => {
  const m11 = ring.xx * (1 + a0! + a2!) + ring.xy * b2!
  const m12 = ring.xx * b2! + ring.xy * (1 + a0! - a2!)
  const m21 = ring.xy * (1 + a0! + a2!) + ring.yy * b2!
  const m22 = ring.xy * b2! + ring.yy * (1 + a0! - a2!)
  const p11 = m11 * m11 + m12 * m12
  const p12 = m11 * m21 + m12 * m22
  const p22 = m21 * m21 + m22 * m22
  const root = Math.sqrt(Math.max(0, p11 * p22 - p12 * p12))
  const trace = Math.sqrt(p11 + p22 + 2 * root)
  return {
    x: ring.x + ring.xx * a1! + ring.xy * b1!,
    y: ring.y + ring.xy * a1! + ring.yy * b1!,
    xx: (p11 + root) / trace,
    xy: p12 / trace,
    yy: (p22 + root) / trace,
  }
}

const step = 0.01
const ridges = new Float64Array(angles * 2)
/** Of each angle the five terms that a ring is bent by. */
const terms = Float64Array.from({ length: angles * 5 }, (_, at) => {
  const angle = Math.floor(at / 5)
  return [1, cosines[angle]!, sines[angle]!, cosines[(2 * angle) % angles]!, sines[(2 * angle) % angles]!][at % 5]!
})

/** What a line weighs by its place: those at the rim of the window less. Of each window once. */
const weightsOf = (window: number, half: number): Float64Array => {
  const known =
    weightsOfWindows.get(window) ?? Float64Array.from({ length: 2 * half + 1 }, (_, j) => 1 - 0.4 * (((j - half) * step) / window) ** 2)
  weightsOfWindows.set(window, known)
  return known
}
const weightsOfWindows = new Map<number, Float64Array>()

/** Pulls the ring onto the line of ink nearest to it within `window` of its radius. */
const pull = (ink: Plane, ring: Ring, window: number, oval: boolean): Ring | null => {
  const side = Math.max(3, Math.round(0.045 / step))
  const count = 2 * Math.round(window / step) + 1 + 2 * side
  const half = (count - 1) / 2
  const polar = unroll(ink, ring, 1 - half * step, step, count)
  const weights = weightsOf(window, half)
  // Of each angle how strong its line is, and at which sample.
  runKernel([polar, weights], [ridges], (from, weigh, to) => kernels.strongestRidges(from, weigh, angles, count, side, to))
  const size = oval ? 5 : 3
  const sums = new Float64Array(size * (size + 1))
  let used = 0
  runKernel([ridges, terms], [sums], (from, of, to) => (used = kernels.sumTerms(from, of, angles, size, half, step, to)))
  if (used < angles * 0.2) return null
  const matrix = Array.from({ length: size }, (_, a) => sums.slice(a * size, (a + 1) * size))
  const right = sums.slice(size * size)
  for (let a = 0; a < size; a++) matrix[a]![a]! += (a > 2 ? 0.05 : 0.005) * matrix[0]![0]!
  const change = solve(matrix, right)
  if (!change) return null
  const limited = change.map((value) => Math.max(-window, Math.min(window, value)))
  return bend(ring, [limited[0]!, limited[1]!, limited[2]!, limited[3] ?? 0, limited[4] ?? 0])
}

/** The fifth harmonic of the ink between two radii, over its mean; 0 where there is hardly any ink. */
const fiveFold = (polar: Float32Array, count: number, from: number, to: number): number => {
  let real = 0
  let imaginary = 0
  let sum = 0
  for (let i = 0; i < angles; i++) {
    let ink = 0
    for (let j = from; j <= to; j++) ink += Math.max(0, polar[i * count + j]!)
    real += ink * cosines[(5 * i) % angles]!
    imaginary += ink * sines[(5 * i) % angles]!
    sum += ink
  }
  return sum > 4 * angles * (to - from + 1) ? (2 * Math.hypot(real, imaginary)) / sum : 0
}

/** Measures how far a ring is really there: where its line stands out of the ground by `share` of its strength, and by `faintest`. */
export const weighRing = (ink: Plane, ring: Ring, faintest = 9, share = 0.3): FittedRing => {
  const from = 0.05
  const fine = 0.0125
  // As far as the outermost ridge that is asked for below, with what lies beside it.
  const count = 103
  const side = 4
  const polar = unroll(ink, ring, from, fine, count)
  const index = (reach: number) => Math.round((reach - from) / fine)
  const one = index(1)
  const peaks: number[] = []
  let seen = 0
  for (let i = 0; i < angles; i++) {
    let peak = -1
    for (let j = one - 3; j <= one + 3; j++) peak = Math.max(peak, polar[i * count + j]!)
    if (polar[i * count + one]! < 0) continue
    seen++
    peaks.push(peak)
  }
  peaks.sort((a, b) => a - b)
  const strength = peaks.length ? peaks[Math.floor(peaks.length * 0.6)]! : 0
  const enough = Math.max(faintest, strength * share)
  const covered = (centre: number): number => {
    let told = 0
    runKernel([polar], [], (from) => (told = kernels.countRidges(from, angles, count, centre, side, enough)))
    const [hits, asked] = [told >> 16, told & 0xffff]
    return asked > angles * 0.3 ? hits / asked : 0
  }
  const mean = (inner: number, outer: number): number => {
    const sum = new Float64Array(2)
    runKernel([polar], [sum], (from, to) => kernels.sumInk(from, angles, count, index(inner), index(outer), to))
    return sum[1]! > 0 ? sum[0]! / sum[1]! : 0
  }
  const fifth = [0.48, 0.54, 1.13, 1.18, 1.24]
  return {
    ...ring,
    coverage: covered(one),
    chance: Math.max(...fifth.map((reach) => covered(index(reach)))),
    visible: seen / angles,
    strength,
    band: mean(0.62, 0.9),
    middle: mean(0.05, 0.42),
    outside: strength > 0 ? mean(1.1, 1.2) / strength : 1,
    star: fiveFold(polar, count, index(0.18), index(0.3)),
  }
}

/**
 * Fits an ellipse to the ring near a voted circle, from a wide look to a narrow one. `scale` is the size of a vote's pixel in
 * pixels of `ink`.
 */
export const fitRing = (ink: Plane, circle: Circle, scale: number, flatness = 1): FittedRing | null =>
  borrowing(() => fit(ink, circle, scale, flatness))

/** Pulls a ring that lies on a part of its line on to the rest of it: of an oval that lies aslant the first looks reach but its ends. */
export const fitOn = (ink: Plane, ring: Ring): FittedRing | null => borrowing(() => pullAll(ink, ring, windows.slice(1)))

/** From a wide look to a narrow one, and whether the ring may bend. */
const windows = [
  [0.14, false],
  [0.14, true],
  [0.1, true],
  [0.06, true],
  [0.035, true],
] as const

const fit = (ink: Plane, circle: Circle, scale: number, flatness: number): FittedRing | null =>
  pullAll(ink, circular(circle, scale, flatness), windows)

const pullAll = (ink: Plane, from: Ring, looks: readonly (typeof windows)[number][]): FittedRing | null => {
  let ring: Ring | null = from
  for (const [window, oval] of looks) {
    ring = pull(ink, ring, window, oval)
    if (!ring) return null
  }
  const [longer, shorter] = halfAxes(ring)
  if (!(shorter > 4) || shorter / longer < 0.5 || longer > Math.max(ink.width, ink.height)) return null
  return weighRing(ink, ring)
}
