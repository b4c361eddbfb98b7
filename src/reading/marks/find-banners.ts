/**
 * The edges of dark bands with pale letters, as forms head their sections: no rule is drawn where a row begins below one, and the upright
 * rules of the rows above and below seem to go on through it.
 */
import type { Plane } from '../pixels/plane.ts'
import type { Rule } from './find-rules.ts'

/** A band is followed strip by strip, looked at on some of its columns. In pixels of the plane. */
const [strip, step] = [32, 4]
/** As dark as this, on so many of a strip's columns: letters leave light ones. */
const [dark, leastShare] = [70, 0.7]
/** Its height in millimetres, and its least width as a share of the plane's. */
const [lowest, highest, leastWidth] = [2.5, 16, 0.4]
/** The edges of neighbouring strips differ by no more pixels; letters may hide so many strips. */
const [drift, mostHidden] = [3, 8]

interface Piece {
  readonly column: number
  readonly top: number
  readonly bottom: number
}

export interface Banner {
  readonly top: Rule
  readonly bottom: Rule
}

/** `unit`: pixels of the plane in a millimetre. */
export function findBanners(plane: Plane, unit: number): Banner[] {
  const columns = Math.floor(plane.width / strip)
  const chains: Piece[][] = []
  for (let column = 0; column < columns; column++)
    for (const piece of piecesIn(plane, column, lowest * unit, highest * unit)) {
      const chain = chains.find((one) => goesOn(one.at(-1)!, piece))
      if (chain) chain.push(piece)
      else chains.push([piece])
    }
  return chains
    .filter((chain) => chain.length > 1 && (chain.at(-1)!.column - chain[0]!.column + 1) * strip >= leastWidth * plane.width)
    .map((chain) => {
      const [from, to] = endsOf(plane, chain)
      return { top: edgeOf(chain, ({ top }) => top, from, to), bottom: edgeOf(chain, ({ bottom }) => bottom, from, to) }
    })
}

/** The first column of a band and the one behind its last: it ends within a strip beyond those that it fills. */
function endsOf({ width, data }: Plane, chain: readonly Piece[]): readonly [number, number] {
  const [first, last] = [chain[0]!, chain.at(-1)!]
  const isInBand = ({ top, bottom }: Piece, x: number): boolean => data[((top + bottom) >> 1) * width + x]! >= dark
  let [from, to] = [first.column * strip, (last.column + 1) * strip]
  for (let more = 0; more < strip && from > 0 && isInBand(first, from - 1); more++) from--
  for (let more = 0; more < strip && to < width && isInBand(last, to); more++) to++
  return [from, to]
}

const goesOn = (before: Piece, { column, top, bottom }: Piece): boolean => {
  const away = column - before.column
  const most = drift * Math.min(away, 3)
  return away > 0 && away <= mostHidden && Math.abs(before.top - top) <= most && Math.abs(before.bottom - bottom) <= most
}

/** Rows that are dark across a strip, so many upon each other. */
function piecesIn(plane: Plane, column: number, least: number, most: number): Piece[] {
  const pieces: Piece[] = []
  const first = column * strip
  let top = -1
  for (let row = 0; row <= plane.height; row++) {
    if (row < plane.height && isDark(plane, row, first)) {
      if (top < 0) top = row
    } else if (top >= 0) {
      if (row - top >= least && row - top <= most) pieces.push({ column, top, bottom: row - 1 })
      top = -1
    }
  }
  return pieces
}

/** One row of a strip: a function of its own, for V8 leaves a loop within a loop each time that it ends. */
function isDark({ width, data }: Plane, row: number, first: number): boolean {
  let count = 0
  const start = row * width + first
  for (let x = 0; x < strip; x += step) if (data[start + x]! >= dark) count++
  return count * step >= leastShare * strip
}

/** The line through the strips' middles, level beyond those of the first and the last one. */
function edgeOf(chain: readonly Piece[], at: (piece: Piece) => number, start: number, end: number): Rule {
  const heights = new Float32Array(end - start)
  let next = 0
  for (let x = 0; x < heights.length; x++) {
    const middleOf = (piece: Piece): number => (piece.column + 0.5) * strip - start
    while (next < chain.length && middleOf(chain[next]!) <= x) next++
    const [before, behind] = [chain[Math.max(0, next - 1)]!, chain[Math.min(chain.length - 1, next)]!]
    const room = middleOf(behind) - middleOf(before)
    const share = room > 0 ? Math.min(1, Math.max(0, (x - middleOf(before)) / room)) : 0
    heights[x] = at(before) + share * (at(behind) - at(before))
  }
  return { start, heights }
}
