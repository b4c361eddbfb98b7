import type { Lattice } from '../../../src/reading/page.ts'
import { takePrint } from '../../../src/reading/seals/take-print.ts'
import { type DrawnSeal, drawSeal, fax, openSheet, toRaster } from '../pixels/draw-sheet.ts'

export const sealedName = '厦门海岚进出口有限公司'

/** The print of a seal on a faxed sheet. */
export async function printSeal(overrides: Partial<DrawnSeal> = {}, copying: Parameters<typeof fax>[1] = {}): Promise<string> {
  const sheet = openSheet(200)
  const seal: DrawnSeal = { x: 105, y: 120, text: sealedName, ...overrides }
  drawSeal(sheet.context, sheet.millimetre, seal)
  const raster = await fax(toRaster(sheet), copying)
  const millimetre = raster.width / 210
  return takePrint(raster, { x: seal.x * millimetre, y: seal.y * millimetre, xx: 19.4 * millimetre, xy: 0, yy: 19.4 * millimetre }, 0)!
}

/** A look that saw these characters, surely, where a drawn seal has them; `_` for one that it did not see. */
export function lookAtDrawn(text: string): Lattice {
  const letters = Array.from(text)
  const arc = Math.min(285, 50 + letters.length * 16)
  return letters.flatMap((letter, at) => {
    const angle = ((270 - arc / 2 + (arc * (at + 0.5)) / letters.length) * Math.PI) / 180
    return [
      { at: angle, costs: [['', letter === '_' ? 0.01 : 6] as const, ...(letter === '_' ? [] : [[letter, 0.02] as const])] },
      { at: angle + 0.15, costs: [['', 0.01] as const] },
    ]
  })
}
