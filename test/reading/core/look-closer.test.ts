import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { turnRaster } from '../../../src/reading/decode/orient-raster.ts'
import { openEngine, type PageEngine } from '../../../src/reading/engine/open-engine.ts'
import type { FoundSeal, Raster, Rectangle } from '../../../src/reading/page.ts'
import { lookCloser } from '../../../src/reading/worker/look-closer.ts'
import { drawPage, pageRows } from './draw-page.ts'

let engine: PageEngine
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.close())

/** A white sheet with a picture laid on it. */
function sheetWith(picture: Raster, left: number, top: number): Raster {
  const sheet = { width: 1240, height: 1754, data: new Uint8Array(1240 * 1754 * 3).fill(255) }
  for (let row = 0; row < picture.height; row++)
    sheet.data.set(picture.data.subarray(row * picture.width * 3, (row + 1) * picture.width * 3), ((top + row) * sheet.width + left) * 3)
  return sheet
}

describe('a closer look', () => {
  it.each([0, 90, 180, 270] as const)(
    'reads a small part that must be turned by %i°, and knows where on the page it lies',
    async (turn) => {
      const small = turnRaster(drawPage({ dpi: 72 }), ((360 - turn) % 360) as 0 | 90 | 180 | 270)
      const sheet = sheetWith(small, 500, 600)
      const around: Rectangle = { x: 500, y: 600, width: small.width, height: small.height }
      const seal: FoundSeal = {
        box: { x: 540, y: 640, width: 60, height: 60 },
        color: 'red',
        shape: 'round',
        text: null,
        confidence: 1,
        role: 'company',
      }
      const look = await lookCloser(engine, { asItIs: sheet, clean: sheet, seals: [seal] }, around)
      expect(look!.content.lines.map(({ text }) => text)).toEqual(expect.arrayContaining(pageRows.flat()))
      const name = look!.toPage(look!.content.lines.find(({ text }) => text === pageRows[0][1])!.box)
      // The first row stands near the head of the part, wherever that lies on the page.
      const [x, y] = [name.x + name.width / 2, name.y + name.height / 2]
      const head = { 0: y - 600, 90: x - 500, 180: 600 + small.height - y, 270: 500 + small.width - x }[turn]
      expect(head).toBeGreaterThan(0.15 * Math.max(small.width, small.height))
      expect(head).toBeLessThan(0.21 * Math.max(small.width, small.height))
      const back = look!.toPage(look!.content.seals[0]!.box)
      expect(Math.abs(back.x - seal.box.x) + Math.abs(back.y - seal.box.y)).toBeLessThan(4)
    },
  )

  it('finds nothing on blank paper', async () => {
    const sheet = sheetWith(drawPage({ dpi: 40 }), 700, 1100)
    expect(await lookCloser(engine, { asItIs: sheet, clean: sheet, seals: [] }, { x: 40, y: 40, width: 300, height: 200 })).toBeNull()
  })
})
