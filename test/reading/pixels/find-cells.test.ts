import { describe, expect, it } from 'vitest'
import { findCells } from '../../../src/reading/marks/find-cells.ts'
import type { Raster, Rectangle } from '../../../src/reading/page.ts'
import { drawSeal, drawTable, fax, openSheet, photograph, scan, toRaster, write, writeLines, type Sheet } from './draw-sheet.ts'

const columns = [20, 55, 100, 140, 190]
const rows = [40, 53, 66, 79, 120]
/** The second row's middle cells are joined, and the whole last row is one. */
const joined = [
  [1, 1],
  [3, 0],
  [3, 1],
  [3, 2],
] as const

const form = (): { sheet: Sheet; cells: Rectangle[] } => {
  const sheet = openSheet(200)
  write(sheet, '制卡业务受理登记表', 70, 25, 6)
  const cells = drawTable(sheet, columns, rows, joined)
  for (const [i, label] of ['企业名称', '统一社会信用', '联系电话', '备注'].entries()) write(sheet, label, 22, rows[i]! + 6)
  write(sheet, '厦门海岚进出口有限公司', 57, 46)
  writeLines(sheet, 140, 280)
  return { sheet, cells }
}

/** A list of options with thin grey rules, on a tinted first column, below a tinted heading. */
const greyList = (colour: string, width: number): { sheet: Sheet; cells: Rectangle[] } => {
  const sheet = openSheet(200)
  const { context, millimetre } = sheet
  context.fillStyle = '#e2e8f4'
  context.fillRect(20 * millimetre, 40 * millimetre, 170 * millimetre, 9 * millimetre)
  context.fillRect(20 * millimetre, 49 * millimetre, 30 * millimetre, 48 * millimetre)
  const rows = [40, 49, 57, 65, 73, 81, 89, 97]
  const cells = drawTable(
    sheet,
    [20, 50, 110, 140, 190],
    rows,
    [0, 1, 2].map((column) => [0, column] as const),
    { colour, width },
  )
  for (const y of rows.slice(1, -1)) write(sheet, '电子口岸卡证书更新', 52, y + 5.5)
  write(sheet, '操作员卡持卡人基本信息', 22, 46)
  return { sheet, cells }
}

const share = (a: Rectangle, b: Rectangle): number => {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  if (width <= 0 || height <= 0) return 0
  return (width * height) / (a.width * a.height + b.width * b.height - width * height)
}

/** How many of the drawn cells are found, and how many others. */
const compare = (raster: Raster, cells: readonly Rectangle[], scale = 1) => {
  const found = findCells(raster).map(({ box }) => box)
  const drawn = cells.map(({ x, y, width, height }) => ({ x: x * scale, y: y * scale, width: width * scale, height: height * scale }))
  return {
    missed: drawn.filter((cell) => !found.some((box) => share(box, cell) > 0.75)).length,
    others: found.filter((box) => !drawn.some((cell) => share(box, cell) > 0.75)).length,
  }
}

describe('findCells', () => {
  it('finds every cell of a form, joined ones as one', () => {
    const { sheet, cells } = form()
    expect(cells).toHaveLength(12)
    expect(compare(toRaster(sheet), cells)).toEqual({ missed: 0, others: 0 })
  })

  it('draws no line through low rows that span the columns between two others', () => {
    const sheet = openSheet(200)
    const low = [40, 45, 49, 54, 59, 65]
    const cells = drawTable(sheet, [20, 100, 190], low, [
      [1, 0],
      [2, 0],
    ])
    expect(cells).toHaveLength(8)
    expect(compare(toRaster(sheet), cells)).toEqual({ missed: 0, others: 0 })
  })

  it.each([-1.3, 0.8])('finds them on a scan tilted by %s degrees', async (tilt) => {
    const { sheet, cells } = form()
    const found = findCells(await scan(toRaster(sheet), { tilt }))
    expect(found).toHaveLength(cells.length)
  })

  it('finds them on a faint grey copy, on a fax and on a photograph', async () => {
    const { sheet, cells } = form()
    expect(compare(await scan(toRaster(sheet), { grey: true, tilt: 0, noise: 20 }), cells)).toEqual({ missed: 0, others: 0 })
    expect(compare(await fax(toRaster(sheet)), cells, 1240 / sheet.width).missed).toBe(0)
    expect(findCells(await photograph(toRaster(sheet)))).toHaveLength(cells.length)
  })

  it.each([
    ['#888', 0.13, 0.3],
    ['#aab', 0.2, 0.4],
    ['#999', 0.16, -0.6],
  ])('finds thin grey rules (%s, %s mm) on a scan tilted by %s degrees', async (colour, width, tilt) => {
    const { sheet, cells } = greyList(colour, width)
    expect(findCells(await scan(toRaster(sheet), { tilt }))).toHaveLength(cells.length)
  })

  it('finds the rows above and below a dark band, which no rule goes through', () => {
    const sheet = openSheet(200)
    const above = drawTable(sheet, [20, 70, 120, 190], [40, 53, 66])
    const below = drawTable(sheet, [20, 70, 120, 190], [76, 89, 102])
    sheet.context.fillStyle = '#123'
    sheet.context.fillRect(20 * sheet.millimetre, 66 * sheet.millimetre, 170 * sheet.millimetre, 10 * sheet.millimetre)
    sheet.context.fillStyle = '#fff'
    sheet.context.font = `${5 * sheet.millimetre}px sans-serif`
    sheet.context.fillText('操作员卡持卡人', 80 * sheet.millimetre, 73 * sheet.millimetre)
    expect(compare(toRaster(sheet), [...above, ...below]).missed).toBe(0)
  })

  it('bridges a broken line', () => {
    const { sheet, cells } = form()
    sheet.context.fillStyle = '#fff'
    for (const x of [70, 120, 165])
      sheet.context.fillRect(x * sheet.millimetre, 52 * sheet.millimetre, 4 * sheet.millimetre, 2 * sheet.millimetre)
    expect(compare(toRaster(sheet), cells)).toEqual({ missed: 0, others: 0 })
  })

  it('sees the lines under a seal, red or grey', async () => {
    const { sheet, cells } = form()
    drawSeal(sheet.context, sheet.millimetre, { x: 110, y: 82, text: '厦门海岚进出口有限公司' })
    expect(compare(toRaster(sheet), cells)).toEqual({ missed: 0, others: 0 })
    expect(compare(await scan(toRaster(sheet), { grey: true, tilt: 0 }), cells).missed).toBeLessThanOrEqual(2)
  })

  it('is not misled by an underline or by a streak down the page', () => {
    const { sheet, cells } = form()
    sheet.context.fillStyle = '#111'
    sheet.context.fillRect(70 * sheet.millimetre, 100 * sheet.millimetre, 80 * sheet.millimetre, 2)
    sheet.context.fillRect(120 * sheet.millimetre, 0, 2, sheet.height)
    expect(compare(toRaster(sheet), cells)).toEqual({ missed: 0, others: 0 })
  })

  it('is not misled by a streak that bends where the page was set straight', () => {
    const { sheet, cells } = form()
    sheet.context.fillStyle = '#111'
    for (let y = 0; y < sheet.height; y += 40) sheet.context.fillRect(118 * sheet.millimetre + 24 * Math.sin(y / 900) + y / 100, y, 3, 41)
    expect(compare(toRaster(sheet), cells)).toEqual({ missed: 0, others: 0 })
  })

  it('takes upright strokes of large characters for no lines, even where they touch one', () => {
    const sheet = openSheet(200)
    const cells = drawTable(sheet, [20, 100, 190], [40, 48, 56, 64])
    sheet.context.fillStyle = '#111'
    const stroke = (x: number, y: number, length: number) =>
      sheet.context.fillRect(x * sheet.millimetre, y * sheet.millimetre, 0.35 * sheet.millimetre, length * sheet.millimetre)
    stroke(60, 42.6, 5.4)
    stroke(140, 49.5, 5)
    stroke(160, 56, 5.5)
    expect(compare(toRaster(sheet), cells)).toEqual({ missed: 0, others: 0 })
  })

  it('finds the cells of a table that is drawn without its sides, or cut off by the edge of the picture', () => {
    const { sheet, cells } = form()
    const whole = toRaster(sheet)
    const wipe = (from: number, to: number) => {
      sheet.context.fillStyle = '#fff'
      sheet.context.fillRect(from * sheet.millimetre, 35 * sheet.millimetre, (to - from) * sheet.millimetre, 90 * sheet.millimetre)
    }
    wipe(189.3, 191)
    expect(compare(toRaster(sheet), cells)).toEqual({ missed: 0, others: 0 })
    wipe(19, 20.8)
    expect(compare(toRaster(sheet), cells)).toEqual({ missed: 0, others: 0 })
    const width = Math.round(189 * sheet.millimetre)
    const data = new Uint8Array(width * whole.height * 3)
    for (let row = 0; row < whole.height; row++)
      data.set(whole.data.subarray(row * whole.width * 3, (row * whole.width + width) * 3), row * width * 3)
    expect(compare({ width, height: whole.height, data }, cells)).toEqual({ missed: 0, others: 0 })
  })

  it('closes no rows of a table where its level lines are broken off within it', () => {
    const sheet = openSheet(200)
    const cells = drawTable(sheet, [20, 60, 190], [40, 48, 56, 64, 72, 80])
    sheet.context.fillStyle = '#fff'
    sheet.context.fillRect(62 * sheet.millimetre, 45 * sheet.millimetre, 14 * sheet.millimetre, 30 * sheet.millimetre)
    const found = findCells(toRaster(sheet)).map(({ box }) => box)
    expect(found.filter(({ x }) => x > 65 * sheet.millimetre)).toEqual([])
    expect(cells.length).toBe(10)
  })

  it('makes no cells of rules to write on that end below each other, nor of strokes beside a table', () => {
    const sheet = openSheet(200)
    const cells = drawTable(sheet, [20, 100, 190], [40, 48, 56, 64])
    sheet.context.fillStyle = '#111'
    const draw = (x: number, y: number, width: number, height: number) =>
      sheet.context.fillRect(x * sheet.millimetre, y * sheet.millimetre, width * sheet.millimetre, height * sheet.millimetre)
    for (const y of [90, 100, 110, 120]) draw(60, y, 90, 0.3)
    draw(40, 85, 0.35, 8)
    for (const y of [20, 28, 72, 80]) draw(60, y, 8, 0.3)
    expect(compare(toRaster(sheet), cells)).toEqual({ missed: 0, others: 0 })
  })

  it('finds none on a page of print', async () => {
    const sheet = openSheet(200)
    writeLines(sheet, 30, 280)
    expect(findCells(await scan(toRaster(sheet)))).toEqual([])
  })

  it('ends in time on hatching and on noise', () => {
    const side = 1600
    const hatched = new Uint8Array(side * side * 3)
    for (let at = 0; at < side * side; at++) hatched.fill((at % side) % 8 < 2 || ((at / side) | 0) % 8 < 2 ? 0 : 255, at * 3, at * 3 + 3)
    const start = performance.now()
    expect(findCells({ width: side, height: side, data: hatched }).length).toBeLessThanOrEqual(400)
    const noise = Uint8Array.from({ length: side * side * 3 }, (_, at) => ((at * 2654435761) >>> 13) & 255)
    findCells({ width: side, height: side, data: noise })
    expect(performance.now() - start).toBeLessThan(6000)
  })
})
