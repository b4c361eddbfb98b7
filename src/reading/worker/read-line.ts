/** Reads a rectangle that is known to be one line of text. */
import type { PageEngine } from '../engine/open-engine.ts'
import { lineHeight } from '../engine/recognise-line.ts'
import type { Lattice, Raster, Rectangle, SecondLook, TextLine } from '../page.ts'
import { clipToRaster, cropRaster, samplePiece } from '../raster/resample.ts'
import { liftBars } from './lift-bars.ts'

/** Drawn out sideways by `stretch`, figures alike lie further apart on the recogniser's steps. Null when nothing is there. */
export async function readLine(engine: PageEngine, raster: Raster, box: Rectangle, how: SecondLook = {}): Promise<TextLine | null> {
  if (how.withoutBars) return readBetweenBars(engine, raster, box)
  const { stretch = 1 } = how
  const piece = { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width, height: box.height, angle: 0 }
  if (stretch === 1) {
    const line = await engine.recognise(raster, piece)
    return line.text.trim() === '' ? null : line
  }
  const width = Math.max(lineHeight / 2, Math.round((box.width * stretch * lineHeight) / box.height))
  const line = await engine.readStrip(samplePiece(raster, piece, width, lineHeight))
  if (line.text.trim() === '') return null
  const place = (along: number): number => box.x + (along * box.width) / width
  return { ...line, box, glyphs: line.glyphs.map((glyph) => ({ ...glyph, left: place(glyph.left), right: place(glyph.right) })) }
}

/** What the recogniser thought along a rectangle that is known to be one line of text. */
export async function latticeOf(engine: PageEngine, raster: Raster, box: Rectangle): Promise<Lattice> {
  const piece = { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width, height: box.height, angle: 0 }
  const width = Math.max(lineHeight / 2, Math.round((box.width * lineHeight) / box.height))
  const { lattice } = await engine.readStrip(samplePiece(raster, piece, width, lineHeight))
  return lattice.map((step) => ({ ...step, at: box.x + (step.at * box.width) / width }))
}

/** A row of boxes with a figure in each, read without their frames; null for any other row. */
async function readBetweenBars(engine: PageEngine, raster: Raster, box: Rectangle): Promise<TextLine | null> {
  const place = clipToRaster(raster, box)
  const lifted = liftBars(cropRaster(raster, place))
  if (!lifted) return null
  const { raster: row, columns } = lifted
  const line = await readLine(engine, row, { x: 0, y: 0, width: row.width, height: row.height })
  if (!line) return null
  const placeOf = (along: number): number => place.x + columns[Math.min(columns.length - 1, Math.max(0, Math.round(along)))]!
  const glyphs = line.glyphs.map((glyph) => ({
    ...glyph,
    left: placeOf(glyph.left),
    right: Math.max(placeOf(glyph.left) + 1, placeOf(glyph.right)),
  }))
  const start = placeOf(0)
  return { ...line, glyphs, box: { ...place, x: start, width: Math.max(1, placeOf(row.width) - start) } }
}
