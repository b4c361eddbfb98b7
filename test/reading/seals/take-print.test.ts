import { expect, it } from 'vitest'
import { printCells, printedOver, takePrint } from '../../../src/reading/seals/take-print.ts'
import { drawSeal, openSheet, toRaster } from '../pixels/draw-sheet.ts'

it('marks the cells of a print that the page’s own print lies over', () => {
  const draw = (isPrinted: boolean) => {
    const { context, millimetre, ...rest } = openSheet(200)
    drawSeal(context, millimetre, { x: 105, y: 120, text: '厦门海岚进出口有限公司' })
    context.fillStyle = '#000'
    if (isPrinted) context.fillRect(85 * millimetre, 104 * millimetre, 40 * millimetre, 1.5 * millimetre)
    const raster = toRaster({ context, millimetre, ...rest })
    const unit = raster.width / 210
    return { raster, ring: { x: 105 * unit, y: 120 * unit, xx: 19.4 * unit, xy: 0, yy: 19.4 * unit, color: 'gray' as const } }
  }
  const marked = (print: string | undefined) => Buffer.from(print!, 'base64').filter((level) => level === printedOver).length
  expect(marked(takePrint(draw(true), 0))).toBe(0)
  expect(marked(takePrint(draw(true), 0, draw(false)))).toBeGreaterThan(100)
  expect(marked(takePrint(draw(false), 0, draw(false)))).toBe(0)
  expect(Buffer.from(takePrint(draw(true), 0, draw(false))!, 'base64')).toHaveLength(printCells.angles * printCells.radii)
})
