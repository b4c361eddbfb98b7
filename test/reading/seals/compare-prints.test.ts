import { beforeAll, describe, expect, it } from 'vitest'
import { isSameSeal } from '../../../src/reading/seals/compare-prints.ts'
import { takePrint } from '../../../src/reading/seals/take-print.ts'
import { type DrawnSeal, drawSeal, fax, openSheet, toRaster } from '../pixels/draw-sheet.ts'

/** The print of a seal on a faxed sheet. */
async function printOf(overrides: Partial<DrawnSeal>, copying: Parameters<typeof fax>[1] = {}): Promise<string> {
  const sheet = openSheet(200)
  const seal: DrawnSeal = { x: 105, y: 120, text: '厦门海岚进出口有限公司', ...overrides }
  drawSeal(sheet.context, sheet.millimetre, seal)
  const raster = await fax(toRaster(sheet), copying)
  const millimetre = raster.width / 210
  return takePrint(raster, { x: seal.x * millimetre, y: seal.y * millimetre, xx: 19.4 * millimetre, xy: 0, yy: 19.4 * millimetre })!
}

describe('isSameSeal', () => {
  const dotted = { threshold: 122, grain: 42 }
  let clear = ''
  beforeAll(async () => {
    clear = await printOf({})
  })

  it('knows the seal of which a fax left but dots by another impression, however they are turned', async () => {
    expect(isSameSeal(clear, await printOf({ tilt: 0.35, x: 80 }, { seed: 2 }))).toBe(true)
    expect(isSameSeal(clear, await printOf({ tilt: -0.2, strength: 0.6 }, dotted))).toBe(true)
  })

  it('takes no other seal for it, dotted or not', async () => {
    for (const text of ['厦门鑫航石材贸易有限公司', '漳州永福水产食品有限公司', '福建省泰盛物流有限公司'])
      for (const copying of [{}, dotted])
        expect(isSameSeal(clear, await printOf({ text, strength: copying === dotted ? 0.6 : 0.85 }, copying)), text).toBe(false)
  })

  it('says no of what is no print', () => expect(isSameSeal(clear, 'AAAA')).toBe(false))
})
