/** A photograph whose sheet was not told from the table is laid flat by the codes in the sheet's corners. */
import { sheetSize } from '../../guide/forms/form-sheet.ts'
import { workingSize } from '../decode/working-size.ts'
import type { Raster } from '../page.ts'
import { compose, project, warpRaster, type Projection } from '../raster/warp-raster.ts'
import { fitProjection } from './fit-projection.ts'
import { anchorsOf } from './place-template.ts'
import type { CodedSheet } from './unpack-values.ts'

/** Rows that rise or sides that lean by less than this share need no flattening: cells are found all the same. */
const leastSlant = 0.012

/** The sheet alone, upright and flat; null when it lies well already or too few codes tell how it lies. */
export function flattenByCodes(coded: CodedSheet, raster: Raster): Raster | null {
  const anchors = coded.sheet.layout === 0 ? anchorsOf(coded, raster) : []
  if (anchors.length <= 4) return null
  const map = fitProjection(anchors)
  if (slantOf(map) < leastSlant) return null
  const [left, right] = [project(map, [0, sheetSize.height / 2]), project(map, [sheetSize.width, sheetSize.height / 2])]
  const width = Math.hypot(right[0] - left[0], right[1] - left[1])
  const size = workingSize(Math.round(width), Math.round((width * sheetSize.height) / sheetSize.width))
  const scale = sheetSize.width / size.width
  return warpRaster(raster, compose(map, [scale, 0, 0, 0, scale, 0, 0, 0, 1]), size.width, size.height)
}

function slantOf(map: Projection): number {
  const [a, b, c, d] = (
    [
      [20, 40],
      [190, 40],
      [190, 250],
      [20, 250],
    ] as const
  ).map((corner) => project(map, corner))
  const rise = (from: readonly number[], to: readonly number[]): number => Math.abs((to[1]! - from[1]!) / (to[0]! - from[0]!))
  const lean = (from: readonly number[], to: readonly number[]): number => Math.abs((to[0]! - from[0]!) / (to[1]! - from[1]!))
  return Math.max(rise(a!, b!), rise(d!, c!), lean(a!, d!), lean(b!, c!))
}
