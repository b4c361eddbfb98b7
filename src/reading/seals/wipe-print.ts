/**
 * Takes what the page itself prints off the face of a seal without colour, as far as it is known: no colour tells the one from the other
 * there, and a number across an arc makes other letters of it. Lines of print are known by what was read of them, rules by their length,
 * pictures by being black all through.
 */
import type { Raster, Rectangle } from '../page.ts'
import { tracePieces } from '../pixels/trace-pieces.ts'
import type { PrintedLine } from './compare-face.ts'
import { cutFace } from './cut-face.ts'
import { halfAxes, type Ring } from './fit-ring.ts'

/** The part of a page about a ring, with the ring in it. */
export interface FaceOfRing<R extends Ring> {
  readonly raster: Raster
  readonly ring: R
  /** The same with nothing at all where lines of print stand: what of them hangs together with a letter of the arc is left on `raster`. */
  readonly apart: Raster
}

/** So far beyond the ring is looked, as a share of its half axis. */
const around = 1.25
/** Darker than this, of 255, is ink. */
const dark = 110
/** A line of print was read so surely, and so many letters of it. */
const sureLine = { confidence: 0.75, letters: 2 }
/** Within these shares of the half axis letters of an arc may stand. */
const arc = { inner: 0.55, outer: 0.97 }
/** A piece of ink is of a line if so much of it stands within. */
const mostlyWithin = 0.9
/** Letters of a line are as high as one another: what is so much higher than most is not of it. */
const highest = 1.3
/** A run of ink is a rule's if it is so long, as a share of the half axis, and so low. */
const rule = { length: 0.5, breadth: 0.05 }
/** A picture is black for so far in every direction, as a share of the half axis: broader than any stroke of an arc. */
const blob = 0.11

/** Null where nothing is known of print or pictures on the face. */
export function wipePrint<R extends Ring>(raster: Raster, ring: R, lines: readonly PrintedLine[]): FaceOfRing<R> | null {
  const cut = cutFace(raster, ring, around)
  if (!cut) return null
  const { ink, width, height, left, top, ring: own } = cut
  const [radius] = halfAxes(ring)
  const face = { ink, width, height, ring: own, radius, wiped: new Uint8Array(width * height) }
  const printed = lines.flatMap((line) => {
    const box = boxOnPage(line, ring)
    return box ? [{ ...box, x: box.x - left, y: box.y - top }] : []
  })
  if (printed.length > 0) markLetters(face, printed)
  markRules(face)
  markPictures(face)
  if (!face.wiped.includes(1)) return null
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    const from = ((y + top) * raster.width + left) * 3
    data.set(raster.data.subarray(from, from + width * 3), y * width * 3)
  }
  whiten(face, data)
  const apart = data.slice()
  for (const { x, y, width: wide, height: high } of printed) {
    const [left, right] = [Math.max(0, Math.floor(x)), Math.min(width, Math.ceil(x + wide))]
    for (let row = Math.max(0, Math.floor(y)); row < Math.min(height, Math.ceil(y + high)); row++)
      if (right > left) apart.fill(255, (row * width + left) * 3, (row * width + right) * 3)
  }
  return { raster: { width, height, data }, ring: own, apart: { width, height, data: apart } }
}

/** What is wiped, with its paler edge. */
function whiten({ wiped, ink, width }: Face, data: Uint8Array): void {
  const around = [0, -1, 1, -width, width]
  for (let at = wiped.indexOf(1); at >= 0; at = wiped.indexOf(1, at + 1))
    for (const way of around) {
      const beside = at + way
      if (beside >= 0 && beside < ink.length && (way === 0 || ink[beside]! <= dark)) data.fill(255, beside * 3, beside * 3 + 3)
    }
}

interface Face {
  readonly ink: Uint8Array
  readonly width: number
  readonly height: number
  readonly ring: Ring
  readonly radius: number
  /** 1 where ink is the page's own. */
  readonly wiped: Uint8Array
}

/** How far a place lies from the ring's centre, as a share of the half axis there. */
const shareAt = ({ x, y, xx, xy, yy }: Ring, atX: number, atY: number): number => {
  const determinant = xx * yy - xy * xy
  const [dx, dy] = [atX - x, atY - y]
  return Math.hypot((yy * dx - xy * dy) / determinant, (xx * dy - xy * dx) / determinant)
}

/** Letters of an arc may be read as a line too: print runs on beyond the ring, or across the face. Null where it does not. */
function boxOnPage({ text, box, confidence = 0 }: PrintedLine, ring: Ring): Rectangle | null {
  if (!box || confidence < sureLine.confidence || Array.from(text).length < sureLine.letters) return null
  const middle = box.y + box.height / 2
  let [across, beyond] = [0, 0]
  for (let x = box.x; x <= box.x + box.width; x += 2) {
    const share = shareAt(ring, x, middle)
    if (share < arc.inner) across += 2
    else if (share > 1.04) beyond += 2
  }
  return across + beyond > 1.2 * box.height && box.width > box.height ? box : null
}

/** What hangs together and stands within a line is the line's; what reaches beyond it may be a letter of the arc. */
function markLetters({ ink, width, height, wiped }: Face, lines: readonly Rectangle[]): void {
  const map = ink.map((value) => (value > dark ? 1 : 0))
  const inLine = new Float32Array(ink.length)
  for (const { x, y, width: wide, height: high } of lines) {
    const [left, right] = [Math.max(0, Math.floor(x)), Math.min(width, Math.ceil(x + wide))]
    const [top, bottom] = [Math.max(0, Math.floor(y)), Math.min(height, Math.ceil(y + high))]
    for (let row = top; row < bottom; row++) inLine.fill(1, row * width + left, row * width + right)
  }
  const inked = map.slice()
  const pieces: { readonly line: number; readonly high: number; readonly runs: readonly (readonly [number, number])[] }[] = []
  tracePieces({ map, width, height, byCorners: true, values: inLine }, ({ left, top, right, bottom, count, sum, rows }) => {
    if (sum < mostlyWithin * count) return
    const [x, y] = [(left + right) / 2, (top + bottom) / 2]
    const line = lines.findIndex((box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height)
    const runs = Array.from(
      { length: bottom - top + 1 },
      (_, row) => [(top + row) * width + rows[row * 2]!, (top + row) * width + rows[row * 2 + 1]!] as const,
    )
    pieces.push({ line, high: bottom - top + 1, runs })
  })
  for (const [line, ofLine] of Map.groupBy(pieces, (piece) => piece.line)) {
    const least = 0.4 * (lines[line]?.height ?? 0)
    const heights = ofLine.flatMap(({ high }) => (high > least ? [high] : [])).toSorted((one, other) => one - other)
    const usual = heights[heights.length >> 1] ?? Infinity
    for (const { high, runs } of ofLine)
      if (high <= highest * usual)
        for (const [from, to] of runs) for (let at = from; at <= to; at++) if (inked[at] === 1 && inLine[at] === 1) wiped[at] = 1
  }
}

/** Long low runs of ink, but where something crosses them. */
function markRules(face: Face): void {
  const { width, height } = face
  markRuns(face, { along: 1, across: width, length: width, count: height })
  markRuns(face, { along: width, across: 1, length: height, count: width })
}

interface Runs {
  /** Steps in the plane from one pixel of a run to the next, and from one run to the one beside it. */
  readonly along: number
  readonly across: number
  readonly length: number
  readonly count: number
}

function markRuns({ ink, radius, wiped }: Face, { along, across, length, count }: Runs): void {
  const longest = Math.ceil(rule.length * radius)
  const broad = Math.max(3, Math.round(rule.breadth * radius))
  const wipe = (row: number, from: number, to: number) => {
    for (let one = from; one <= to; one++) {
      const at = row * across + one * along
      let [up, down] = [1, 1]
      while (up <= broad && row >= up && ink[at - up * across]! > dark) up++
      while (down <= broad && row + down < count && ink[at + down * across]! > dark) down++
      if (up + down - 1 <= broad) wiped[at] = 1
    }
  }
  for (let row = 0; row < count; row++) {
    let [from, last] = [-1, -9]
    for (let one = 0, at = row * across; one < length; one++, at += along) {
      if (ink[at]! <= dark) continue
      if (one - last > 3) {
        if (from >= 0 && last - from + 1 >= longest) wipe(row, from, last)
        from = one
      }
      last = one
    }
    if (from >= 0 && last - from + 1 >= longest) wipe(row, from, last)
  }
}

/** Portraits and the like: what is black all through. */
function markPictures({ ink, width, height, radius, ring, wiped }: Face): void {
  const side = 2 * Math.max(4, Math.round(blob * radius)) + 1
  // The side of the largest black square that ends at each pixel.
  const squares = new Uint16Array(width * height)
  for (let y = 1; y < height; y++)
    for (let x = 1, at = y * width + 1; x < width; x++, at++) {
      if (ink[at]! <= dark) continue
      const least = Math.min(squares[at - 1]!, squares[at - width]!, squares[at - width - 1]!)
      squares[at] = least + 1
      if (least + 1 < side) continue
      // The star is black as well.
      const share = shareAt(ring, x - side / 2, y - side / 2)
      if (share < arc.inner - 0.05) continue
      for (let row = Math.max(0, y - side); row <= Math.min(height - 1, y + 2); row++)
        for (let column = Math.max(0, x - side); column <= Math.min(width - 1, x + 2); column++)
          if (ink[row * width + column]! > dark / 2) wiped[row * width + column] = 1
    }
}
