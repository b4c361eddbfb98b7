/**
 * Rows of print that stand close are found as one run of text as high as all of them, for a page is seen small: a label above its value in
 * one cell, or the lines of a part that is set tightly. What is that high, and holds several rows of ink, is looked at nearer.
 */
import type { Region } from '../engine/measure-regions.ts'
import { boundsOf, type PageEngine } from '../engine/open-engine.ts'
import type { Raster, Rectangle } from '../page.ts'
import { clipToRaster, cropRaster } from '../raster/resample.ts'
import { columnOverlap, contains, widen } from '../understand/text/geometry.ts'
import { rowsOfInk } from './rows-of-ink.ts'

/** All in heights of the page's usual runs: what may be several rows, and the ink of one row. */
const higher = 1.6
const leastRow = 0.25
/** What is narrower for its height is written downwards. */
const narrowest = 0.7
/** A run that is read aslant is a seal's or a stamp's. */
const askew = 0.12
const fewest = 8
/** Rows are looked for in windows so wide, at both ends and in the middle: along a slanting line no row is blank. */
const window = 2.5
/** Or this share of the run: beside a rule of the cell, which the run may have taken in, none is either. */
const besideRule = 0.75
/** The long side of what is looked at nearer, in pixels; each costs up to half of the detection of a page. */
const nearSide = 960
const mostLooks = 4
/** What comes out higher than this share of the run is no row of it. */
const lower = 0.75
/** How much longer a row is than what was found of it before. */
const longer = 1.3
/** Room about the run, in heights of usual ones: the network is blind at the edge. */
const around = 0.4

/** The regions, those of several rows in their place. What lies within one of `seals` stays as it is. */
export async function partMergedRows(
  engine: PageEngine,
  raster: Raster,
  regions: readonly Region[],
  seals: readonly Rectangle[],
): Promise<readonly Region[]> {
  if (regions.length < fewest) return regions
  const usual = regions.map(({ height }) => height).toSorted((one, other) => one - other)[regions.length >> 1]!
  const mayBeSeveral = (region: Region): boolean =>
    region.height > higher * usual && region.width > narrowest * region.height && Math.abs(region.angle) < askew
  const several: { readonly region: Region; readonly rows: readonly Region[] }[] = []
  for (const region of regions.filter(mayBeSeveral)) {
    const bounds = boundsOf(region)
    if (several.length === mostLooks || seals.some((seal) => contains(seal, bounds)) || !holdsRows(raster, bounds, usual)) continue
    const rows = await lookNearer(engine, raster, region, around * usual)
    if (rows.length > 1) several.push({ region, rows })
  }
  return several
    .flatMap(({ rows }) => rows)
    .reduce<readonly Region[]>(
      (all, row) => withRow(all, row),
      regions.filter((region) => !several.some((one) => one.region === region)),
    )
}

/** A row that was found by itself as well is taken once: the longer of both, for what is a little longer is so by its margin. */
function withRow(regions: readonly Region[], row: Region): readonly Region[] {
  const same = regions.filter((one) => isSameRow(one, row))
  if (same.some(({ width }) => longer * width >= row.width)) return regions
  return [...regions.filter((one) => !same.includes(one)), row]
}

const isSameRow = (one: Region, other: Region): boolean =>
  Math.abs(one.y - other.y) < 0.5 * Math.min(one.height, other.height) && columnOverlap(boundsOf(one), boundsOf(other)) > 0.5

/** Whether one of the windows has several rows of ink with blank ones between. */
function holdsRows(raster: Raster, bounds: Rectangle, usual: number): boolean {
  const width = Math.min(besideRule * bounds.width, window * usual)
  return [0, 0.5, 1].some((share) => {
    const place = { ...bounds, x: bounds.x + share * (bounds.width - width), width }
    return rowsOfInk(cropRaster(raster, place)).filter(({ from, to }) => to - from > leastRow * usual).length > 1
  })
}

async function lookNearer(engine: PageEngine, raster: Raster, region: Region, by: number): Promise<Region[]> {
  const bounds = boundsOf(region)
  const place = clipToRaster(raster, widen(bounds, by))
  const found = await engine.detect(cropRaster(raster, place), Math.min(1, nearSide / Math.max(place.width, place.height)))
  return found
    .map((row): Region => ({ ...row, x: row.x + place.x, y: row.y + place.y }))
    .filter(({ x, y, height }) => height < lower * region.height && contains(bounds, { x, y, width: 0, height: 0 }))
}
