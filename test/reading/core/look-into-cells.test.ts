import { expect, it } from 'vitest'
import type { Region } from '../../../src/reading/engine/measure-regions.ts'
import { boundsOf } from '../../../src/reading/engine/open-engine.ts'
import type { Cell, Raster } from '../../../src/reading/page.ts'
import { lookIntoCells } from '../../../src/reading/worker/look-into-cells.ts'
import { drawLine, drawPage, pageRows } from './draw-page.ts'

const page = drawPage()
const cells: Cell[] = pageRows.flatMap((_, row) => [
  { box: { x: 91, y: 181 + row * 60, width: 188, height: 58 } },
  { box: { x: 281, y: 181 + row * 60, width: 458, height: 58 } },
])
/** The detector's region around `characters` of 18 pixels that begin at `x` in this row. */
const region = (x: number, row: number, characters: number): Region => ({
  x: x + characters * 9,
  y: 211 + row * 60,
  width: characters * 18 + 10,
  height: 27,
  angle: 0,
  score: 0.9,
})
const rows = [0, 1, 3, 4, 5]
const others = [...rows.map((row) => region(105, row, pageRows[row]![0].length)), ...rows.map((row) => region(295, row, 9))]
const inRow = (regions: readonly Region[], row: number) =>
  regions.map(boundsOf).filter((box) => Math.abs(box.y + box.height / 2 - (211 + row * 60)) < 20)

it('reads what the detector passed over in a cell', () => {
  const found = inRow(lookIntoCells(page, cells, [...others, region(105, 2, 3)], []), 2)
  const name = found.find((box) => box.x > 280)!
  expect(name.x).toBeLessThan(297)
  expect(name.x + name.width).toBeGreaterThan(345)
  expect(name.x + name.width).toBeLessThan(370)
})

it('makes a row whole that was cut into pieces', () => {
  const pieces = [region(105, 2, 1), region(125, 2, 2), region(295, 2, 3)]
  const found = inRow(lookIntoCells(page, cells, [...others, ...pieces], []), 2)
  expect(found).toHaveLength(2)
  expect(found.some((box) => box.x < 106 && box.x + box.width > 158 && box.x + box.width < 180)).toBe(true)
})

it('parts a label from the short value beneath it that the detector took for one piece', () => {
  const stacked = { ...page, data: page.data.slice() }
  const cell = { x: 500, y: 603, width: 120, height: 58 }
  paste(stacked, drawLine('性别', 18), 505, 602)
  paste(stacked, drawLine('男', 18), 505, 630)
  const both = { x: 535, y: 631, width: 46, height: 56, angle: 0, score: 0.9 }
  const found = lookIntoCells(stacked, [...cells, { box: cell }], [...others, both], []).filter(({ y }) => y > 600)
  expect(found).toHaveLength(2)
  expect(found.every(({ height }) => height < 30)).toBe(true)
})

it('leaves long runs, whole rows, and cells alone that a file tells of itself', () => {
  const whole = [...others, region(105, 2, 3), region(295, 2, 3)]
  expect(lookIntoCells(page, cells, whole, [])).toEqual(whole)
  const told = [{ box: { x: 295, y: 315, width: 54, height: 20 } }]
  expect(inRow(lookIntoCells(page, cells, [...others, region(105, 2, 3)], told), 2)).toHaveLength(1)
})

it('leaves the label whose region reaches over the frame of the cell beside it', () => {
  const narrow = cells.map(({ box }) => (box.x === 91 ? { box: { ...box, width: 67 } } : { box: { ...box, x: 160, width: 579 } }))
  const label = region(105, 2, 3)
  const found = lookIntoCells(page, narrow, [...others, label], [])
  expect(found).toContain(label)
  expect(inRow(found, 2)).toHaveLength(2)
})

function paste(page: Raster, piece: Raster, x: number, y: number): void {
  for (let row = 0; row < piece.height; row++)
    page.data.set(piece.data.subarray(row * piece.width * 3, (row + 1) * piece.width * 3), ((y + row) * page.width + x) * 3)
}
