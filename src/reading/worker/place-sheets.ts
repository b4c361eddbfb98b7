/** Sheets on one picture: each is stood upright by itself, and they become one page, side by side on white ground. */
import type { PageEngine } from '../engine/open-engine.ts'
import type { Raster, Rectangle } from '../page.ts'
import { takeBytes } from '../pixels/kernels.ts'
import { cropRaster, resizeRaster } from '../raster/resample.ts'
import { findTwoSheets } from '../upright/find-two-sheets.ts'
import { standUpright, type UprightPage } from '../upright/stand-upright.ts'

/** Photographed together they are small: each is enlarged until its longer side is about this, but no more than so many times. */
const wantedSide = 1700
const mostGrowth = 1.6
/** Pixels of white between them. */
const gap = 80
/** A sheet with fewer runs of text is a blank one, or none. */
const fewestRuns = 4

export interface PlacedSheets extends Omit<UprightPage, 'map'> {
  readonly sheets: readonly Rectangle[]
}

/** Null when there are not two sheets with text. */
export async function placeTwoSheets(engine: PageEngine, taken: Raster): Promise<PlacedSheets | null> {
  const places = findTwoSheets(taken)
  return places ? placeSheets(engine, taken, places, fewestRuns) : null
}

/** What lies at each of these places of a picture, each upright; null where one has fewer runs of text. */
export async function placeSheets(
  engine: PageEngine,
  taken: Raster,
  places: readonly Rectangle[],
  fewest: number,
): Promise<PlacedSheets | null> {
  const pages: UprightPage[] = []
  for (const place of places) {
    const crop = cropRaster(taken, place)
    const growth = Math.min(mostGrowth, Math.max(1, wantedSide / Math.max(crop.width, crop.height)))
    const page = await standUpright(engine, resizeRaster(crop, Math.round(crop.width * growth), Math.round(crop.height * growth)))
    if (page.regions.length < fewest) return null
    pages.push(page)
  }
  const sheets = pages.map(({ raster }, at) => ({
    x: pages.slice(0, at).reduce((sum, before) => sum + before.raster.width + gap, 0),
    y: 0,
    width: raster.width,
    height: raster.height,
  }))
  const shift = <Item extends { readonly x: number }>(item: Item, at: number): Item => ({ ...item, x: item.x + sheets[at]!.x })
  return {
    raster: sideBySide(
      pages.map(({ raster }) => raster),
      sheets,
    ),
    ...(pages.some(({ shown }) => shown)
      ? {
          shown: () =>
            sideBySide(
              pages.map(({ shown, raster }) => shown?.() ?? raster),
              sheets,
            ),
        }
      : {}),
    rotation: pages[0]!.rotation,
    regions: pages.flatMap(({ regions }, at) => regions.map((region) => shift(region, at))),
    known: pages.flatMap(({ known }, at) =>
      known.map(({ region, line }) => ({
        region: shift(region, at),
        line: {
          ...line,
          box: shift(line.box, at),
          glyphs: line.glyphs.map((glyph) => ({ ...glyph, left: glyph.left + sheets[at]!.x, right: glyph.right + sheets[at]!.x })),
        },
      })),
    ),
    sheets,
  }
}

function sideBySide(rasters: readonly Raster[], places: readonly Rectangle[]): Raster {
  const last = places.at(-1)!
  const [width, height] = [last.x + last.width, Math.max(...places.map((place) => place.height))]
  const data = takeBytes(width * height * 3).fill(255)
  for (const [at, raster] of rasters.entries())
    for (let row = 0; row < raster.height; row++)
      data.set(raster.data.subarray(row * raster.width * 3, (row + 1) * raster.width * 3), (row * width + places[at]!.x) * 3)
  return { width, height, data }
}
