/** Of a black-and-white impression: whether words as dark as the letters of its arc stand below its star. */
import type { Raster, Rectangle, TextLine } from '../page.ts'
import type { FittedRing } from './fit-ring.ts'
import type { Arc } from './locate-arc.ts'

/** In half axes, in the seal's own upright frame: where words stand, and the lower letters of an arc, which the hand presses as those. */
const words = { top: 0.32, bottom: 0.68, aside: 0.55, within: 0.66 }
const lower = -0.1
const dark = 128

/** A line of the page; what a test writes may lack the rest. */
export type PrintedLine = Pick<TextLine, 'text'> & Partial<Pick<TextLine, 'box' | 'glyphs' | 'confidence'>>

/** Print that was read so surely has no other letters in it. */
const surely = 0.9
const ofPurpose = /[专用章财务发票合同业报关]/u

export interface FaceInk {
  /** The share of the room below the star that is inked, without print of the page in which no other letters can be. */
  readonly words: number
  /** How much of that room is free of such print. */
  readonly free: number
  /** That of the arc where its lower letters stand, without what the page prints there. */
  readonly letters: number
}

export function measureFace(
  { width, height, data }: Raster,
  { x, y, xx, xy, yy }: FittedRing,
  { start, span, inner, outer, tilt }: Arc,
  print: readonly PrintedLine[],
): FaceInk {
  const reachX = Math.hypot(xx, xy)
  const reachY = Math.hypot(xy, yy)
  const near = print.filter(
    ({ box }) => box && box.x < x + reachX && box.x + box.width > x - reachX && box.y < y + reachY && box.y + box.height > y - reachY,
  )
  const boxes = near.map(({ box }) => box!)
  const plain = near.filter((line) => runsOut(line.box!, x, reachX) && isPlain(line, x, reachX)).map(({ box }) => box!)
  const [cosine, sine] = [Math.cos(tilt), Math.sin(tilt)]
  // A rule of the page's table goes right across the face; no row of words is inked so.
  const isRule = (row: number): boolean => inkOfRow(data, width, row, x - ruled.reach * reachX, x + ruled.reach * reachX) > ruled.ink
  const counted = { words: { asked: 0, inked: 0 }, letters: { asked: 0, inked: 0 }, hidden: { asked: 0, inked: 0 } }
  const determinant = xx * yy - xy * xy
  // A row is a function of its own: V8 leaves a loop within a loop each time that it ends.
  const measureRow = (row: number): void => {
    for (let column = Math.max(0, Math.ceil(x - reachX)); column < Math.min(width, x + reachX); column++) {
      const along = (yy * (column - x) - xy * (row - y)) / determinant
      const down = (xx * (row - y) - xy * (column - x)) / determinant
      const right = along * cosine + down * sine
      const below = down * cosine - along * sine
      if (below <= lower) continue
      const radius = Math.hypot(right, below)
      const isOfWords =
        below > words.top && below < words.bottom && Math.abs(right) < words.aside && radius < words.within && radius < inner
      const isOfArc = !isOfWords && radius > inner && radius < outer && isWithin(Math.atan2(down, along), start, span)
      if (!isOfWords && (!isOfArc || isInAny(boxes, column, row))) continue
      const isHidden = isOfWords && isInAny(plain, column, row)
      const counts = isHidden ? counted.hidden : isOfWords ? counted.words : counted.letters
      counts.asked++
      if (data[(row * width + column) * 3]! < dark) counts.inked++
    }
  }
  for (let row = Math.max(0, Math.ceil(y - reachY)); row < Math.min(height, y + reachY); row++) if (!isRule(row)) measureRow(row)
  const share = ({ asked, inked }: { asked: number; inked: number }): number => inked / Math.max(1, asked)
  const { words: seen, hidden } = counted
  return { words: share(seen), free: seen.asked / Math.max(1, seen.asked + hidden.asked), letters: share(counted.letters) }
}

/** In half axes: how far to either side a rule is followed, and which share of that is inked. */
const ruled = { reach: 0.8, ink: 0.85 }

function inkOfRow(data: Uint8Array, width: number, row: number, from: number, to: number): number {
  const [first, last] = [Math.max(0, Math.ceil(from)), Math.min(width, to)]
  let inked = 0
  for (let column = first; column < last; column++) if (data[(row * width + column) * 3]! < dark) inked++
  return inked / Math.max(1, last - first)
}

/** In half axes: a line that goes on beyond the ring is the page's, and no words of a seal's. */
const beyond = 1.2
const runsOut = (box: Rectangle, x: number, reach: number): boolean => box.x < x - beyond * reach || box.x + box.width > x + beyond * reach

/** Each letter of it that stands on the face was read surely, and is none of those words'. */
function isPlain({ glyphs = [] }: PrintedLine, x: number, reach: number): boolean {
  const across = glyphs.filter(({ left, right }) => right > x - words.within * reach && left < x + words.within * reach)
  return across.every(({ character, confidence }) => confidence >= surely && !ofPurpose.test(character))
}

const isWithin = (angle: number, start: number, span: number): boolean => (angle - start + 4 * Math.PI) % (2 * Math.PI) < span

const isInAny = (boxes: readonly Rectangle[], column: number, row: number): boolean => boxes.some((box) => isIn(box, column, row))

const isIn = ({ x, y, width, height }: Rectangle, column: number, row: number): boolean =>
  column >= x && column <= x + width && row >= y && row <= y + height
