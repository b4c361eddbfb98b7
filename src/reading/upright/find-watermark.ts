/**
 * Copies of identity cards and licences carry words against misuse, again and again across the sheet and slanting over it: they
 * outnumber the lines of the card, and would stand the page on their own slant.
 */
import type { Region } from '../engine/measure-regions.ts'
import { boundsOf } from '../engine/open-engine.ts'
import type { Raster } from '../page.ts'
import type { Piece } from '../raster/resample.ts'

export interface Watermark {
  /** Of the regions, those that are not its words. */
  readonly others: readonly Region[]
  /** Lines of print hardly darker than its ink, which stand straight. */
  readonly palePrint: readonly Region[]
  /** How much darker its ink is than the paper, and that of the print, in levels of 255; both 0 where the print is no darker. */
  readonly ink: number
  readonly print: number
}

/** In radians: lines of one paper slant by less, a watermark by more; the lines of one watermark differ by less. */
const slanting = (9 * Math.PI) / 180
const alike = (5 * Math.PI) / 180
/** A shorter run's rectangle slants by chance. */
const long = 2.5
const longWords = 4
/** Print that is no darker than the watermark by more than this. */
const asPale = 1.35
/** So many of each tell that both are there. */
const fewest = 3
/** Words that slant over a sheet have so many of its lines among them; the lines of a card that lies aslant beside another have none. */
const among = 0.25
/** A watermark's ink is that much paler than the print, unless there are no more of its lines than of the print's. */
const paler = 0.72

/** `level` are the same regions as they lie on the flat sheet, however it is turned; null where no words slant across it. */
export function findWatermark(raster: Raster, regions: readonly Region[], level: readonly Region[]): Watermark | null {
  const seen = regions.map((region, at) => ({ region, slant: slantOf(level[at]!), shape: shapeOf(level[at]!) }))
  const straight = seen.filter(({ slant, shape }) => shape > long && Math.abs(slant) <= slanting)
  const slanted = seen.filter(({ slant, shape }) => shape > longWords && Math.abs(slant) > slanting)
  if (straight.length < fewest || slanted.length < fewest) return null
  const usual = median(slanted.map(({ slant }) => slant))
  const words = slanted.filter(({ slant }) => Math.abs(slant - usual) < alike)
  if (words.length < fewest || words.length < slanted.length / 2) return null
  if (!areAmong(words, straight)) return null
  const [ink, print] = [words, straight].map((list) => median(list.map(({ region }) => contrastOf(raster, region)))) as [number, number]
  const isPale = ink < paler * print
  if (words.length > straight.length && !isPale) return null
  const high = median(straight.map(({ region }) => Math.min(region.width, region.height)))
  const isPalePrint = ({ region, slant, shape }: (typeof seen)[number]): boolean =>
    shape > long &&
    Math.abs(slant) <= slanting / 3 &&
    Math.min(region.width, region.height) < 1.6 * high &&
    contrastOf(raster, region) <= asPale * ink
  const isOther = ({ slant, shape }: (typeof seen)[number]): boolean => shape <= long || Math.abs(slant - usual) >= alike
  return {
    others: seen.filter(isOther).map(({ region }) => region),
    palePrint: seen.filter(isPalePrint).map(({ region }) => region),
    ...(isPale ? { ink, print } : { ink: 0, print: 0 }),
  }
}

interface SeenRegion {
  readonly region: Region
}

/** Whether enough lines have their middles within the box around the words. */
function areAmong(words: readonly SeenRegion[], lines: readonly SeenRegion[]): boolean {
  const boxes = words.map(({ region }) => boundsOf(region))
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))]
  const [right, bottom] = [Math.max(...boxes.map(({ x, width }) => x + width)), Math.max(...boxes.map(({ y, height }) => y + height))]
  const inside = lines.filter(({ region: { x, y } }) => x >= left && x <= right && y >= top && y <= bottom)
  return inside.length >= among * lines.length
}

/** From the nearer of the sheet's two directions, -45° to 45°. */
function slantOf({ angle }: Region): number {
  const quarter = Math.PI / 2
  return angle - Math.round(angle / quarter) * quarter
}

const shapeOf = ({ width, height }: Region): number => Math.max(width, height) / Math.min(width, height)

/** How much darker the ink of a region is than its ground, in levels. */
function contrastOf({ width, height, data }: Raster, { x: middleX, y: middleY, width: length, height: depth, angle }: Piece): number {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const levels: number[] = []
  const columns = 60
  for (let column = 0; column < columns; column++)
    for (let row = -2; row <= 2; row++) {
      const along = ((column + 0.5) / columns - 0.5) * length
      const across = row * 0.15 * depth
      const x = Math.round(middleX + along * cos - across * sin)
      const y = Math.round(middleY + along * sin + across * cos)
      if (x < 0 || y < 0 || x >= width || y >= height) continue
      const at = 3 * (y * width + x)
      levels.push((data[at]! + 2 * data[at + 1]! + data[at + 2]!) / 4)
    }
  levels.sort((one, other) => one - other)
  return (levels[Math.floor(levels.length * 0.8)] ?? 0) - (levels[Math.floor(levels.length * 0.06)] ?? 0)
}

const median = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[values.length >> 1]!
