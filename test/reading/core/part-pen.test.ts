import { createCanvas } from '@napi-rs/canvas'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openEngine, type PageEngine } from '../../../src/reading/engine/open-engine.ts'
import { partPen } from '../../../src/reading/worker/part-pen.ts'
import type { Raster } from '../../../src/reading/page.ts'
import './draw-page.ts'

let engine: PageEngine
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.close())

/** Labels in black with values over their lower half, in the colour of a pen. */
function drawForm(pen: string): Raster {
  const [width, height] = [1000, 700]
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#f4f1e6'
  context.fillRect(0, 0, width, height)
  const write = (text: string, x: number, y: number, size: number, color: string): void => {
    context.font = `${size}px "Sans SC"`
    context.fillStyle = color
    context.fillText(text, x, y)
  }
  for (const [at, text] of ['制卡业务受理登记表', '我司承诺提交的资料真实有效', '企业名称与统一社会信用代码'].entries())
    write(text, 120, 80 + at * 70, 40, '#111')
  write('联系电话', 120, 400, 26, '#111')
  write('13859210376', 124, 424, 40, pen)
  write('证件号码', 120, 540, 26, '#111')
  write('35020619850615', 124, 564, 40, pen)
  const { data } = context.getImageData(0, 0, width, height)
  return {
    width,
    height,
    data: Uint8Array.from({ length: width * height * 3 }, (_, at) => data[Math.floor(at / 3) * 4 + (at % 3)]!),
  }
}

it('reads a value in blue ink apart from the label that it was written over', async () => {
  const page = drawForm('#2236a8')
  const { regions, layerOf } = await partPen(engine, page, await engine.detect(page))
  const read = await Promise.all(
    regions.filter(({ layer }) => layer).map(async (region) => [region.layer, (await engine.recognise(layerOf(region)!, region)).text]),
  )
  expect(read).toContainEqual(['pen', '13859210376'])
  expect(read).toContainEqual(['pen', '35020619850615'])
  expect(read.filter(([layer]) => layer === 'print').map(([, text]) => text)).toEqual(expect.arrayContaining(['联系电话', '证件号码']))
  expect(regions.filter(({ layer }) => !layer)).toHaveLength(3)
})

it('leaves a page alone whose ink is of one colour', async () => {
  const page = drawForm('#1b1b1f')
  const regions = await engine.detect(page)
  expect((await partPen(engine, page, regions)).regions).toBe(regions)
})
