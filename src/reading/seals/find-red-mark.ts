/**
 * Whether a page shows red ink that may be a seal which was not told: one pressed on one side only, in the shadow of a hand, under a
 * lamp of another colour. That a paper has none is said to the applicant only where there is nothing of the kind.
 */
import type { Raster, Rectangle } from '../page.ts'
import { levelLight } from '../pixels/level-light.ts'
import type { Plane } from '../pixels/plane.ts'
import { tracePieces } from '../pixels/trace-pieces.ts'
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

/** A told seal reaches so much of its width beyond its box, where its ink ran. */
const runs = 0.04

/** `page` is upright; the ink of the seals that were `told` on it, by their boxes, is left out. */
export function hasRedMark(page: Raster, told: readonly Rectangle[] = []): boolean {
  const { red: all, factor } = levelLight(page, fineSide)
  const red = withoutTold(all, told, factor)
  const shorter = Math.min(red.width, red.height)
  const side = Math.max(4, Math.round(shorter / squares))
  const [width, height] = [Math.floor(red.width / side), Math.floor(red.height / side)]
  const values = countInk(red, side, width, height)
  const map = Uint8Array.from(values, (ink) => (ink >= leastShare * side * side ? 1 : 0))
  let isFound = false
  tracePieces({ map, width, height, byCorners: true, values }, ({ left, top, right, bottom, sum }) => {
    isFound ||= isStampSized((right - left + 1) * side, (bottom - top + 1) * side, sum, shorter)
  })
  return isFound
}

function withoutTold(red: Plane, told: readonly Rectangle[], factor: number): Plane {
  if (told.length === 0) return red
  const data = red.data.slice()
  for (const { x, y, width, height } of told) {
    const reach = runs * Math.max(width, height)
    const [left, right] = [Math.max(0, Math.floor((x - reach) / factor)), Math.min(red.width, Math.ceil((x + width + reach) / factor))]
    const [top, bottom] = [Math.max(0, Math.floor((y - reach) / factor)), Math.min(red.height, Math.ceil((y + height + reach) / factor))]
    for (let row = top; row < bottom; row++) data.fill(0, row * red.width + left, row * red.width + right)
  }
  return { ...red, data }
}

function countInk({ data, width }: Plane, side: number, columns: number, rows: number): Float32Array {
  const counts = new Float32Array(columns * rows)
  for (let y = 0; y < rows * side; y++)
    for (let x = 0; x < columns * side; x++)
      if (data[y * width + x]! >= inked) counts[Math.floor(y / side) * columns + Math.floor(x / side)]!++
  return counts
}

/** `ink` pixels of a mark of squares that hang together. */
function isStampSized(width: number, height: number, ink: number, shorter: number): boolean {
  const [long, short] = [Math.max(width, height), Math.min(width, height)]
  const share = ink / (width * height)
  return (
    long >= size.least * shorter && long <= size.most * shorter && long <= flattest * short && share >= cover.least && share <= cover.most
  )
}
