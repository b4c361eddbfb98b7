/**
 * Takes the lines of seals without colour off a page before its print is sought: they cut the lines of print that they lie over.
 * What crosses a line, ink on both of its sides, is print and stays. The letters of the arc stay as well, for no colour tells
 * them from print, and the star, which hides what is under it.
 */
import type { Raster } from '../page.ts'
import { kernels, runKernel, takeBlank, takeBytes } from '../pixels/kernels.ts'
import { halfAxes } from './fit-ring.ts'
import type { LocatedRing } from './locate-rings.ts'

/** Ways to look across a line from a pixel of it, half a turn of them. */
const ways = Float64Array.from({ length: 16 }, (_, at) => (at % 2 === 0 ? Math.cos : Math.sin)((Math.PI * (at >> 1)) / 8))
/** Where the outer line and the circle within it may lie, as shares of the half axis; the letters of the arc stand within `least`. */
const radii = { least: 0.9, most: 1.08 }
/** Sectors in which the place of the line is measured by itself: no stamp is a true ellipse. */
const sectors = 48
/** A radius belongs to a line where this share of the strongest one's ink is. */
const enoughInk = 0.4
/** Ink that is so much darker than a line's own is print over it, in levels of 255. */
const darker = 60

/** The same raster when there is no seal without colour, else a copy without their lines. */
export function liftLines(raster: Raster, rings: readonly LocatedRing[]): Raster {
  const gray = rings.filter(({ color }) => color === 'gray')
  if (gray.length === 0) return raster
  const data = takeBytes(raster.data.length)
  data.set(raster.data)
  for (const ring of gray) {
    const face = measureFace(raster, ring)
    if (!face) continue
    paintOver(raster, data, face)
  }
  return { ...raster, data }
}

/** The part of a page around a ring, and which of its pixels are of the ring's lines. */
interface Face {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** Darkness of each pixel, 0…255. */
  readonly ink: Uint8Array
  /** How dark the lines' own ink is. */
  readonly strength: number
  readonly isLine: Uint8Array
  /** The breadth of its broadest line, in pixels. */
  readonly breadth: number
}

function measureFace(raster: Raster, ring: LocatedRing): Face | null {
  const [longer, shorter] = halfAxes(ring)
  const radius = (longer + shorter) / 2
  const room = Math.ceil(longer * radii.most) + 2
  const left = Math.max(0, Math.floor(ring.x - room))
  const top = Math.max(0, Math.floor(ring.y - room))
  const width = Math.min(raster.width, Math.ceil(ring.x + room)) - left
  const height = Math.min(raster.height, Math.ceil(ring.y + room)) - top
  if (width < 8 || height < 8) return null
  const ink = takeBytes(width * height)
  const reach = new Float32Array(width * height)
  const sector = new Uint8Array(width * height)
  // Of each sector the ink at each radius, half a pixel apart.
  const scale = radius * 2
  const bins = Math.ceil((radii.most - radii.least) * radius * 2)
  const sums = new Float64Array(sectors * bins)
  const counts = new Uint32Array(sectors * bins)
  const measured = { ink, reach, sector, sums, counts }
  for (let y = 0; y < height; y++) measureRow(raster, ring, { left, top, width, y }, measured, scale, bins)
  const shifts = shiftsOf(sums, counts, bins, binOf(1, scale))
  const profile = alignedProfile(sums, counts, bins, shifts)
  const strongest = Math.max(...profile)
  if (strongest < 24) return null
  const ofLine = profile.map(
    (value, bin) => value > enoughInk * strongest || Math.max(profile[bin - 1] ?? 0, profile[bin + 1] ?? 0) > enoughInk * strongest,
  )
  const isLine = takeBlank(width * height)
  markLines(measured, scale, Uint8Array.from(ofLine, Number), Int32Array.from(shifts), isLine)
  return { left, top, width, height, ink, strength: strongest, isLine, breadth: longestRun(ofLine) / 2 }
}

const binOf = (share: number, scale: number): number => Math.floor((share - radii.least) * scale)

/** Of each pixel of a face its darkness, its place as a share of the half axis and its sector; of each sector the ink at each radius. */
interface Measured {
  readonly ink: Uint8Array
  readonly reach: Float32Array
  readonly sector: Uint8Array
  readonly sums: Float64Array
  readonly counts: Uint32Array
}

/** A row of a part of a page: a function of its own, as what follows, for V8 compiles what closes over something anew for each. */
function measureRow(
  raster: Raster,
  ring: LocatedRing,
  { left, top, width, y }: Record<'left' | 'top' | 'width' | 'y', number>,
  { ink, reach, sector, sums, counts }: Measured,
  scale: number,
  bins: number,
): void {
  const determinant = ring.xx * ring.yy - ring.xy * ring.xy
  const dy = y + top - ring.y
  for (let x = 0, at = y * width; x < width; x++, at++) {
    const from = ((y + top) * raster.width + x + left) * 3
    ink[at] = 255 - raster.data[from + 1]!
    const dx = x + left - ring.x
    const u = (ring.yy * dx - ring.xy * dy) / determinant
    const v = (ring.xx * dy - ring.xy * dx) / determinant
    const share = Math.hypot(u, v)
    reach[at] = share
    if (share < radii.least || share >= radii.most) continue
    sector[at] = Math.min(sectors - 1, Math.floor(((Math.atan2(v, u) + Math.PI) * sectors) / (2 * Math.PI)))
    const bin = sector[at]! * bins + binOf(share, scale)
    sums[bin]! += ink[at]!
    counts[bin]!++
  }
}

/** Marks what lies at a radius that is of a line, moved as its sector is. */
function markLines({ reach, sector }: Measured, scale: number, ofLine: Uint8Array, shifts: Int32Array, isLine: Uint8Array): void {
  for (let at = 0; at < reach.length; at++) {
    const share = reach[at]!
    if (share < radii.least || share >= radii.most) continue
    const bin = binOf(share, scale) - shifts[sector[at]!]!
    if (bin >= 0 && bin < ofLine.length && ofLine[bin] === 1) isLine[at] = 1
  }
}

/** By how many steps of half a pixel the line of each sector lies off the fitted ring. */
function shiftsOf(sums: Float64Array, counts: Uint32Array, bins: number, middle: number): number[] {
  const most = Math.max(1, Math.round(bins * 0.16))
  const means = sums.map((sum, at) => (counts[at] === 0 ? 0 : sum / counts[at]!))
  // The line of the whole ring, seen in each sector and those beside it.
  const whole = Array.from({ length: bins }, (_, bin) => {
    let sum = 0
    for (let sector = 0; sector < sectors; sector++) sum += means[sector * bins + bin]!
    return sum
  })
  const level = whole.reduce((a, b) => a + b, 0) / bins
  const wanted = Float64Array.from(whole, (value, bin) => (Math.abs(bin - middle) < 2 * most ? value - level : 0))
  return Array.from({ length: sectors }, (_, sector) => {
    let [best, shift] = [-Infinity, 0]
    for (let by = -most; by <= most; by++) {
      const sum = likenessOf(means, bins, sector, wanted, by)
      if (sum > best) [best, shift] = [sum, by]
    }
    return shift
  })
}

/** How well a sector and those beside it, moved by so many bins, are as wanted; of two moves the shorter. */
function likenessOf(means: Float64Array, bins: number, sector: number, wanted: Float64Array, by: number): number {
  const before = ((sector + sectors - 1) % sectors) * bins + by
  const here = sector * bins + by
  const behind = ((sector + 1) % sectors) * bins + by
  let sum = -0.002 * Math.abs(by)
  for (let bin = Math.max(0, -by); bin < Math.min(bins, bins - by); bin++) {
    const share = wanted[bin]!
    sum += share * means[before + bin]!
    sum += share * means[here + bin]!
    sum += share * means[behind + bin]!
  }
  return sum
}

function alignedProfile(sums: Float64Array, counts: Uint32Array, bins: number, shifts: readonly number[]): number[] {
  return Array.from({ length: bins }, (_, bin) => {
    const seen = shifts.flatMap((shift, sector) => {
      const own = bin + shift
      return own >= 0 && own < bins && counts[sector * bins + own]! > 0 ? [sums[sector * bins + own]! / counts[sector * bins + own]!] : []
    })
    return seen.length === 0 ? 0 : seen.reduce((a, b) => a + b, 0) / seen.length
  })
}

function longestRun(of: readonly boolean[]): number {
  let [run, longest] = [0, 0]
  for (const one of of) longest = Math.max(longest, (run = one ? run + 1 : 0))
  return longest
}

/** Paints the lines as paper, but for what crosses them. */
function paintOver(raster: Raster, data: Uint8Array, { left, top, width, height, ink, isLine, strength, breadth }: Face): void {
  const longest = Math.ceil(2.2 * breadth) + 2
  const darkest = strength < 255 - darker ? strength + darker : 255
  const stride = raster.width * 3
  runKernel([ink, isLine, ways], [data], (own, lines, along, to) =>
    kernels.paintLines(own, lines, along, width, height, longest, darkest, stride, to + top * stride + left * 3),
  )
}
