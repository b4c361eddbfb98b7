/** Printed check boxes: small closed squares, empty or ticked. */
import type { Cell, CheckBox, Raster } from '../page.ts'
import { markInk, type InkMask } from './mark-ink.ts'

/** Sides of a printed box are 2.2 to 5 mm; a page is 210 mm wide, a sheet on a photo fills at least two thirds of it. */
const sides = { least: 0.0072, most: 0.03 }
const mostBoxes = 200
const mostRuns = 40_000
/** Share of the inside that is ink in an empty box at most: specks, the frame's soft edge. */
const emptyInk = 0.045

interface Run {
  readonly start: number
  readonly end: number
  readonly y: number
}

interface Square {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly closure: number
}

/** Boxes in reading order. A character that is a square (口) stands close between others and on legs; a cell of a grid goes on. */
export function findCheckBoxes(raster: Raster, cells: readonly Cell[]): CheckBox[] {
  const { width } = raster
  const least = Math.max(8, Math.round(width * sides.least))
  const most = Math.max(least + 4, Math.round(width * sides.most))
  const mask = markInk(raster, Math.max(12, Math.round(width / 60)))
  const { tops, bottoms } = edgeRuns(mask, least, most)
  const squares: Square[] = []
  for (const top of tops) {
    const square = closeSquare(mask, top, bottoms, most)
    if (square && standsFree(mask, square) && !goesOn(mask, square) && !isCharacter(mask, square) && !isCell(square, cells)) squares.push(square)
  }
  return ofOneSize(keepBest(squares))
    .map((box) => ({ box, ...readMark(mask, box) }))
    .map(({ box: { x, y, width: across, height }, checked, confidence }) => ({ box: { x, y, width: across, height }, checked, confidence }))
    .sort((a, b) => a.box.y - b.box.y || a.box.x - b.box.x)
    .slice(0, mostBoxes)
}

/** Runs of ink of a box's length that have no ink above (tops) or below (bottoms), by row. */
function edgeRuns(mask: InkMask, least: number, most: number): { tops: Run[]; bottoms: Map<number, Run[]> } {
  const { width, height, data } = mask
  const tops: Run[] = []
  const bottoms = new Map<number, Run[]>()
  let count = 0
  for (let y = 2; y < height - 2; y++) {
    const row = y * width
    for (let x = 0; x < width; ) {
      if (data[row + x] === 0) {
        x++
        continue
      }
      const start = x
      let end = x
      for (let blank = 0; x < width && blank <= 1; x++) {
        if (data[row + x] === 1) {
          end = x
          blank = 0
        } else blank++
      }
      const length = end - start + 1
      if (length < least || length > most * 1.4) continue
      if (++count > mostRuns) return { tops, bottoms }
      const run = { start, end, y }
      if (shareOfInk(mask, start, end, y - 2, y - 2) < 0.5) tops.push(run)
      if (shareOfInk(mask, start, end, y + 2, y + 2) < 0.5) bottoms.set(y, [...(bottoms.get(y) ?? []), run])
    }
  }
  return { tops, bottoms }
}

function closeSquare(mask: InkMask, top: Run, bottoms: ReadonlyMap<number, readonly Run[]>, most: number): Square | undefined {
  const length = top.end - top.start + 1
  const tolerance = Math.max(2, length * 0.16)
  let best: Square | undefined
  for (let y = top.y + Math.floor(length * 0.72); y <= top.y + Math.ceil(length * 1.3); y++)
    for (const bottom of bottoms.get(y) ?? []) {
      // A tick that leaves through a corner makes one of the two longer.
      const startsTogether = Math.abs(bottom.start - top.start) <= tolerance
      const endsTogether = Math.abs(bottom.end - top.end) <= tolerance
      if (!startsTogether && !endsTogether) continue
      const x = startsTogether ? Math.round((top.start + bottom.start) / 2) : Math.max(top.start, bottom.start)
      const right = endsTogether ? Math.round((top.end + bottom.end) / 2) : Math.min(top.end, bottom.end)
      const [width, height] = [right - x + 1, y - top.y + 1]
      if (width > most || width < height * 0.8 || width > height * 1.25) continue
      const slack = Math.max(1, Math.round(width * 0.09))
      const left = sideClosure(mask, x - 1, x + slack, top.y, y)
      const rightSide = sideClosure(mask, right - slack, right + 1, top.y, y)
      const closure = Math.min(left, rightSide)
      if (closure < 0.86) continue
      const closed = { x, y: top.y, width, height, closure: closure + (startsTogether && endsTogether ? 0.1 : 0) }
      if (!best || closed.closure > best.closure) best = closed
    }
  return best
}

/** Share of the rows in which a narrow upright band holds ink. */
function sideClosure({ width, data }: InkMask, from: number, to: number, top: number, bottom: number): number {
  let closed = 0
  for (let y = top; y <= bottom; y++) for (let x = Math.max(0, from); x <= Math.min(width - 1, to); x++) if (data[y * width + x] === 1) {
    closed++
    break
  }
  return closed / (bottom - top + 1)
}

function shareOfInk({ width, height, data }: InkMask, left: number, right: number, top: number, bottom: number): number {
  let [ink, all] = [0, 0]
  for (let y = Math.max(0, Math.round(top)); y <= Math.min(height - 1, Math.round(bottom)); y++)
    for (let x = Math.max(0, Math.round(left)); x <= Math.min(width - 1, Math.round(right)); x++) {
      ink += data[y * width + x]!
      all++
    }
  return all === 0 ? 0 : ink / all
}

/** The frame runs on beyond a corner on at least two sides: a cell of a table, a grid of single characters. */
function goesOn(mask: InkMask, { x, y, width, height }: Square): boolean {
  const far = Math.max(4, width * 0.45)
  const right = x + width - 1
  const bottom = y + height - 1
  const beyond = [
    along(mask, x - far, x - 2, y), along(mask, right + 2, right + far, y),
    along(mask, x - far, x - 2, bottom), along(mask, right + 2, right + far, bottom),
    upDown(mask, x, y - far, y - 2), upDown(mask, x, bottom + 2, bottom + far),
    upDown(mask, right, y - far, y - 2), upDown(mask, right, bottom + 2, bottom + far),
  ]
  return beyond.filter((share) => share > 0.85).length >= 2
}

const along = (mask: InkMask, from: number, to: number, y: number) => rowsOfInk(mask, from, to, y)
const upDown = (mask: InkMask, x: number, from: number, to: number) => sideClosure(mask, x - 1, x + 1, Math.max(0, Math.round(from)), Math.min(mask.height - 1, Math.round(to)))

/** Share of the columns in which a narrow lying band holds ink. */
function rowsOfInk({ width, height, data }: InkMask, from: number, to: number, y: number): number {
  let [closed, all] = [0, 0]
  for (let x = Math.max(0, Math.round(from)); x <= Math.min(width - 1, Math.round(to)); x++) {
    all++
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) if (data[row * width + x] === 1) {
      closed++
      break
    }
  }
  return all === 0 ? 0 : closed / all
}

/** Part of a character has strokes all along above or below it; from a box at most a tick runs out, on one side and in one place. */
function standsFree(mask: InkMask, { x, y, width, height }: Square): boolean {
  const far = Math.max(5, Math.round(height * 0.32))
  const above = thirdsWithInk(mask, x, width, y - far, y - 3)
  const below = thirdsWithInk(mask, x, width, y + height + 2, y + height - 1 + far)
  return above < 3 && below < 3 && above + below <= 3
}

/** In how many of three parts of a band there is ink; a rule that runs through the whole band is none. */
function thirdsWithInk(mask: InkMask, x: number, width: number, top: number, bottom: number): number {
  let thirds = 0
  for (const third of [0, 1, 2]) {
    let [ink, rows] = [0, 0]
    for (let row = Math.max(0, top); row <= Math.min(mask.height - 1, bottom); row++) {
      if (shareOfInk(mask, x - width * 0.3, x + width * 1.3, row, row) > 0.9) continue
      ink += shareOfInk(mask, x + (third * width) / 3, x + ((third + 1) * width) / 3 - 1, row, row)
      rows++
    }
    if (rows > 0 && ink / rows > 0.08) thirds++
  }
  return thirds
}

/** The boxes of one form are of one size; what is left of characters is smaller. */
function ofOneSize(squares: readonly Square[]): Square[] {
  if (squares.length < 4) return [...squares]
  const sizes = squares.map(({ width, height }) => (width + height) / 2).toSorted((a, b) => a - b)
  // The size that most others are close to.
  const votes = sizes.map((size) => sizes.filter((other) => Math.abs(other - size) <= size * 0.12).length)
  const usual = sizes[votes.lastIndexOf(Math.max(...votes))]!
  return squares.filter(({ width, height }) => Math.abs((width + height) / 2 - usual) <= usual * 0.3)
}

/** 口 and its kin: the uprights stand out below the frame on both sides, or neighbours of the same height stand close on both. */
function isCharacter(mask: InkMask, { x, y, width, height }: Omit<Square, 'closure'>): boolean {
  const bottom = y + height - 1
  const right = x + width - 1
  const leg = Math.max(2, Math.round(height * 0.09))
  const band = Math.max(1, Math.round(width * 0.1))
  const onLegs = (from: number) => sideClosure(mask, from, from + band, bottom + 2, bottom + 1 + leg) > 0.7
  const between = shareOfInk(mask, x + band * 2, right - band * 2, bottom + 2, bottom + 1 + leg)
  if (onLegs(x - 1) && onLegs(right - band + 1) && between < 0.3) return true
  const inset = Math.max(2, Math.round(width * 0.15))
  let bars = 0
  for (let row = y + inset; row <= bottom - inset; row++) if (shareOfInk(mask, x + inset, right - inset, row, row) > 0.9) bars++
  // 日 and 田 hold a bar from side to side; a filled box is full of them, a tick has none.
  if (bars > 0 && bars < (height - 2 * inset) * 0.6) return true
  const near = Math.max(2, Math.round(width * 0.24))
  const frame = traceFrame(mask, { x, y, width, height })
  // A tick that hangs on the frame is no neighbour.
  const isTall = (from: number, to: number) => {
    let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let row = y; row <= bottom; row++)
      for (let column = Math.max(0, from); column <= Math.min(mask.width - 1, to); column++)
        if (mask.data[row * mask.width + column] === 1 && !frame.has(row * mask.width + column)) {
          first = Math.min(first, row)
          last = row
        }
    return last - first > height * 0.4
  }
  return isTall(x - near - 1, x - 2) && isTall(right + 2, right + near + 1)
}

/** A small cell of a ruled table is no check box. */
function isCell(square: Square, cells: readonly Cell[]): boolean {
  return cells.some(({ box }) => Math.abs(box.x - square.x) < 5 && Math.abs(box.y - square.y) < 5 && Math.abs(box.width - square.width) < 9 && Math.abs(box.height - square.height) < 9)
}

/** One box for each place: the best closed one, the outer one where two are alike. */
function keepBest(squares: Square[]): Square[] {
  const kept: Square[] = []
  for (const square of squares.toSorted((a, b) => b.closure * 100 + b.width * 0.1 - (a.closure * 100 + a.width * 0.1))) {
    const overlaps = kept.some((other) => {
      const across = Math.min(square.x + square.width, other.x + other.width) - Math.max(square.x, other.x)
      const down = Math.min(square.y + square.height, other.y + other.height) - Math.max(square.y, other.y)
      return across > 0.3 * Math.min(square.width, other.width) && down > 0.3 * Math.min(square.height, other.height)
    })
    if (!overlaps) kept.push(square)
  }
  return kept
}

/** All ink that hangs together with the frame, as far as a tick may reach. */
function traceFrame({ width: stride, height: rows, data }: InkMask, { x, y, width, height }: Omit<Square, 'closure'>): Set<number> {
  const reach = Math.round(width * 0.8)
  const [left, right] = [Math.max(0, x - reach), Math.min(stride - 1, x + width + reach)]
  const [top, bottom] = [Math.max(0, y - reach), Math.min(rows - 1, y + height + reach)]
  const traced = new Set<number>()
  const stack: number[] = []
  const visit = (column: number, row: number) => {
    const at = row * stride + column
    if (column < left || column > right || row < top || row > bottom || data[at] === 0 || traced.has(at)) return
    traced.add(at)
    stack.push(at)
  }
  for (let column = x; column < x + width; column++) for (const row of [y, y + 1, y + height - 2, y + height - 1]) visit(column, row)
  for (let row = y; row < y + height; row++) for (const column of [x, x + 1, x + width - 2, x + width - 1]) visit(column, row)
  while (stack.length > 0) {
    const at = stack.pop()!
    const row = Math.floor(at / stride)
    const column = at - row * stride
    for (const [dx, dy] of [[-1, 0], [1, 0], [0, -1], [0, 1], [-1, -1], [1, -1], [-1, 1], [1, 1]] as const) visit(column + dx, row + dy)
  }
  return traced
}

/** Ink inside the frame, or a stroke that hangs on it and leaves to the left, above or below: to the right stands the text. */
function readMark(mask: InkMask, square: Square): { checked: boolean; confidence: number } {
  const { x, y, width, height } = square
  const inset = Math.max(2, Math.round(width * 0.19))
  const inside = shareOfInk(mask, x + inset, x + width - 1 - inset, y + inset, y + height - 1 - inset)
  let outside = 0
  for (const at of traceFrame(mask, square)) {
    const row = Math.floor(at / mask.width)
    const column = at - row * mask.width
    const isBeyond = column < x - 3 || row < y - 3 || row > y + height + 2
    const isText = column > x + width && row > y - 3
    if (isBeyond && !isText) outside++
  }
  const marks = Math.max(inside / emptyInk, outside / (width * 0.8))
  const checked = marks > 1
  return { checked, confidence: checked ? Math.min(1, 0.5 + (marks - 1) / 4) : Math.min(1, 1 - marks / 2) }
}
