/** Round buttons (○) that a form prints instead of boxes, and whether one is dotted (◉), filled (●) or ticked. */
import type { CheckBox } from '../page.ts'
import { takeBytes } from '../pixels/kernels.ts'
import { boundPieces } from '../pixels/trace-pieces.ts'
import type { InkMap } from './map-ink.ts'

/** Of this many ways from the middle nearly all meet the ring, and those to the corners no ink beyond it: letters stand as near at its sides. */
const ways = 48
const corners = [6, 18, 30, 42]
const mostCorners = 1
const cosines = Float64Array.from({ length: ways }, (_, at) => Math.cos((at * 2 * Math.PI) / ways))
const sines = Float64Array.from({ length: ways }, (_, at) => Math.sin((at * 2 * Math.PI) / ways))
const leastRing = 0.9
/** In radii. */
const ring = { from: 0.78, to: 1.06 }
const beyond = { from: 1.2, to: 1.32 }
/** Between the ring and the dot there is paper, unless all is ink. The line of a small one is as broad as that of a large one. */
const within = {
  usual: { gap: { from: 0.6, to: 0.72 }, dot: 0.42 },
  small: { gap: { from: 0.3, to: 0.42 }, dot: 0.3 },
}
type Size = keyof typeof within
/** Of a second ring. */
const inner = { from: 0.35, to: 0.7 }
const parting = { from: 0.6, to: 0.88 }
/** Shares of ink: less within it leaves it empty, as much is a dot, so much everywhere a disc. */
const [empty, dotted, filled] = [0.06, 0.6, 0.85]

type Mark = Omit<CheckBox, 'box'>

interface Round extends CheckBox {
  readonly side: number
}

interface Found {
  readonly radius: number
  readonly middle: number
  readonly level: number
  readonly mark: Mark | 'other'
}

interface Bounds {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** What touches a round is hardly higher. */
const mostTouching = 1.3
/** ① and ○ before the words. */
const mostInRow = 2
const shifts = [0, -1, 1, -2, 2]

/**
 * Rounds of one size, of which one at least is empty; letters and circled figures (①) are none. In pixels of the raster. Of small ones, which are
 * as large as letters, those that stand by themselves: empty, or discs.
 */
export function findRounds(map: InkMap, least: number, most: number, size: Size = 'usual'): CheckBox[] {
  const found: Round[] = []
  const traced = takeBytes(map.any.length)
  traced.set(map.any)
  boundPieces({ map: traced, width: map.width, height: map.height, byCorners: true }, ({ left, top, right, bottom }) => {
    const [width, height] = [right - left + 1, bottom - top + 1]
    const side = Math.max(width, height)
    if (side < least || height > mostTouching * most) return
    if (side > most) {
      if (width > height && size === 'usual') found.push(...touching(map, { left, top, right, bottom }, least, most))
      return
    }
    if (side - Math.min(width, height) > 1 + 0.08 * side) return
    const mark = judge(map, (left + right) / 2, (top + bottom) / 2, (width + height) / 4, { size })
    if (mark !== null) found.push(place(map, { left, top, width, height }, mark))
  })
  const isAlike = (one: Round, other: Round): boolean => one !== other && Math.abs(one.side - other.side) <= 1 + 0.08 * one.side
  return found
    .filter((one) => found.some((other) => isAlike(one, other) && (!one.checked || !other.checked)))
    .map(({ box, checked, confidence }) => ({ box, checked, confidence }))
}

const place = (
  { factor }: InkMap,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
  mark: Mark,
): Round => ({
  side: Math.max(width, height),
  ...mark,
  box: { x: left * factor, y: top * factor, width: width * factor, height: height * factor },
})

/**
 * Rounds that touch what stands beside them (①○新…): from the begin of the piece on, and from its end back. The ink of a round is as
 * high at its middle as its middle is far from its end, twice.
 */
function touching(map: InkMap, piece: Bounds, least: number, most: number): Round[] {
  const found: Round[] = []
  for (const step of [1, -1]) {
    let end = step > 0 ? piece.left : piece.right
    for (let rounds = 0; rounds < mostInRow; rounds++) {
      // The stroke that two rounds share may be of either.
      const tries = (rounds === 0 ? [0] : shifts).map((by) => roundAt(map, piece, end + by, step, least, most))
      const round = tries.find((one) => one && one.mark !== 'other') ?? tries.find((one) => one !== null)
      if (!round) break
      const { radius, middle, level, mark } = round
      if (mark !== 'other') {
        const size = 2 * radius + 1
        found.push(place(map, { left: middle - radius, top: level - radius, width: size, height: size }, mark))
      }
      end += step * (2 * radius + 1)
    }
  }
  return found
}

function roundAt(map: InkMap, { top, bottom }: Bounds, end: number, step: number, least: number, most: number): Found | null {
  let [first, last] = [Infinity, -Infinity]
  for (let radius = 0; radius <= most / 2; radius++) {
    const column = end + step * radius
    if (column < 0 || column >= map.width) return null
    for (let row = top; row <= bottom; row++) {
      if (map.any[row * map.width + column] === 0) continue
      first = Math.min(first, row)
      last = Math.max(last, row)
    }
    if (last - first > 2 * radius + 2 || 2 * radius + 1 < least) continue
    const level = (first + last) / 2
    const mark = judge(map, column, level, radius + 0.5, { size: 'usual', touches: true })
    if (mark !== null) return { radius, middle: column, level, mark }
  }
  return null
}

interface Around {
  readonly map: Uint8Array
  readonly width: number
  readonly height: number
  readonly x: number
  readonly y: number
  readonly radius: number
}

/** How many of the places along a way are inked, up to `enough`: a function of its own, for V8 compiles what closes over something anew for each. */
function countInk(
  { map, width, height, x, y, radius }: Around,
  way: number,
  from: number,
  to: number,
  steps: number,
  enough: number,
): number {
  let inked = 0
  for (let step = 0; step < steps && inked < enough; step++) {
    const share = from + ((to - from) * step) / (steps - 1)
    const column = Math.round(x + share * radius * cosines[way]!)
    const row = Math.round(y + share * radius * sines[way]!)
    if (column >= 0 && row >= 0 && column < width && row < height && map[row * width + column] !== 0) inked++
  }
  return inked
}

/** Null where it is no round button; of one that touches others `other` is a ring around a figure. */
function judge(map: InkMap, x: number, y: number, radius: number, how: { size: Size }): Mark | null
function judge(map: InkMap, x: number, y: number, radius: number, how: { size: Size; touches: true }): Mark | 'other' | null
function judge(
  map: InkMap,
  x: number,
  y: number,
  radius: number,
  { size, touches = false }: { size: Size; touches?: boolean },
): Mark | 'other' | null {
  const { width, height, any } = map
  const { gap, dot } = within[size]
  const around = { map: any, width, height, x, y, radius }
  const inkAlong = (way: number, from: number, to: number, steps: number, enough: number): number =>
    countInk(around, way, from, to, steps, enough)
  const sumOfWays = (from: number, to: number, steps: number, enough: number): number => {
    let sum = 0
    for (let way = 0; way < ways; way++) sum += countInk(around, way, from, to, steps, enough)
    return sum
  }
  const shareOf = (from: number, to: number): number => {
    const steps = Math.max(2, Math.round((to - from) * radius * 1.5))
    return sumOfWays(from, to, steps, steps) / (ways * steps)
  }
  const meets = (from: number, to: number): number => sumOfWays(from, to, Math.max(3, Math.round((to - from) * radius * 2)), 1) / ways
  const inCorners = corners.filter((way) => inkAlong(way, beyond.from, beyond.to, 3, 1) > 0).length
  if (inCorners > mostCorners || meets(ring.from, ring.to) < leastRing) return null
  const [core, between] = [shareOf(0, dot), shareOf(gap.from, gap.to)]
  if (core >= filled && shareOf(0, 0.85) >= filled) return { checked: true, confidence: 0.95 }
  if (core <= empty && between <= 0.15) return { checked: false, confidence: core === 0 ? 0.99 : 0.9 }
  if (size === 'small') return null
  if (core >= dotted && between < 0.25) return { checked: true, confidence: 0.97 }
  // ◎: a ring within the ring, with paper between them.
  const parted =
    Array.from({ length: ways }, (_, way) => way).filter((way) => inkAlong(way, parting.from, parting.to, 5, 5) < 5).length / ways
  if (shareOf(0, inner.from) < 0.2 && meets(inner.from, inner.to) >= leastRing && parted >= leastRing)
    return { checked: true, confidence: 0.9 }
  return touches ? 'other' : null
}
