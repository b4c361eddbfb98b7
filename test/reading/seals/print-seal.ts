import type { Lattice, Raster } from '../../../src/reading/page.ts'
import { takePrint } from '../../../src/reading/seals/take-print.ts'
import { type DrawnSeal, drawSeal, fax, openSheet, toRaster } from '../pixels/draw-sheet.ts'

export const sealedName = '厦门海岚进出口有限公司'

/** Where a drawn seal lies on a picture of its sheet. */
const ringOf = ({ x, y }: DrawnSeal, { width }: Raster) => {
  const millimetre = width / 210
  return { x: x * millimetre, y: y * millimetre, xx: 19.4 * millimetre, xy: 0, yy: 19.4 * millimetre }
}

/** The print of a seal on a sheet that was scanned in colour, through black print of so many lines. */
export function printInColour(overrides: Partial<DrawnSeal> = {}, lines = 0): string {
  const sheet = openSheet(200)
  const seal: DrawnSeal = { x: 105, y: 120, text: sealedName, ...overrides }
  sheet.context.font = `${4 * sheet.millimetre}px "Sheet Song"`
  for (let line = 0; line < lines; line++)
    sheet.context.fillText('本单位承诺所提交材料真实有效', 82 * sheet.millimetre, (105 + 9 * line) * sheet.millimetre)
  drawSeal(sheet.context, sheet.millimetre, seal)
  const raster = toRaster(sheet)
  return takePrint({ raster, ring: { ...ringOf(seal, raster), color: 'red' } }, 0)!
}

/** The print of a seal on a faxed sheet. */
export async function printSeal(overrides: Partial<DrawnSeal> = {}, copying: Parameters<typeof fax>[1] = {}): Promise<string> {
  const sheet = openSheet(200)
  const seal: DrawnSeal = { x: 105, y: 120, text: sealedName, ...overrides }
  drawSeal(sheet.context, sheet.millimetre, seal)
  const raster = await fax(toRaster(sheet), copying)
  return takePrint({ raster, ring: { ...ringOf(seal, raster), color: 'gray' } }, 0)!
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
