/**
 * Whether a page shows red ink that may be a seal which was not told: one pressed on one side only, in the shadow of a hand, under a
 * lamp of another colour. That a paper has none is said to the applicant only where there is nothing of the kind.
 */
import type { Raster, Rectangle } from '../page.ts'
import { levelLight } from '../pixels/level-light.ts'
import { fineSide } from './locate-rings.ts'
import { traceRed, type RedMark } from './trace-red.ts'

/** Redder than paper by so much, in levels, is ink. */
const inked = 36
/** A mark is as large as a stamp, of the shorter side, and about as wide as high: print in red is flat. */
const size = { least: 0.07, most: 0.4 }
const flattest = 2.2
/** A ring and its letters leave most of their ground bare; an emblem, a button or a picture is filled. */
const cover = { least: 0.03, most: 0.38 }

/** `page` is upright; the ink of the seals that were `told` on it, by their boxes, is left out. */
export function hasRedMark(page: Raster, told: readonly Rectangle[] = []): boolean {
  const { red, factor } = levelLight(page, fineSide)
  const boxes = told.map(({ x, y, width, height }) => ({ x: x / factor, y: y / factor, width: width / factor, height: height / factor }))
  const shorter = Math.min(red.width, red.height)
  return traceRed(red, inked, boxes).some((mark) => isStampSized(mark, shorter))
}

function isStampSized({ width, height, share }: RedMark, shorter: number): boolean {
  const [long, short] = [Math.max(width, height), Math.min(width, height)]
  return (
    long >= size.least * shorter && long <= size.most * shorter && long <= flattest * short && share >= cover.least && share <= cover.most
  )
}
