/**
 * Stands a page upright: which of the four ways it lies is told by its lines of text, its perspective by the corners of the
 * sheet, its skew by the slant of the lines. Everything is undone in one pass over the pixels.
 */
import { boundsOf, type PageEngine } from '../engine/open-engine.ts'
import type { Region } from '../engine/measure-regions.ts'
import { turnRaster, type Quarter } from '../decode/orient-raster.ts'
import type { Raster, TextLine } from '../page.ts'
import { workingSize } from '../decode/working-size.ts'
import { compose, invert, project, projectOnto, warpRaster, type Point, type Projection, type Quad } from '../raster/warp-raster.ts'
import { bleachWatermark } from './bleach-watermark.ts'
import { findSheet } from './find-sheet.ts'
import { findWatermark } from './find-watermark.ts'
import { faceText, mapRegion } from './map-region.ts'
import { measureFan, type Fan } from './measure-fan.ts'
import { measureSkew } from './measure-skew.ts'
import { countSlender, mayLieSideways, tellTurn, type KnownLine } from './tell-turn.ts'

export interface UprightPage {
  readonly raster: Raster
  /** Draws it as people see it, where a watermark was bleached for reading. */
  readonly shown?: () => Raster
  /** Degrees clockwise that stood it upright. */
  readonly rotation: Quarter
  /** Where text runs, on the upright page. */
  readonly regions: readonly Region[]
  /** Lines that have been read already, and their regions of the upright page. */
  readonly known: readonly KnownLine[]
  /** From pixels of the upright page to those of the picture that it was made of. */
  readonly map: Projection
}

const unchanged: Projection = [1, 0, 0, 0, 1, 0, 0, 0, 1]

/** Less slant moves the far end of a line by less than a third of its height: nothing needs mending. */
const leastSkew = (0.2 * Math.PI) / 180
/** A sheet that fills less of the photo than this is searched for text again at its own size. */
const smallSheet = 0.6

export async function standUpright(engine: PageEngine, taken: Raster): Promise<UprightPage> {
  const seen = await detectEitherWay(engine, taken)
  const sheet = trustSheet(findSheet(taken), seen)
  const { raster, found } = await withoutWatermark(engine, taken, seen, layFlat(taken, sheet, 0).map)
  const { rotation, read } = await tellTurn(engine, raster, found)
  const facing = found.map((region) => faceText(region, rotation))
  const { size, map: flat } = closeFan(layFlat(raster, sheet, rotation), facing)
  const skew = measureSkew(carry(facing, flat))
  const isStraight = Math.abs(skew) < leastSkew
  if (!sheet && rotation === 0 && isStraight && isUnchanged(flat))
    return { raster, ...(raster === taken ? {} : { shown: () => taken }), rotation, regions: found, known: read, map: unchanged }

  const straight = straighten(size, isStraight ? 0 : skew, sheet === undefined)
  const map = compose(flat, straight.map)
  const upright = warpRaster(raster, map, straight.width, straight.height)
  const shown = raster === taken ? {} : { shown: () => warpRaster(taken, map, straight.width, straight.height) }
  // Text that lies sideways or small was not found as well as it will be now.
  const isSmall = sheet !== undefined && areaOf(sheet) < raster.width * raster.height * smallSheet
  if (isSmall || rotation % 180 !== 0) {
    const again = await engine.detect(upright)
    return { raster: upright, ...shown, rotation, regions: findWatermark(upright, again, again)?.others ?? again, known: [], map }
  }
  const regions = carry(facing, map)
  const known = read.map(({ region, line }) => {
    const at = found.indexOf(region)
    return { region: regions[at]!, line: moveLine(line, facing[at]!, regions[at]!) }
  })
  return { raster: upright, ...shown, rotation, regions, known, map }
}

/** Where hardly a line was found, lines may be found on the page turned; they are told where they lie on the page as it came. */
async function detectEitherWay(engine: PageEngine, taken: Raster): Promise<readonly Region[]> {
  const seen = await engine.detect(taken)
  if (!mayLieSideways(seen)) return seen
  const turned = await engine.detect(turnRaster(taken, 90))
  if (countSlender(turned) <= countSlender(seen)) return seen
  return turned.map((region) => ({ ...region, x: region.y, y: taken.height - region.x, width: region.height, height: region.width }))
}

interface SeenPage {
  readonly raster: Raster
  readonly found: readonly Region[]
}

/** `flat` goes from the flat sheet to the picture. What a pale watermark crossed is found anew without it. */
async function withoutWatermark(engine: PageEngine, raster: Raster, seen: readonly Region[], flat: Projection): Promise<SeenPage> {
  const watermark = findWatermark(raster, seen, carry(seen, flat))
  if (!watermark) return { raster, found: seen }
  if (watermark.ink === 0) return { raster, found: watermark.others }
  const bleached = bleachWatermark(raster, watermark)
  const again = await engine.detect(bleached)
  return { raster: bleached, found: findWatermark(bleached, again, carry(again, flat))?.others ?? again }
}

/** The sheet, or the whole picture, turned and seen from straight above. */
function layFlat(raster: Raster, sheet: Quad | undefined, rotation: Quarter): FlatPage {
  const frame = turnCorners(sheet ?? frameOf(raster), rotation)
  const size = sheet ? sheetSize(frame) : turnedSize(raster, rotation)
  return { size, map: projectOnto(frame, size.width, size.height) }
}

interface FlatPage {
  readonly size: Size
  readonly map: Projection
}

/** How often the fan is measured anew on the page that it was closed on: slopes are not quite straight functions of their places. */
const mostRounds = 3

/** Where lines of text fan out on the page that should be flat, its corners were not those of the sheet: the lines are made parallel. */
function closeFan(page: FlatPage, regions: readonly Region[]): FlatPage {
  let { size, map } = page
  for (let round = 0; round < mostRounds; round++) {
    const fan = measureFan(carry(regions, map), size.height)
    if (!fan) break
    const closed = closeOnce(size, fan)
    ;({ size } = closed)
    map = compose(map, closed.map)
  }
  return { size, map }
}

/** The lines' common point sent away to the side: from the new page to the old one. What stands upright stays so. */
function closeOnce({ width, height }: Size, { slope, growth }: Fan): FlatPage {
  const [cos, sin] = [Math.cos(Math.atan(slope)), Math.sin(Math.atan(slope))]
  // About the middle of the page, turned so that the point lies level with it.
  const bend = -growth
  const toNew = ([x, y]: Point): Point => {
    const [along, down] = [cos * (x - width / 2) + sin * (y - height / 2), cos * (y - height / 2) - sin * (x - width / 2)]
    const depth = 1 - along * bend
    return [along / depth, down / depth]
  }
  const corners = frameOf({ width, height }).map(toNew)
  const [left, top] = [Math.min(...corners.map(([x]) => x)), Math.min(...corners.map(([, y]) => y))]
  const [right, bottom] = [Math.max(...corners.map(([x]) => x)), Math.max(...corners.map(([, y]) => y))]
  const fromMiddle: Projection = [cos, -sin, width / 2, sin, cos, height / 2, 0, 0, 1]
  const fromBend: Projection = [1, 0, 0, 0, 1, 0, bend, 0, 1]
  return {
    size: { width: Math.round(right - left), height: Math.round(bottom - top) },
    map: compose(fromMiddle, compose(fromBend, [1, 0, left, 0, 1, top, 0, 0, 1])),
  }
}

const isUnchanged = (map: Projection): boolean => map[6] === 0 && map[7] === 0

/** The same line on the upright page: its glyphs stand where they stood along their region. */
function moveLine(line: TextLine, from: Region, to: Region): TextLine {
  const box = boundsOf(to)
  const scale = (to.width * Math.cos(to.angle)) / (from.width * Math.cos(from.angle))
  const place = (x: number) => to.x + (x - from.x) * scale
  return { ...line, box, glyphs: line.glyphs.map((glyph) => ({ ...glyph, left: place(glyph.left), right: place(glyph.right) })) }
}

/** `map` goes from the new page to the old one; regions go the other way. */
function carry(regions: readonly Region[], map: Projection): Region[] {
  const back = invert(map)
  return regions.map((region) => mapRegion(region, (point) => project(back, point)))
}

/** A "sheet" with text outside of it, or that cuts lines of text, is a part of the page that a shadow left light, not the page. */
function trustSheet(sheet: Quad | undefined, regions: readonly Region[]): Quad | undefined {
  if (!sheet) return undefined
  const isInside = ([x, y]: Point) =>
    sheet.every(([ax, ay], index) => {
      const [bx, by] = sheet[(index + 1) % 4]!
      return (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0
    })
  const area = (list: readonly Region[]) => list.reduce((sum, { width, height }) => sum + width * height, 0)
  // A line is found somewhat longer than it is.
  const ends = ({ x, y, width, height, angle }: Region): Point[] => {
    const reach = Math.max(0, width / 2 - height)
    return [-reach, reach].map((along): Point => [x + along * Math.cos(angle), y + along * Math.sin(angle)])
  }
  const outside = regions.filter((region) => !ends(region).every(isInside))
  return area(outside) <= area(regions) * 0.02 ? sheet : undefined
}

const frameOf = ({ width, height }: Size): Quad => [
  [0, 0],
  [width, 0],
  [width, height],
  [0, height],
]

/** The corner that comes to the top left when the page is turned clockwise. */
function turnCorners(quad: Quad, degrees: Quarter): Quad {
  const first = (4 - degrees / 90) % 4
  return [0, 1, 2, 3].map((offset) => quad[(first + offset) % 4]!) as unknown as Quad
}

interface Size {
  readonly width: number
  readonly height: number
}

const turnedSize = ({ width, height }: Raster, rotation: Quarter): Size =>
  rotation % 180 === 0 ? { width, height } : { width: height, height: width }

/** Sides of A4 seen at a slant come out too short: a shape near √2 is made it. */
function sheetSize([a, b, c, d]: Quad): Size {
  const side = (from: Point, to: Point) => Math.hypot(to[0] - from[0], to[1] - from[1])
  let width = Math.max(side(a, b), side(d, c))
  let height = Math.max(side(b, c), side(a, d))
  const ratio = Math.max(width, height) / Math.min(width, height)
  if (Math.abs(ratio / Math.SQRT2 - 1) < 0.12) {
    if (width > height) height = width / Math.SQRT2
    else width = height / Math.SQRT2
  }
  return workingSize(Math.round(width), Math.round(height))
}

function areaOf(quad: Quad): number {
  return Math.abs(quad.reduce((sum, [x, y], index) => sum + x * quad[(index + 1) % 4]![1] - quad[(index + 1) % 4]![0] * y, 0)) / 2
}

/** A turn by the skew about the middle; the new page is as large as needed to lose no corner, unless a sheet was cut out. */
function straighten({ width, height }: Size, skew: number, keepCorners: boolean): Size & { readonly map: Projection } {
  const [cos, sin] = [Math.cos(skew), Math.sin(skew)]
  const newWidth = Math.round(keepCorners ? width * cos + height * Math.abs(sin) : width)
  const newHeight = Math.round(keepCorners ? height * cos + width * Math.abs(sin) : height)
  const left = width / 2 - (cos * newWidth - sin * newHeight) / 2
  const top = height / 2 - (sin * newWidth + cos * newHeight) / 2
  return { width: newWidth, height: newHeight, map: [cos, -sin, left, sin, cos, top, 0, 0, 1] }
}
