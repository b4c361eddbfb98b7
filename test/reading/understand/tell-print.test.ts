import { describe, expect, it } from 'vitest'
import type { Rectangle } from '../../../src/reading/page.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { blindTools, WrittenPage } from './write-page.ts'

/** A photograph on which the values are read with more doubt than the labels, as a hand's are. */
function dimForm(confidence: number): WrittenPage {
  const doubted = { confidence }
  const page = new WrittenPage().line(400, 60, '制卡业务受理登记表', { size: 32, confidence: 0.9995 })
  const rows = [
    ['企业名称', '厦门示例进出口有限公司'],
    ['经办人', '林小满'],
    ['联系电话', '13800138000'],
    ['收件电话', '13912345678'],
  ] as const
  for (const [at, [label, value]] of rows.entries()) {
    const y = 160 + 60 * at
    page.row(100, y, 60, [
      [200, ''],
      [700, ''],
    ])
    page.line(110, y + 18, label, { confidence: 0.9995 }).line(310, y + 18, value, doubted)
  }
  return page
}

/** Each figure of a number is a stroke; `heights` go round, and so do the distances that they stand off their places. */
const figures = (page: WrittenPage, heights: readonly number[], off: readonly number[]) => (box: Rectangle) =>
  page.lines
    .filter(({ text, box: { y } }) => /^\d+$/u.test(text) && y + 12 > box.y && y + 12 < box.y + box.height)
    .flatMap(({ glyphs, box: { y } }) =>
      glyphs.map(({ left }, at) => {
        const height = heights[at % heights.length]!
        return { x: left + 1 + off[at % off.length]!, y: y + 22 - height, width: 9, height }
      }),
    )
    .filter(({ x }) => x > box.x && x < box.x + box.width)

async function isReadTwice(heights: readonly number[], off: readonly number[] = [0], confidence = 0.99): Promise<boolean> {
  const page = dimForm(confidence)
  const [paper] = await understandPage(page, {
    ...blindTools,
    strokesIn: figures(page, heights, off),
    readAgain: (box) =>
      Promise.resolve(
        page.lines.find(
          ({ box: of }) => of.y + 12 > box.y && of.y + 12 < box.y + box.height && of.x + 40 > box.x && of.x + 40 < box.x + box.width,
        ) ?? null,
      ),
  })
  return paper!.fields['enterpriseName']!.evidence?.includes('read-twice') ?? false
}

describe('values that are read with doubt', () => {
  it('are print where all figures are of one height on one line', async () => {
    expect(await isReadTwice([17])).toBe(true)
  })

  it('are print, however great the doubt, where the figures stand equally far apart', async () => {
    expect(await isReadTwice([17], [0], 0.981)).toBe(true)
    expect(await isReadTwice([17], [0, 2.5, 0.5, 3], 0.981)).toBe(false)
  })

  it('are a hand where they are not', async () => {
    expect(await isReadTwice([17, 14, 19, 15])).toBe(false)
  })
})
