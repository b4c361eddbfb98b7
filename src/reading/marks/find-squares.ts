import type { InkMap } from './map-ink.ts'
import { along } from './measure-ink.ts'

/** A hatched or dotted page holds more squares than these; they are not looked through. */
const mostSquares = 20_000
const mostKept = 480

export interface Square {
  readonly x: number
  readonly y: number
  readonly side: number
  readonly height: number
  readonly merit: number
}

interface Run {
  readonly row: number
  readonly from: number
  readonly to: number
}

/** Level strokes of a box side's length: dark runs that bridge single light pixels. */
const levelRuns = ({ width, height, ink }: InkMap, least: number, most: number): Run[][] => {
  const rows: Run[][] = []
  for (let y = 0; y < height; y++) {
    const runs: Run[] = []
    const row = y * width
    for (let x = 0; x < width; x++) {
      if (ink[row + x] === 0) continue
      const from = x
      let last = x
      while (x + 1 < width && (ink[row + x + 1] !== 0 || (x + 2 < width && ink[row + x + 2] !== 0))) {
        x++
        if (ink[row + x] !== 0) last = x
      }
      const length = last - from + 1
      if (length >= least && length <= most) runs.push({ row: y, from, to: last })
    }
    rows.push(runs)
  }
  return rows
}

/** The outermost place from `x` on, at most `reach` pixels away, where an upright side stands about as well as anywhere there. */
const findUpright = (map: InkMap, x: number, direction: 1 | -1, reach: number, y: number, height: number) => {
  const slack = map.unit > 6 ? 2 : 1
  if (reach === 0) return { x, share: along(map, x, y, height, true, slack) }
  let most = 0
  for (let step = 0; step <= reach; step++) most = Math.max(most, inkedBelow(map, x + direction * step, y, height))
  if (most / height < 0.3) return { x, share: 0 }
  let at = x
  while (inkedBelow(map, at, y, height) / height < most / height - 0.15) at += direction
  return { x: at, share: along(map, at, y, height, true, slack) }
}

/** Inked pixels of a column from `y` on; it is asked for millions of times on a photograph of a table top. */
const inkedBelow = ({ width, ink }: InkMap, x: number, y: number, height: number): number => {
  let hits = 0
  for (let at = y * width + x, end = at + height * width; at < end; at += width) hits += ink[at]!
  return hits
}

/**
 * Squares whose four sides are inked: two level strokes above each other with two upright ones near their ends. A cross or a
 * tick makes the strokes longer than the sides.
 */
const allSquares = (map: InkMap, least: number, most: number): Square[] => {
  const rows = levelRuns(map, least, most * 1.9)
  const squares: Square[] = []
  for (let y = 0; y < map.height; y++)
    for (const top of rows[y]!)
      for (let bottomY = y + Math.round(least * 0.9); bottomY <= Math.min(map.height - 1, y + Math.round(most * 1.08)); bottomY++)
        for (const bottom of rows[bottomY]!) {
          // Runs stand from left to right.
          if (bottom.from > top.to) break
          if (bottom.to < top.from) continue
          const from = Math.max(top.from, bottom.from)
          const to = Math.min(top.to, bottom.to)
          const height = bottomY - y + 1
          const length = to - from + 1
          if (length < least || length < 0.9 * height || length > 1.6 * height + 2) continue
          const reach = Math.max(0, Math.min(Math.round(height * 0.3), length - Math.round(0.9 * height)))
          const left = findUpright(map, from, 1, reach, y, height)
          if (left.share < 0.85) continue
          const right = findUpright(map, to, -1, reach, y, height)
          if (right.share < 0.85) continue
          const side = right.x - left.x + 1
          if (side < least || side > most || Math.abs(side - height) > 1 + 0.05 * side) continue
          const excess = (top.to - top.from + bottom.to - bottom.from + 2) / side - 2
          squares.push({ x: left.x, y, side, height, merit: left.share + right.share - excess })
          if (squares.length > mostSquares) return squares
        }
  return squares
}

const overlap = (a: Square, b: Square): number => {
  const width = Math.min(a.x + a.side, b.x + b.side) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? (width * height) / Math.min(a.side * a.height, b.side * b.height) : 0
}

/** One square for each place: the outermost of those that are about as well drawn, for strokes have breadth. */
const thinOut = (squares: readonly Square[]): Square[] => {
  const kept: Square[] = []
  for (const square of squares.toSorted((a, b) => b.merit - a.merit + (b.side + b.height - a.side - a.height) / 30)) {
    if (kept.length >= mostKept) break
    if (!kept.some((other) => overlap(other, square) > 0.3)) kept.push(square)
  }
  return kept
}

/** The squares of a page with sides from `least` to `most` pixels, one for each place, the best drawn first. */
export const findSquares = (map: InkMap, least: number, most: number): Square[] => thinOut(allSquares(map, least, most))
