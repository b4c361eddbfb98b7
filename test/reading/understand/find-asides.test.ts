import { describe, expect, it } from 'vitest'
import type { Span } from '../../../src/reading/understand/cut-spans.ts'
import { findAsides } from '../../../src/reading/understand/find-asides.ts'
import type { NamedHit } from '../../../src/reading/understand/name-hits.ts'
import { openTable } from '../../../src/reading/understand/text/table.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { blindTools, valuesOf, WrittenPage } from './write-page.ts'

const titled = (): WrittenPage => new WrittenPage().line(400, 60, '制卡业务受理登记表', { size: 32 })

describe('what a table says beside its places', () => {
  it('are the numbers of its rows, rising in cells before those of the labels', () => {
    const row = (at: number) => ({ y: 100 + 40 * at, height: 40 })
    const cells = [0, 1, 2].flatMap((at) => [{ box: { x: 100, width: 40, ...row(at) } }, { box: { x: 140, width: 200, ...row(at) } }])
    const hits = [0, 1, 2].map((at) => ({ box: { x: 150, y: 108 + 40 * at, width: 72, height: 24 }, stretches: [{ line: at }], parts: [] }))
    const numbered = (texts: readonly string[]) => {
      const spans = texts.map((text, at) => ({
        text,
        em: 24,
        box: { x: 112, y: 108 + 40 * at, width: 12, height: 24 },
        line: { index: 9 + at },
      }))
      return [...findAsides([], spans as unknown as Span[], hits as unknown as NamedHit[], openTable(cells))].map(({ text }) => text)
    }
    expect(numbered(['4', '5', '6'])).toEqual(['4', '5', '6'])
    // Figures that do not rise count no rows.
    expect(numbered(['4', '1', '6'])).toEqual([])
  })

  it('are its notes, in small print in cells behind the values, though the value is not filled in or stands with its label', async () => {
    const page = titled()
    const rows = [
      ['企业名称', '厦门示例进出口有限公司', '与公章一致'],
      ['经办人', '', '填写姓名'],
      ['收件人', '张伟', '真实姓名'],
    ] as const
    for (const [at, [label, value, note]] of rows.entries()) {
      const y = 160 + 60 * at
      page.row(100, y, 60, [
        [200, label],
        [500, value],
        [240, ''],
      ])
      // Its box is higher than its print: how far apart its characters stand tells.
      page.line(810, y + 18, note, { size: 16 })
      const line = page.lines.pop()!
      page.lines.push({ ...line, box: { ...line.box, height: 28 } })
    }
    const [paper] = await understandPage(page, blindTools)
    expect(valuesOf(paper)).toMatchObject({ enterpriseName: '厦门示例进出口有限公司', handlerName: null, recipientName: '张伟' })
    // The rule between label and value was not seen.
    page.cells.splice(0, 2, { box: { x: 100, y: 160, width: 700, height: 60 } })
    const [joined] = await understandPage(page, blindTools)
    expect(valuesOf(joined)).toMatchObject({ enterpriseName: '厦门示例进出口有限公司' })
  })
})
