/**
 * Whether a page shows red ink that may be a seal which was not told: one pressed on one side only, in the shadow of a hand, under a
 * lamp of another colour. That a page has none is said to the applicant only where there is nothing of the kind.
 */
import type { Raster } from '../page.ts'
import { levelLight } from '../pixels/level-light.ts'
import { fineSide } from './locate-rings.ts'

/** Redder than paper by so much, in levels, is ink. */
const inked = 36
/** The page is looked at in squares, so many along its shorter side; one that holds so many shares of ink is of a mark. */
const squares = 50
const leastShare = 0.02
/** A mark is as large as a stamp, of the shorter side, and about as wide as high: print in red is flat. */
const size = { least: 0.07, most: 0.4 }
const flattest = 2.2
/** A ring and its letters leave most of their ground bare; an emblem, a button or a picture is filled. */
const cover = { least: 0.03, most: 0.38 }

/** `page` is upright. */
export function hasRedMark(page: Raster): boolean {
  const { red } = levelLight(page, fineSide)
  const side = Math.max(4, Math.round(Math.min(red.width, red.height) / squares))
  const [columns, rows] = [Math.floor(red.width / side), Math.floor(red.height / side)]
  const counts = countInk(red.data, red.width, side, columns, rows)
  const seen = new Uint8Array(columns * rows)
  for (let at = 0; at < seen.length; at++) {
    if (seen[at] || counts[at]! < leastShare * side * side) continue
    if (isStampSized(gather(counts, seen, at, columns, rows, side), side, Math.min(red.width, red.height))) return true
  }
  return false
}

function countInk(red: Uint8Array, width: number, side: number, columns: number, rows: number): Uint16Array {
  const counts = new Uint16Array(columns * rows)
  for (let y = 0; y < rows * side; y++)
    for (let x = 0; x < columns * side; x++)
      if (red[y * width + x]! >= inked) counts[Math.floor(y / side) * columns + Math.floor(x / side)]!++
  return counts
}

interface Mark {
  readonly ink: number
  readonly columns: number
  readonly rows: number
}

/** The mark that a square is of: squares of ink that touch, by a corner as well. */
function gather(counts: Uint16Array, seen: Uint8Array, start: number, columns: number, rows: number, side: number): Mark {
  const waiting = [start]
  seen[start] = 1
  let [ink, left, right, top, foot] = [0, columns, 0, rows, 0]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const [x, y] = [at % columns, Math.floor(at / columns)]
    ink += counts[at]!
    ;[left, right, top, foot] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(foot, y)]
    for (let row = Math.max(0, y - 1); row <= Math.min(rows - 1, y + 1); row++)
      for (let column = Math.max(0, x - 1); column <= Math.min(columns - 1, x + 1); column++) {
        const next = row * columns + column
        if (seen[next] || counts[next]! < leastShare * side * side) continue
        seen[next] = 1
        waiting.push(next)
      }
  }
  return { ink, columns: right - left + 1, rows: foot - top + 1 }
}

function isStampSized({ ink, columns, rows }: Mark, side: number, shorter: number): boolean {
  const [width, height] = [columns * side, rows * side]
  const [long, short] = [Math.max(width, height), Math.min(width, height)]
  const share = ink / (width * height)
  return (
    long >= size.least * shorter && long <= size.most * shorter && long <= flattest * short && share >= cover.least && share <= cover.most
  )
}
