import { expect, it } from 'vitest'
import type { PageEngine } from '../../../src/reading/engine/open-engine.ts'
import type { Raster, TextLine } from '../../../src/reading/page.ts'
import type { Piece } from '../../../src/reading/raster/resample.ts'
import { fitLine } from '../../../src/reading/worker/fit-line.ts'

const region = { x: 200, y: 100, width: 200, height: 60, angle: 0, score: 1 }

/** Paper with upright strokes of this height about the region's middle. */
function paperWith(height: number): Raster {
  const data = new Uint8Array(400 * 200 * 3).fill(220)
  for (let y = 100 - height / 2; y < 100 + height / 2; y++)
    for (let x = 120; x < 280; x++) if (x % 12 < 4) data.fill(40, (y * 400 + x) * 3, (y * 400 + x) * 3 + 3)
  return { width: 400, height: 200, data }
}

const lineOf = (text: string, confidence: number): TextLine => ({
  text,
  confidence,
  box: { x: 100, y: 70, width: 200, height: 60 },
  glyphs: Array.from(text, (character, at) => ({ character, confidence, left: 110 + at * 12, right: 122 + at * 12 })),
  source: 'ocr',
})

/** What the line is taken for, and which piece was read for it. */
async function fit(height: number, first: TextLine, closer: TextLine): Promise<{ text: string; piece: Piece | undefined }> {
  let piece: Piece | undefined
  const engine = {
    recognise: (_: Raster, of: Piece) => {
      piece = of
      return Promise.resolve(closer)
    },
  } as unknown as PageEngine
  const { text } = await fitLine(engine, paperWith(height), region, first)
  return { text, piece }
}

it('a doubtful line that is small in its region is read from the rows of its ink, if that is surer', async () => {
  const { text, piece } = await fit(20, lineOf('1581739', 0.7), lineOf('15817390', 0.95))
  expect(text).toBe('15817390')
  expect(piece!.y).toBeCloseTo(100, 0)
  expect(piece!.height).toBeGreaterThan(24)
  expect(piece!.height).toBeLessThan(32)
  expect((await fit(20, lineOf('1581739', 0.7), lineOf('158', 0.9))).text).toBe('1581739')
})

it('a line that was read plainly, or that fills its region, is not read again', async () => {
  expect((await fit(20, lineOf('1581739', 0.95), lineOf('15817390', 0.99))).piece).toBeUndefined()
  expect((await fit(44, lineOf('1581739', 0.7), lineOf('15817390', 0.99))).piece).toBeUndefined()
})
