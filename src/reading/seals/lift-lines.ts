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
  const determinant = ring.xx * ring.yy - ring.xy * ring.xy
  // Of each sector the ink at each radius, half a pixel apart.
  const bins = Math.ceil((radii.most - radii.least) * radius * 2)
  const sums = new Float64Array(sectors * bins)
  const counts = new Uint32Array(sectors * bins)
  const binOf = (share: number): number => Math.floor((share - radii.least) * radius * 2)
  const measureRow = (y: number): void => {
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const from = ((y + top) * raster.width + x + left) * 3
      ink[at] = 255 - raster.data[from + 1]!
      const dx = x + left - ring.x
      const dy = y + top - ring.y
      const u = (ring.yy * dx - ring.xy * dy) / determinant
      const v = (ring.xx * dy - ring.xy * dx) / determinant
      const share = Math.hypot(u, v)
      reach[at] = share
      if (share < radii.least || share >= radii.most) continue
      sector[at] = Math.min(sectors - 1, Math.floor(((Math.atan2(v, u) + Math.PI) * sectors) / (2 * Math.PI)))
      const bin = sector[at]! * bins + binOf(share)
      sums[bin]! += ink[at]!
      counts[bin]!++
    }
  }
  for (let y = 0; y < height; y++) measureRow(y)
  const shifts = shiftsOf(sums, counts, bins, binOf(1))
  const profile = alignedProfile(sums, counts, bins, shifts)
  const strongest = Math.max(...profile)
  if (strongest < 24) return null
  const ofLine = profile.map(
    (value, bin) => value > enoughInk * strongest || Math.max(profile[bin - 1] ?? 0, profile[bin + 1] ?? 0) > enoughInk * strongest,
  )
  const isLine = takeBlank(width * height)
  const markRow = (y: number): void => {
    for (let at = y * width; at < (y + 1) * width; at++) {
      const share = reach[at]!
      if (share < radii.least || share >= radii.most) continue
      if (ofLine[binOf(share) - shifts[sector[at]!]!]) isLine[at] = 1
    }
  }
  for (let y = 0; y < height; y++) markRow(y)
  return { left, top, width, height, ink, strength: strongest, isLine, breadth: longestRun(ofLine) / 2 }
}

/** By how many steps of half a pixel the line of each sector lies off the fitted ring. */
function shiftsOf(sums: Float64Array, counts: Uint32Array, bins: number, middle: number): number[] {
  const most = Math.max(1, Math.round(bins * 0.16))
  const meanOf = (sector: number, bin: number): number => {
    const at = ((sector + sectors) % sectors) * bins + bin
    return bin < 0 || bin >= bins || counts[at] === 0 ? 0 : sums[at]! / counts[at]!
  }
  // The line of the whole ring, seen in each sector and those beside it.
  const whole = Array.from({ length: bins }, (_, bin) =>
    Array.from({ length: sectors }, (_, sector) => meanOf(sector, bin)).reduce((a, b) => a + b, 0),
  )
  const level = whole.reduce((a, b) => a + b, 0) / bins
  const wanted = whole.map((value, bin) => (Math.abs(bin - middle) < 2 * most ? value - level : 0))
  return Array.from({ length: sectors }, (_, sector) => {
    let [best, shift] = [-Infinity, 0]
    for (let by = -most; by <= most; by++) {
      let sum = -0.002 * Math.abs(by)
      for (let bin = 0; bin < bins; bin++) for (const beside of [-1, 0, 1]) sum += wanted[bin]! * meanOf(sector + beside, bin + by)
      if (sum > best) [best, shift] = [sum, by]
    }
    return shift
  })
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
