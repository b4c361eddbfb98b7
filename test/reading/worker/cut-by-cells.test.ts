import { expect, it } from 'vitest'
import type { Region } from '../../../src/reading/engine/measure-regions.ts'
import type { Cell } from '../../../src/reading/page.ts'
import { cutByCells } from '../../../src/reading/worker/cut-by-cells.ts'

const cell = (x: number, y: number, width: number, height: number): Cell => ({ box: { x, y, width, height } })
const run: Region = { x: 650, y: 727, width: 440, height: 30, angle: 0, score: 0.9 }

it('a run over two cells is cut at the rule between them', () => {
  const cut = cutByCells([run], [cell(420, 703, 200, 44), cell(622, 703, 466, 44)])
  expect(cut.map(({ width }) => Math.round(width))).toEqual([190, 248])
})

it('a run that lies within its cell is not cut at the edge of another that lacks a rule', () => {
  const [whole, second] = cutByCells([run], [cell(420, 703, 666, 44), cell(146, 720, 468, 70)])
  expect([whole!.width, second]).toEqual([440, undefined])
})
