/**
 * Reads a part of a page by itself: cut out, stood upright, its perspective and slant undone, and seen larger than the page
 * was. Print of 8 pt, as cards have it, is some 7 px high where the detector looks at a whole sheet; and a card may lie
 * upside down or sideways beside others.
 */
import type { PageEngine } from '../engine/open-engine.ts'
import type { Region } from '../engine/measure-regions.ts'
import { orderLines } from '../engine/order-lines.ts'
import type { CloserLook, PageTools, Raster, Rectangle, TextLine } from '../page.ts'
import { clipToRaster, cropRaster, resizeRaster } from '../raster/resample.ts'
import { invert, project, warpRaster, type Point, type Projection } from '../raster/warp-raster.ts'
import { standUpright } from '../upright/stand-upright.ts'
import { deferParagraphs, readParagraphs } from './defer-paragraphs.ts'
import { findStrokes } from './find-strokes.ts'
import { fitLine } from './fit-line.ts'
import { partFigures } from './part-figures.ts'
import { readInsideThroughSeals, readLineThroughSeals, readThroughSeals, type SealedPage } from './read-through-seals.ts'
import { latticeOf } from './read-line.ts'

/** A small part is enlarged until its long side is about this, but no more than so many times. */
const wantedSide = 760
const mostGrowth = 2.5
/** Less is no card and no line of print. */
const leastSide = 24

export async function lookCloser(engine: PageEngine, page: SealedPage, box: Rectangle): Promise<CloserLook | null> {
  const place = clipToRaster(page.clean, box)
  if (place.width < leastSide || place.height < leastSide) return null
  const growth = Math.min(mostGrowth, Math.max(1, wantedSide / Math.max(place.width, place.height)))
  const enlarge = (raster: Raster): Raster => {
    const crop = cropRaster(raster, place)
    return resizeRaster(crop, Math.round(crop.width * growth), Math.round(crop.height * growth))
  }
  const upright = await standUpright(engine, enlarge(page.clean))
  const { raster: clean, map, regions, known } = upright
  const toPart = invert(map)
  const toPage = (inner: Rectangle): Rectangle => {
    const around = boxOf(inner, map)
    return {
      x: place.x + around.x / growth,
      y: place.y + around.y / growth,
      width: around.width / growth,
      height: around.height / growth,
    }
  }
  const seals = page.seals
    .filter((seal) => meets(seal.box, place))
    .map((seal) => ({ ...seal, box: boxOf(inPart(seal.box, place, growth), toPart) }))
  let asItIs: Raster | undefined
  const sealed = (): Raster =>
    (asItIs ??= page.asItIs === page.clean ? clean : warpRaster(enlarge(page.asItIs), map, clean.width, clean.height))
  const own: SealedPage = {
    clean,
    seals,
    get asItIs() {
      return sealed()
    },
  }
  const read = async (region: Region): Promise<TextLine> =>
    fitLine(engine, clean, region, await readThroughSeals(engine, own, region, known.find((line) => line.region === region)?.line))
  // What a licence allows is as long here as on the page.
  const { now, later } = deferParagraphs(regions)
  const first: TextLine[] = []
  for (const region of now) first.push(await read(region))
  const all = [...first, ...(await readParagraphs(later, { lines: first, seals: [], height: clean.height }, read))]
  const lines = all.filter(({ text }) => text.trim() !== '')
  if (lines.length === 0) return null
  const tools: PageTools = {
    recognise: (inner) => readInsideThroughSeals(engine, own, inner),
    strokesIn: (inner, { depth, withoutSeals } = {}) => findStrokes(withoutSeals ? clean : sealed(), inner, depth),
    readAgain: (inner, how) => readLineThroughSeals(engine, own, inner, how),
    figuresIn: (boxes) => partFigures(clean, boxes),
    latticeOf: (inner, { withSeals } = {}) => latticeOf(engine, withSeals ? sealed() : clean, inner),
    lookCloser: (inner) => lookCloser(engine, own, inner),
  }
  const content = {
    width: clean.width,
    height: clean.height,
    lines: orderLines(lines),
    unread: [],
    cells: [],
    checkBoxes: [],
    seals,
    barcodes: [],
    formValues: [],
  }
  return { content, tools, toPage }
}

const inPart = (box: Rectangle, place: Rectangle, growth: number): Rectangle => ({
  x: (box.x - place.x) * growth,
  y: (box.y - place.y) * growth,
  width: box.width * growth,
  height: box.height * growth,
})

const meets = (one: Rectangle, other: Rectangle): boolean =>
  one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height

/** The upright rectangle around a projected one. */
function boxOf({ x, y, width, height }: Rectangle, map: Projection): Rectangle {
  const corners = (
    [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ] satisfies Point[]
  ).map((corner) => project(map, corner))
  const [xs, ys] = [corners.map(([at]) => at), corners.map(([, at]) => at)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top }
}
