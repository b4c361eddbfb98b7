/** Round buttons (○) that a form prints instead of boxes, and whether one is dotted (◉), filled (●) or ticked. */
import type { CheckBox } from '../page.ts'
import { takeBytes } from '../pixels/kernels.ts'
import { tracePieces } from '../pixels/trace-pieces.ts'
import type { InkMap } from './map-ink.ts'

/** Of this many ways from the middle nearly all meet the ring, and none meets ink beyond it: the corners of a box do. */
const ways = 48
const cosines = Float64Array.from({ length: ways }, (_, at) => Math.cos((at * 2 * Math.PI) / ways))
const sines = Float64Array.from({ length: ways }, (_, at) => Math.sin((at * 2 * Math.PI) / ways))
const leastRing = 0.9
/** In radii. */
const ring = { from: 0.78, to: 1.06 }
/** Between the ring and the dot there is paper, unless all is ink. */
const gap = { from: 0.6, to: 0.72 }
const dot = 0.42
/** Shares of ink: less within it leaves it empty, as much is a dot, so much everywhere a disc. */
const [empty, dotted, filled] = [0.06, 0.6, 0.85]

interface Round extends CheckBox {
  readonly side: number
}

/** Rounds of one size, of which one at least is empty; letters and circled figures (①) are none. In pixels of the raster. */
export function findRounds(map: InkMap, least: number, most: number): CheckBox[] {
  const found: Round[] = []
  const traced = takeBytes(map.any.length)
  traced.set(map.any)
  tracePieces({ map: traced, width: map.width, height: map.height, byCorners: true }, ({ left, top, right, bottom }) => {
    const [width, height] = [right - left + 1, bottom - top + 1]
    const side = Math.max(width, height)
    if (side < least || side > most || side - Math.min(width, height) > 1 + 0.08 * side) return
    const mark = judge(map, (left + right) / 2, (top + bottom) / 2, (width + height) / 4)
    if (mark === null) return
    const { factor } = map
    found.push({ side, ...mark, box: { x: left * factor, y: top * factor, width: width * factor, height: height * factor } })
  })
  const isAlike = (one: Round, other: Round): boolean => one !== other && Math.abs(one.side - other.side) <= 1 + 0.08 * one.side
  return found
    .filter((one) => found.some((other) => isAlike(one, other) && (!one.checked || !other.checked)))
    .map(({ box, checked, confidence }) => ({ box, checked, confidence }))
}

/** Null where it is no round button. */
function judge(map: InkMap, x: number, y: number, radius: number): { checked: boolean; confidence: number } | null {
  const { width, height, any } = map
  const inkAt = (way: number, share: number): boolean => {
    const column = Math.round(x + share * radius * cosines[way]!)
    const row = Math.round(y + share * radius * sines[way]!)
    return column >= 0 && row >= 0 && column < width && row < height && any[row * width + column] !== 0
  }
  /** How many of the places along a way are inked. */
  const inkAlong = (way: number, from: number, to: number, steps: number, enough: number): number => {
    let inked = 0
    for (let step = 0; step < steps && inked < enough; step++) if (inkAt(way, from + ((to - from) * step) / (steps - 1))) inked++
    return inked
  }
  const sumOfWays = (from: number, to: number, steps: number, enough: number): number => {
    let sum = 0
    for (let way = 0; way < ways; way++) sum += inkAlong(way, from, to, steps, enough)
    return sum
  }
  const shareOf = (from: number, to: number): number => {
    const steps = Math.max(2, Math.round((to - from) * radius * 1.5))
    return sumOfWays(from, to, steps, steps) / (ways * steps)
  }
  const meets = (from: number, to: number): number => sumOfWays(from, to, Math.max(3, Math.round((to - from) * radius * 2)), 1) / ways
  if (meets(ring.from, ring.to) < leastRing || meets(1.22, 1.3) > 0.1) return null
  const [within, between] = [shareOf(0, dot), shareOf(gap.from, gap.to)]
  if (within >= filled && shareOf(0, 0.85) >= filled) return { checked: true, confidence: 0.95 }
  if (within >= dotted && between < 0.25) return { checked: true, confidence: 0.97 }
  if (within <= empty && between <= 0.15) return { checked: false, confidence: within === 0 ? 0.99 : 0.9 }
  return null
}
