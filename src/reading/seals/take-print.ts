import type { Raster } from '../page.ts'
import { borrowing } from '../pixels/kernels.ts'
import type { Ring } from './fit-ring.ts'
import type { LocatedRing } from './locate-rings.ts'
import { isOval, measureInk, unwrapRing } from './unwrap-ring.ts'

/** Cells of a print: half a degree wide, over the radii where an arc's characters stand; about a pixel of a fax. */
export const printCells = { angles: 720, radii: 32 }
const band = { inner: 0.54, outer: 0.93 }
/** Points looked at in a cell, along and across. */
const points = 2

export type PrintedRing = Ring & Pick<LocatedRing, 'color'>

/** What a cell holds where the page's own print lies over it. */
export const printedOver = 255
/** A cell that is so much lighter without that print has some in it. */
const lighter = 40

/** A page and where the ring lies on it. */
export interface RingOnRaster {
  readonly raster: Raster
  readonly ring: PrintedRing
}

/**
 * How dark the band of an arc is, as base64 of a byte a cell, angle by angle clockwise from `start` (radians), each from the
 * outside in: of a red seal by its own ink, whatever is printed over it. Two stampings of one seal are alike in it but for their turn,
 * even where a fax left of one but dots. `bare` is the same ring without what the page prints over it. None of an oval without colour.
 */
export function takePrint({ raster, ring }: RingOnRaster, start: number, bare: RingOnRaster | null = null): string | undefined {
  if (ring.color === 'gray' && isOval(ring)) return undefined
  return borrowing(() => {
    const cells = printOf(raster, ring, start)
    markPrinted(cells, bare ? printOf(bare.raster, bare.ring, start) : cells)
    return Buffer.from(cells).toString('base64')
  })
}

/** Loops are functions of their own: V8 compiles what is around one with it, again for each kind of page. */
function markPrinted(cells: Uint8Array, without: Uint8Array): void {
  for (let at = 0; at < cells.length; at++)
    cells[at] = cells[at]! > without[at]! + lighter ? printedOver : Math.min(without[at]!, printedOver - 1)
}

function printOf(raster: Raster, ring: PrintedRing, start: number): Uint8Array {
  const { angles, radii } = printCells
  const strip = unwrapRing(raster, ring, { start, span: 2 * Math.PI, ...band, stretch: 1.25 })
  const { width, height, data } = strip
  const ink = ring.color === 'red' ? measureInk(strip, 'unmixed') : darknessOf(data)
  const columns = new Uint16Array(angles * points).map((_, at) => Math.floor(((at + 0.5) * width) / points / angles))
  const rows = new Uint16Array(radii * points).map((_, at) => Math.floor(((at + 0.5) * height) / points / radii))
  const cells = new Uint8Array(angles * radii)
  for (let radius = 0; radius < radii; radius++)
    fillCells(ink, rows.subarray(radius * points, (radius + 1) * points), columns, width, cells, radius)
  return cells
}

/** By its green. */
function darknessOf(data: Uint8Array): Uint8Array {
  const ink = new Uint8Array(data.length / 3)
  for (let at = 0, from = 1; at < ink.length; at++, from += 3) ink[at] = 255 - data[from]!
  return ink
}

/** The cells of one radius. */
function fillCells(ink: Uint8Array, rows: Uint16Array, columns: Uint16Array, width: number, cells: Uint8Array, radius: number): void {
  const { angles, radii } = printCells
  for (let angle = 0; angle < angles; angle++) {
    let sum = 0
    for (let down = 0; down < points; down++)
      for (let along = 0; along < points; along++) sum += ink[rows[down]! * width + columns[angle * points + along]!]!
    cells[angle * radii + radius] = sum / (points * points)
  }
}
