import { describe, expect, it } from 'vitest'
import { findCells } from '../../../src/reading/marks/find-cells.ts'
import { findCheckBoxes } from '../../../src/reading/marks/find-check-boxes.ts'
import type { CheckBox, Raster, Rectangle } from '../../../src/reading/page.ts'
import { drawBox, drawSeal, drawTable, fax, type Mark, openSheet, photograph, scan, toRaster, write, writeLines } from './draw-sheet.ts'

interface Drawn {
  readonly box: Rectangle
  readonly mark: Mark
}

const marks: Mark[] = ['none', 'tick', 'none', 'cross', 'hand-tick', 'fill', 'none', 'hand-cross', 'none']

/** A form with one labelled box for each mark, of `side` millimetres. */
const form = (side: number, seed = 1) => {
  const sheet = openSheet(200)
  write(sheet, '中国电子口岸数据中心登记表', 60, 25, 5.5)
  drawTable(sheet, [20, 60, 190], [40, 55, 140])
  const drawn: Drawn[] = marks.map((mark, i) => {
    const y = 62 + i * 8
    write(sheet, '口岸回国日期', 68 + side, y + side / 2)
    return { mark, box: drawBox(sheet, 66, y, side, mark, seed + i) }
  })
  writeLines(sheet, 150, 280)
  return { sheet, drawn }
}

const middle = ({ x, y, width, height }: Rectangle, scale = 1) => [(x + width / 2) * scale, (y + height / 2) * scale] as const

/** What is told of each drawn box, `missed` when there is none about its middle. */
const tell = (raster: Raster, drawn: readonly Drawn[], scale = 1, away = 0.5) => {
  const found = findCheckBoxes(raster, findCells(raster))
  return drawn.map(({ box }) => {
    const [x, y] = middle(box, scale)
    const hit = found.find((one) => Math.hypot(middle(one.box)[0] - x, middle(one.box)[1] - y) < box.width * scale * away)
    return hit ? hit.checked : 'missed'
  })
}

/** What is drawn of a box becomes so much of its darkness. */
function pale({ width, data }: Raster, box: Rectangle, share: number): void {
  for (let y = Math.floor(box.y) - 3; y < box.y + box.height + 3; y++)
    for (let at = (y * width + Math.floor(box.x) - 3) * 3; at < (y * width + Math.ceil(box.x + box.width) + 3) * 3; at++)
      data[at] = 255 - (255 - data[at]!) * share
}

function blacken({ width, data }: Raster, box: Rectangle): void {
  for (let y = Math.floor(box.y); y < box.y + box.height; y++)
    data.fill(20, (y * width + Math.floor(box.x)) * 3, (y * width + Math.ceil(box.x + box.width)) * 3)
}

/** Of the sides of a box a fax left every second or third dot. */
function dot({ width, data }: Raster, { x, y, width: side }: Rectangle, scale: number): void {
  const isOnSide = (at: number, from: number) => Math.min(Math.abs(at - from * scale), Math.abs(at - (from + side) * scale)) < 2.5
  for (let row = Math.round(y * scale) - 2; row <= (y + side) * scale + 2; row++)
    for (let column = Math.round(x * scale) - 2; column <= (x + side) * scale + 2; column++)
      if ((isOnSide(column, x) || isOnSide(row, y)) && (row + column) % 5 !== 0 && (row + column) % 5 !== 2)
        data.fill(255, (row * width + column) * 3, (row * width + column) * 3 + 3)
}

/** A form of empty boxes but for one, with a speck of a tenth of its room in the first. */
async function speckled(last: Mark) {
  const sheet = openSheet(200)
  const drawn = (['none', 'none', 'none', 'none', last] as const).map((mark, i) => {
    const y = 62 + i * 8
    write(sheet, '口岸回国日期', 71, y + 1.6)
    return { mark, box: drawBox(sheet, 66, y, 3.2, mark, i) }
  })
  const raster = await scan(toRaster(sheet), { tilt: 0 })
  const { x, y, width } = drawn[0]!.box
  const size = Math.round(0.24 * width)
  for (let row = 0; row < size; row++) {
    const at = ((Math.round(y + 0.4 * width) + row) * raster.width + Math.round(x + 0.4 * width)) * 3
    raster.data.fill(0, at, at + size * 3)
  }
  return { drawn, raster }
}

const truth = marks.map((mark) => mark !== 'none')

describe('findCheckBoxes', () => {
  it('finds empty boxes of 1.6 mm where small ones are asked for, and none that is marked', async () => {
    const { sheet, drawn } = form(1.6)
    const raster = await scan(toRaster(sheet), { tilt: 0 })
    expect(tell(raster, drawn).filter((one) => one === false)).toEqual([])
    const found = findCheckBoxes(raster, findCells(raster), 'small')
    expect(found.every(({ checked }) => !checked)).toBe(true)
    const isFound = ({ box }: Drawn): boolean =>
      found.some((one) => Math.hypot(middle(one.box)[0] - middle(box)[0], middle(one.box)[1] - middle(box)[1]) < box.width / 2)
    expect(drawn.filter(isFound).map(({ mark }) => mark)).toEqual(marks.filter((mark) => mark === 'none'))
  })

  it('finds a ticked box that is smaller than the empty ones where other sizes are asked for', async () => {
    const sheet = openSheet(200)
    const small = [0, 1, 2, 3, 4].map((row) => {
      write(sheet, '口岸回国日期', 75, 63.6 + row * 8)
      return drawBox(sheet, 66, 62 + row * 8, row === 3 ? 2.9 : 4, row === 3 ? 'tick' : 'none', row)
    })[3]!
    const raster = await scan(toRaster(sheet), { tilt: 0 })
    const isSmall = ({ box }: CheckBox): boolean =>
      Math.hypot(middle(box)[0] - middle(small)[0], middle(box)[1] - middle(small)[1]) < small.width / 2
    expect(findCheckBoxes(raster, [], 'other').filter(isSmall)).toMatchObject([{ checked: true }])
    expect(findCheckBoxes(raster, []).filter(isSmall)).toEqual([])
  })

  it('finds a box filled with colour about a pale tick, as browsers draw what is ticked, where empty ones are as large', async () => {
    const draw = (side: number) => {
      const sheet = openSheet(200)
      const { context, millimetre } = sheet
      for (const row of [0, 1, 2]) drawBox(sheet, 66, 62 + row * 8, side, 'none', row)
      context.beginPath()
      context.roundRect(66 * millimetre, 86 * millimetre, 3.4 * millimetre, 3.4 * millimetre, 0.6 * millimetre)
      context.fillStyle = '#0075ff'
      context.fill()
      context.beginPath()
      for (const [x, y] of [
        [66.6, 87.7],
        [67.3, 88.5],
        [68.8, 86.7],
      ] as const)
        context.lineTo(x * millimetre, y * millimetre)
      context.lineWidth = 0.8 * millimetre
      context.strokeStyle = '#fff'
      context.stroke()
      return findCheckBoxes(toRaster(sheet), []).map(({ checked }) => checked)
    }
    expect(draw(3.4)).toEqual([false, false, false, true])
    expect(draw(4.6)).toEqual([false, false, false])
  })

  it('finds rounds of 1.6 mm where small boxes are asked for, and the disc among them', async () => {
    const sheet = openSheet(200)
    const { context, millimetre } = sheet
    for (const row of [0, 1, 2, 3]) {
      context.lineWidth = 0.2 * millimetre
      context.beginPath()
      context.arc(66 * millimetre, (62 + row * 8) * millimetre, 0.75 * millimetre, 0, 2 * Math.PI)
      if (row === 2) context.fill()
      context.stroke()
      write(sheet, '口岸回国日期。800', 68, 62 + row * 8)
    }
    const raster = await scan(toRaster(sheet), { grey: true, tilt: 0 })
    const found = findCheckBoxes(raster, findCells(raster), 'small').filter(({ box }) => middle(box)[0] < 67 * millimetre)
    expect(found.map(({ checked }) => checked)).toEqual([false, false, true, false])
  })

  it.each([2.4, 3.2, 4.6])('tells empty boxes of %s mm from ticked, crossed and filled ones', async (side) => {
    const { sheet, drawn } = form(side)
    expect(tell(await scan(toRaster(sheet), { tilt: 0 }), drawn)).toEqual(truth)
  })

  it('finds empty boxes of hairlines that are much paler than print, and the ticked ones among them', async () => {
    const { sheet, drawn } = form(3.2, 5)
    const raster = await scan(toRaster(sheet), { tilt: 0 })
    for (const [at, { box, mark }] of drawn.entries()) if (mark === 'none' && at > 2) pale(raster, box, 0.24)
    expect(tell(raster, drawn)).toEqual(truth)
  })

  it('finds a black square amid a box of hairlines that are much paler than print', async () => {
    const { sheet, drawn } = form(3.2, 5)
    const raster = await scan(toRaster(sheet), { tilt: 0 })
    const own = drawn.filter(({ mark }) => mark === 'none' || mark === 'fill')
    for (const { box, mark } of own) {
      pale(raster, box, 0.24)
      if (mark === 'fill') blacken(raster, { x: box.x + 6, y: box.y + 6, width: box.width - 12, height: box.height - 12 })
    }
    expect(tell(raster, own)).toEqual(own.map(({ mark }) => mark === 'fill'))
  })

  it('takes a speck in a box for dirt where others are blackened, and for a mark where none is', async () => {
    for (const isBlackened of [true, false]) {
      const { drawn, raster } = await speckled(isBlackened ? 'fill' : 'none')
      const found = findCheckBoxes(raster, findCells(raster))
      const hit = found.find(
        (one) => Math.hypot(middle(one.box)[0] - middle(drawn[0]!.box)[0], middle(one.box)[1] - middle(drawn[0]!.box)[1]) < 8,
      )!
      expect(hit.checked).toBe(!isBlackened)
      expect(hit.confidence).toBeLessThan(0.75)
    }
  })

  it('tells them on a tilted grey scan and on a fax', async () => {
    const { sheet, drawn } = form(3.2, 7)
    expect(tell(await scan(toRaster(sheet), { grey: true, tilt: 0 }), drawn)).toEqual(truth)
    expect(tell(await fax(toRaster(sheet)), drawn, 1240 / sheet.width)).toEqual(truth)
  })

  it('finds boxes of which a fax left but dots, and the crossed one among them', async () => {
    const { sheet, drawn } = form(3.2, 7)
    const raster = await fax(toRaster(sheet))
    const scale = 1240 / sheet.width
    for (const { box, mark } of drawn) if (mark === 'none' || mark === 'cross') dot(raster, box, scale)
    expect(tell(raster, drawn, scale)).toEqual(truth)
  })

  it('tells them on a photograph', async () => {
    const { sheet } = form(3.2, 11)
    const boxes = findCheckBoxes(await photograph(toRaster(sheet), { seed: 3 }), [])
    // The picture is sheared a little: only the order down the page is compared.
    const column = boxes.filter(({ box }) => Math.abs(box.width - (3.2 * 200) / 25.4) < 5)
    expect(column.map(({ checked }) => checked)).toEqual(truth)
  })

  it('takes no character for a box', async () => {
    const sheet = openSheet(200)
    for (let row = 0; row < 12; row++)
      write(sheet, '进出口口岸日期目录回执国际因田由四团圆区品', 25, 40 + row * 10, 3 + row * 0.3, row % 2 ? 'Sheet Sans' : 'Sheet Song')
    const found = findCheckBoxes(await scan(toRaster(sheet)), [])
    expect(found.filter(({ confidence }) => confidence > 0.9).length).toBeLessThanOrEqual(12)
  })

  it('is not misled by the ink of a red seal in a box', () => {
    const sheet = openSheet(200)
    const drawn: Drawn[] = [0, 1, 2].map((i) => ({ mark: 'none', box: drawBox(sheet, 60 + i * 15, 100, 3.2, 'none') }))
    for (const i of [0, 1, 2]) write(sheet, '邮寄', 64.5 + i * 15, 101.6)
    drawSeal(sheet.context, sheet.millimetre, { x: 75, y: 120, text: '厦门海岚进出口有限公司', strength: 0.6 })
    expect(tell(toRaster(sheet), drawn)).toEqual([false, false, false])
  })

  it('tells a mark that lies before its box for the most part from one that lies in it', () => {
    const sheet = openSheet(200)
    drawTable(sheet, [20, 60, 190], [40, 55, 140])
    const boxes = [62, 72, 82, 92].map((y) => drawBox(sheet, 66, y, 3.2, y === 82 ? 'hand-tick' : 'none', y))
    const raster = toRaster(sheet)
    // A tick whose end runs into the box.
    const [, struck] = boxes
    for (let step = 0; step < 30; step++)
      blacken(raster, { x: struck!.x - 22 + step, y: struck!.y + struck!.height - 2 - step / 2, width: 3, height: 3 })
    const found = findCheckBoxes(raster, findCells(raster))
    expect(found.filter(({ isBefore }) => isBefore).map(({ box }) => Math.round(middle(box)[1] / 8))).toEqual([
      Math.round(middle(struck!)[1] / 8),
    ])
    expect(found.filter(({ checked }) => checked)).toHaveLength(2)
  })

  it('says how sure it is', async () => {
    const { sheet } = form(3.2)
    for (const { confidence } of findCheckBoxes(await scan(toRaster(sheet)), [])) {
      expect(confidence).toBeGreaterThanOrEqual(0.5)
      expect(confidence).toBeLessThanOrEqual(0.99)
    }
  })

  it('ends in time on a page of dots', () => {
    const side = 1500
    const data = new Uint8Array(side * side * 3).fill(255)
    for (let y = 0; y < side; y += 4) for (let x = 0; x < side; x += 4) data.fill(0, (y * side + x) * 3, (y * side + x) * 3 + 6)
    const start = performance.now()
    expect(findCheckBoxes({ width: side, height: side, data }, []).length).toBeLessThanOrEqual(120)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
