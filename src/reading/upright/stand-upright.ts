/**
 * Stands a page upright: which of the four ways it lies is told by its lines of text, its perspective by the corners of the
 * sheet, its skew by the slant of the lines. Everything is undone in one pass over the pixels.
 */
import { boundsOf, type PageEngine } from '../engine/open-engine.ts'
import type { Region } from '../engine/measure-regions.ts'
import type { Quarter } from '../decode/orient-raster.ts'
import type { Raster, TextLine } from '../page.ts'
import { workingSize } from '../decode/working-size.ts'
import { compose, invert, project, projectOnto, warpRaster, type Point, type Projection, type Quad } from '../raster/warp-raster.ts'
import { findSheet } from './find-sheet.ts'
import { faceText, mapRegion } from './map-region.ts'
import { measureSkew } from './measure-skew.ts'
import { tellTurn, type KnownLine } from './tell-turn.ts'

export interface UprightPage {
  readonly raster: Raster
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

export async function standUpright(engine: PageEngine, raster: Raster): Promise<UprightPage> {
  const found = await engine.detect(raster)
  const sheet = trustSheet(findSheet(raster), found)
  const { rotation, read } = await tellTurn(engine, raster, found)
  const facing = found.map((region) => faceText(region, rotation))
  const frame = turnCorners(sheet ?? frameOf(raster), rotation)
  const size = sheet ? sheetSize(frame) : turnedSize(raster, rotation)
  const flat = projectOnto(frame, size.width, size.height)
  const skew = measureSkew(carry(facing, flat))
  const isStraight = Math.abs(skew) < leastSkew
  if (!sheet && rotation === 0 && isStraight) return { raster, rotation, regions: found, known: read, map: unchanged }

  const straight = straighten(size, isStraight ? 0 : skew, sheet === undefined)
  const map = compose(flat, straight.map)
  const upright = warpRaster(raster, map, straight.width, straight.height)
  // Text that lies sideways or small was not found as well as it will be now.
  const isSmall = sheet !== undefined && areaOf(sheet) < raster.width * raster.height * smallSheet
  if (isSmall || rotation % 180 !== 0) return { raster: upright, rotation, regions: await engine.detect(upright), known: [], map }
  const regions = carry(facing, map)
  const known = read.map(({ region, line }) => {
    const at = found.indexOf(region)
    return { region: regions[at]!, line: moveLine(line, facing[at]!, regions[at]!) }
  })
  return { raster: upright, rotation, regions, known, map }
}

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

const frameOf = ({ width, height }: Raster): Quad => [
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
