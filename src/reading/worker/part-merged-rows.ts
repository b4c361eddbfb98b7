/**
 * Rows of print that stand close are found as one run of text as high as all of them, for a page is seen small: a label above its value in
 * one cell, or the lines of a part that is set tightly. What is that high, and holds several rows of ink, is looked at nearer.
 */
import type { Region } from '../engine/measure-regions.ts'
import { boundsOf, type PageEngine } from '../engine/open-engine.ts'
import type { Raster, Rectangle } from '../page.ts'
import { clipToRaster, cropRaster } from '../raster/resample.ts'
import { area, columnOverlap, contains, join, meets, widen } from '../understand/text/geometry.ts'
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
/** Rows that touch even there are wide, and are seen so much larger. */
const [wide, enlarged] = [4, 1.6]
/** What is lower than this share of a row is none. */
const speck = 0.4
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
  const usual = usualHeight(regions)
  const mayBeSeveral = (region: Region): boolean =>
    region.height > higher * usual && region.width > narrowest * region.height && Math.abs(region.angle) < askew
  const merged = regions
    .map((region) => ({ region, bounds: boundsOf(region) }))
    .filter(
      ({ region, bounds }) => mayBeSeveral(region) && !seals.some((seal) => contains(seal, bounds)) && holdsRows(raster, bounds, usual),
    )
  const several: { readonly region: Region; readonly rows: readonly Region[] }[] = []
  for (const { room, within } of roomsOf(raster, merged, around * usual).slice(0, mostLooks)) {
    const seen = await lookTwice(engine, raster, room)
    for (const { region, bounds } of within) {
      const rows = seen.filter(({ x, y, height }) => height < lower * region.height && contains(bounds, { x, y, width: 0, height: 0 }))
      if (rows.length > 1) several.push({ region, rows })
    }
  }
  return several
    .flatMap(({ rows }) => rows)
    .reduce<readonly Region[]>(
      (all, row) => withRow(all, row),
      regions.filter((region) => !several.some((one) => one.region === region)),
    )
}

interface Merged {
  readonly region: Region
  readonly bounds: Rectangle
}

/** What is looked at together: runs that lie upon one another, as far as one look sees them well. The largest comes first, it hides most. */
function roomsOf(
  raster: Raster,
  merged: readonly Merged[],
  by: number,
): { readonly room: Rectangle; readonly within: readonly Merged[] }[] {
  const rooms: { room: Rectangle; within: Merged[] }[] = []
  for (const one of merged.toSorted((first, second) => area(second.bounds) - area(first.bounds))) {
    const place = clipToRaster(raster, widen(one.bounds, by))
    const near = rooms.find(({ room }) => {
      const both = join([room, place])
      return meets(room, place) && Math.max(both.width, both.height) <= nearSide
    })
    if (near) {
      near.room = join([near.room, place])
      near.within.push(one)
    } else rooms.push({ room: place, within: [one] })
  }
  return rooms
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

/** The rows of a room; what comes out as several even then (rows of a bent sheet touch) is looked at once more, enlarged. */
async function lookTwice(engine: PageEngine, raster: Raster, room: Rectangle): Promise<Region[]> {
  const seen = await lookNearer(engine, raster, room, 1)
  const usual = usualHeight(seen)
  const rows: Region[] = []
  for (const row of seen) {
    const isSeveral = seen.length >= fewest && row.height > higher * usual && row.width > wide * row.height
    const place = clipToRaster(raster, widen(boundsOf(row), around * usual))
    const isPart = ({ height }: Region): boolean => height < lower * row.height && height > speck * usual
    const parts = isSeveral ? (await lookNearer(engine, raster, place, enlarged)).filter(isPart) : []
    rows.push(...(parts.length > 1 ? parts : [row]))
  }
  return rows
}

async function lookNearer(engine: PageEngine, raster: Raster, room: Rectangle, most: number): Promise<Region[]> {
  const scale = Math.min(most, (most * nearSide) / Math.max(room.width, room.height))
  const found = await engine.detect(cropRaster(raster, room), scale)
  return found.map((row): Region => ({ ...row, x: row.x + room.x, y: row.y + room.y }))
}

const usualHeight = (regions: readonly Region[]): number =>
  regions.map(({ height }) => height).toSorted((one, other) => one - other)[regions.length >> 1] ?? 0
