/**
 * A label of two lines and the value beside it, with no rule between, are found as one run of text as high as both: 证件类 over 别：, and
 * 身份证 half way down. Their strokes tell which is which.
 */
import type { Region } from '../engine/measure-regions.ts'
import { boundsOf } from '../engine/open-engine.ts'
import type { Raster, Rectangle } from '../page.ts'
import { bottom, join, middleY, right } from '../understand/text/geometry.ts'
import { findStrokes } from './find-strokes.ts'

/** All in heights of the page's usual runs, whose characters measure 0.6 of them. */
const higher = 1.4
const leastOfTwo = 1
const mostOfOne = 1
const leastRow = 0.35
/** Lines of a label may touch. */
const touching = 0.12
const through = 0.85
const gap = 0.15
/** In shares of the way from one line's middle to the other's: nearer is level with it. */
const level = 0.2
/** Lines whose blur touches stay apart. */
const inked = 0.35
const speck = 0.12
const rule = 2.5
/** The detector's margin around a run of text; none of the line beside it is taken in. */
const margin = { around: 0.2, between: 0.05 }
/** A run that is read aslant is a seal's or a stamp's. */
const askew = 0.12
const fewest = 8

/** The regions, those of a wrapped label and its value parted in three. */
export function partWrappedLabels(raster: Raster, regions: readonly Region[]): Region[] {
  if (regions.length < fewest) return [...regions]
  const middleOf = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[values.length >> 1]!
  const usual = middleOf(regions.map(({ height }) => height))
  const angle = middleOf(regions.map((region) => region.angle))
  return regions.flatMap((region) => {
    const mayBeTwo = region.height > higher * usual && region.width > 1.5 * region.height && Math.abs(region.angle) < askew
    const parts = mayBeTwo ? partsOf(findStrokes(raster, boundsOf(region), inked), usual) : null
    return parts ? parts.map((box): Region => ({ ...region, ...centred(box), angle, isApart: true })) : [region]
  })
}

const centred = ({ x, y, width, height }: Rectangle) => ({ x: x + width / 2, y: y + height / 2, width, height })

/** The upper line, the lower line and the value; null where the strokes are not so. */
function partsOf(found: readonly Rectangle[], usual: number): Rectangle[] | null {
  const strokes = found
    .filter(({ width, height }) => width < rule * usual && Math.max(width, height) > speck * usual)
    .toSorted((one, other) => one.x - other.x)
  let end = -Infinity
  let parts: Rectangle[] | null = null
  for (const [at, stroke] of strokes.entries()) {
    const rows = at > 0 && stroke.x - end >= gap * usual ? twoRows(strokes.slice(0, at), usual) : null
    end = Math.max(end, right(stroke))
    if (!rows) continue
    const [upper, lower] = rows
    const value = join(strokes.slice(at))!
    // Of a label that is spread over its room each character stands apart: the value begins behind the last.
    if (isBeside(value, rows, usual))
      parts = [withMargin(upper, usual, 'below'), withMargin(lower, usual, 'above'), withMargin(value, usual)]
  }
  return parts
}

/** Half way down between the lines: what is level with one of them goes on from it, above or below what stands there alone. */
const isBeside = (value: Rectangle, [upper, lower]: readonly [Rectangle, Rectangle], usual: number): boolean => {
  const between = level * (middleY(lower) - middleY(upper))
  const isHalfWay = middleY(value) > middleY(upper) + between && middleY(value) < middleY(lower) - between
  return value.height < mostOfOne * usual && value.height > leastRow * usual && isHalfWay
}

function twoRows(strokes: readonly Rectangle[], usual: number): [Rectangle, Rectangle] | null {
  const all = join(strokes)!
  if (all.height < leastOfTwo * usual) return null
  // Blur may join one character to that below it: 籍 to the bracket of 区）.
  const single = strokes.filter(({ height }) => height < through * all.height)
  if (strokes.length - single.length > 1) return null
  const upper = join(single.filter((stroke) => middleY(stroke) < middleY(all)))
  const lower = join(single.filter((stroke) => middleY(stroke) >= middleY(all)))
  if (!upper || !lower || Math.min(upper.height, lower.height) < leastRow * usual) return null
  if (bottom(upper) - lower.y > touching * usual) return null
  const across = { x: all.x, width: all.width }
  return single.length < strokes.length
    ? [
        { ...upper, ...across },
        { ...lower, ...across },
      ]
    : [upper, lower]
}

function withMargin({ x, y, width, height }: Rectangle, usual: number, near?: 'above' | 'below'): Rectangle {
  const by = margin.around * usual
  const above = near === 'above' ? margin.between * usual : by
  const below = near === 'below' ? margin.between * usual : by
  return { x: x - by, y: y - above, width: width + 2 * by, height: height + above + below }
}
