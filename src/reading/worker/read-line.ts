/** Reads a rectangle that is known to be one line of text. */
import type { PageEngine } from '../engine/open-engine.ts'
import { lineHeight } from '../engine/recognise-line.ts'
import type { Glyph, Lattice, Raster, Rectangle, SecondLook, TextLine } from '../page.ts'
import { clipToRaster, cropRaster, samplePiece } from '../raster/resample.ts'
import { type BoxedLine, liftBars } from './lift-bars.ts'

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

/** So much paper between two figures, as shares of a box's height, and drawn out so far: what one look passes over is read at another. */
const looks = [
  { room: 0.12, stretch: 1 },
  { room: 0.12, stretch: 1.3 },
  { room: 0.06, stretch: 1.3 },
]
/** A box from which nothing was read is read between its neighbours alone. */
const beside = 1

/** A row of boxes with a figure in each, read without their frames, one glyph to a box; null for any other row. */
async function readBetweenBars(engine: PageEngine, raster: Raster, box: Rectangle): Promise<TextLine | null> {
  const place = clipToRaster(raster, box)
  const boxed = liftBars(cropRaster(raster, place))
  if (!boxed) return null
  const thought = Array.from({ length: boxed.count }, () => new Map<string, number>())
  const look = async ({ raster: row, boxes }: BoxedLine, stretch: number, only?: number): Promise<void> => {
    const line = await readLine(engine, row, { x: 0, y: 0, width: row.width, height: row.height }, { stretch })
    for (const { character, confidence, alternatives = [], left, right } of line?.glyphs ?? []) {
      const at = boxes[Math.min(boxes.length - 1, Math.max(0, Math.round((left + right) / 2)))]!
      if (only !== undefined && at !== only) continue
      for (const one of [{ character, confidence }, ...alternatives])
        thought[at]!.set(one.character, (thought[at]!.get(one.character) ?? 0) + one.confidence / looks.length)
    }
  }
  for (const { room, stretch } of looks) await look(boxed.line(room), stretch)
  for (const [at, own] of thought.entries())
    if (own.size === 0) for (const { room, stretch } of looks) await look(boxed.line(room, at - beside, at + beside), stretch, at)
  const pitch = (boxed.to - boxed.from) / boxed.count
  const glyphs = thought.flatMap((own, at): Glyph[] => {
    const [best, ...others] = [...own].toSorted((one, other) => other[1] - one[1])
    if (!best) return []
    const left = place.x + boxed.from + at * pitch
    const alternatives = others.map(([character, confidence]) => ({ character, confidence }))
    return [{ character: best[0], confidence: Math.min(1, best[1]), left, right: left + pitch, alternatives }]
  })
  if (glyphs.length === 0) return null
  const confidence = glyphs.reduce((sum, one) => sum + one.confidence, 0) / glyphs.length
  return {
    text: glyphs.map(({ character }) => character).join(''),
    confidence,
    glyphs,
    box: { ...place, x: place.x + boxed.from, width: boxed.to - boxed.from },
    source: 'ocr',
  }
}
