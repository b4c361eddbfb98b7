import { describe, expect, it } from 'vitest'
import type { Raster } from '../../../src/reading/page.ts'
import { takeImpression } from '../../../src/reading/seals/take-impression.ts'
import { drawSeal, openSheet, toRaster } from '../pixels/draw-sheet.ts'

/** A grey copy of a stamped sheet, with a line of black print over the seal if asked for. */
function greyCopy(hasPrint: boolean): Raster {
  const sheet = openSheet(200)
  drawSeal(sheet.context, sheet.millimetre, { x: 60, y: 60, text: '厦门海岚进出口有限公司' })
  sheet.context.fillStyle = '#111'
  if (hasPrint) sheet.context.fillRect(0, 55 * sheet.millimetre, 200 * sheet.millimetre, 2 * sheet.millimetre)
  const raster = toRaster(sheet)
  for (let at = 0; at < raster.data.length; at += 3)
    raster.data.fill(raster.data[at]! * 0.3 + raster.data[at + 1]! * 0.59 + raster.data[at + 2]! * 0.11, at, at + 3)
  return raster
}

describe('takeImpression', () => {
  it('leaves out, on a grey copy, what print covers, and sees the rest as if there were none', () => {
    const millimetre = 200 / 25.4
    const place = { x: 60 * millimetre, y: 60 * millimetre, xx: 19.4 * millimetre, xy: 0, yy: 19.4 * millimetre }
    const ring = { ...place, coverage: 1, chance: 0, visible: 1, strength: 150, band: 40, middle: 40, outside: 0, star: 1 }
    const [bare, printed] = [false, true].map((hasPrint) => Buffer.from(takeImpression(greyCopy(hasPrint), ring, 'gray')!, 'base64'))
    const hidden = printed!.filter((cell) => cell === 255).length
    expect(bare!.filter((cell) => cell === 255)).toHaveLength(0)
    expect(hidden).toBeGreaterThan(40)
    expect(hidden).toBeLessThan(printed!.length / 4)
    const changed = printed!.filter((cell, at) => cell !== 255 && Math.abs(cell - bare![at]!) > 12)
    expect(changed.length).toBeLessThan(printed!.length / 50)
  })
})
