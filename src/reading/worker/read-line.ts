/** Reads a rectangle that is known to be one line of text. */
import type { PageEngine } from '../engine/open-engine.ts'
import { lineHeight } from '../engine/recognise-line.ts'
import type { Lattice, Raster, Rectangle, SecondLook, TextLine } from '../page.ts'
import { samplePiece } from '../raster/resample.ts'

/** Drawn out sideways by `stretch`, figures alike lie further apart on the recogniser's steps. Null when nothing is there. */
export async function readLine(
  engine: PageEngine,
  raster: Raster,
  box: Rectangle,
  { stretch = 1, bySecond }: Pick<SecondLook, 'stretch' | 'bySecond'> = {},
): Promise<TextLine | null> {
  const piece = { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width, height: box.height, angle: 0 }
  if (stretch === 1 && !bySecond) {
    const line = await engine.recognise(raster, piece)
    return line.text.trim() === '' ? null : line
  }
  const width = Math.max(lineHeight / 2, Math.round((box.width * stretch * lineHeight) / box.height))
  const line = await engine.readText(samplePiece(raster, piece, width, lineHeight), bySecond)
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
