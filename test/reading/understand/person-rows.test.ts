// Persons in the rows of one table, in two tables side by side, and fields of a PDF form in their cells.
import { describe, expect, it } from 'vitest'
import { findNotes } from '../../../src/reading/understand/text/find-notes.ts'
import { arrangeLines } from '../../../src/reading/understand/text/letters.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { blindTools, valuesOf, WrittenPage } from './write-page.ts'

const typed = { source: 'text-layer' } as const
const noInk = { ...blindTools, strokesIn: () => [] }
const titled = (): WrittenPage => new WrittenPage().line(250, 60, '中国电子口岸数据中心厦门分中心电子口岸卡登记表', { ...typed, size: 30 })

const labels = ['持卡人姓名', '性别', '学历', '证件类别', '证件号码', '职务', '联系电话'] as const
const widths = [160, 80, 100, 130, 260, 140, 180] as const
const legal = ['林小红', '女', '大专', '身份证', '350211196405230160', '董事长', '13659174210'] as const
const one = ['陈建国', '男', '本科', '身份证', '350203198703250599', '报关员', '19966380355'] as const
const other = ['黄丽', '女', '', '护照', 'E12345678', '单证员', '13800138000'] as const

/** Persons in rows below their labels from `y` on; the first column says whose card it is, where `kinds` are given. */
function list(
  page: WrittenPage,
  y: number,
  persons: readonly (readonly string[])[],
  kinds?: readonly string[],
  isRuled = true,
): WrittenPage {
  for (const [at, texts] of [labels, ...persons].entries()) {
    const first = kinds === undefined ? [] : ([[140, at === 0 ? '卡类型' : kinds[at - 1]!]] as const)
    page.row(40, y + 50 * at, 50, [...first, ...texts.map((text, column) => [widths[column]!, text] as const)], typed)
  }
  if (!isRuled) page.cells.length = 0
  return page
}

const read = async (page: WrittenPage): Promise<Record<string, unknown>[]> => (await understandPage(page, noInk)).map(valuesOf)

describe('Persons in the rows of a table', () => {
  it.each([true, false])('are told by the column that says whose card it is, with rules or without (%s)', async (isRuled) => {
    const [paper, second] = await read(list(titled(), 200, [legal, one, other], ['法人卡', '操作员卡', '操作员卡'], isRuled))
    expect(paper).toMatchObject({
      'legal.holderName': '林小红',
      'legal.idNumber': '350211196405230160',
      'legal.position': '董事长',
      'operator.holderName': '陈建国',
      'operator.education': '本科',
      'operator.phone': '19966380355',
    })
    expect(second).toMatchObject({
      'legal.holderName': null,
      'operator.holderName': '黄丽',
      'operator.education': null,
      'operator.idType': '护照',
      'operator.idNumber': 'E12345678',
      'operator.phone': '13800138000',
    })
  })

  it('are told by the heading above them, and what lacks is nobody else’s', async () => {
    const [paper, second] = await read(list(titled().line(40, 150, '操作员卡持卡人信息', typed), 200, [other, one]))
    expect(paper).toMatchObject({ 'operator.holderName': '黄丽', 'operator.education': null, 'legal.holderName': null })
    expect(second).toMatchObject({ 'operator.holderName': '陈建国', 'operator.education': '本科' })
  })

  it('may have values that their narrow cells wrap', async () => {
    const wrapped = ['陈建国', '男', '本科', '身份证', '350203198703\n250599', '报关员', '1996638\n0355']
    const [paper] = await read(list(titled().line(40, 150, '操作员卡持卡人信息', typed), 200, [wrapped]))
    expect(paper).toMatchObject({ 'operator.idNumber': '350203198703250599', 'operator.phone': '19966380355' })
  })

  it('have what stands in the fields of a PDF form in the cells of their rows', async () => {
    const page = list(titled().line(40, 150, '操作员卡持卡人信息', typed), 200, [['', '', '', '', '', '', '']])
    let left = 40
    for (const [at, value] of one.entries()) {
      page.formValues.push({ name: `Text${at}`, value, box: { x: left + 5, y: 255, width: widths[at]! - 10, height: 40 } })
      left += widths[at]!
    }
    const [paper] = await read(page)
    expect(paper).toMatchObject({
      'operator.holderName': '陈建国',
      'operator.education': '本科',
      'operator.idType': '身份证',
      'operator.position': '报关员',
      'operator.phone': '19966380355',
    })
  })
})

describe('Two persons side by side', () => {
  it('are each one’s, though the rows of one table stand lower than those of the other', async () => {
    const page = titled()
    for (const [x, y, heading, values] of [
      [100, 200, '法人卡持卡人信息', legal],
      [640, 235, '操作员卡持卡人信息', one],
    ] as const) {
      page.line(x, y - 40, heading, typed)
      for (const [at, label] of labels.entries())
        page.row(
          x,
          y + 70 * at,
          70,
          [
            [180, label],
            [320, values[at]!],
          ],
          typed,
        )
    }
    const [paper] = await read(page)
    expect(paper).toMatchObject({
      'legal.holderName': '林小红',
      'legal.phone': '13659174210',
      'operator.holderName': '陈建国',
      'operator.idNumber': '350203198703250599',
    })
  })

  it('in columns of one list are told, though a note below names a label too', async () => {
    const page = titled().row(
      100,
      160,
      50,
      [
        [200, '内容'],
        [400, '法人卡持卡人信息'],
        [400, '操作员卡持卡人信息'],
      ],
      typed,
    )
    for (const [at, label] of labels.entries())
      page.row(
        100,
        210 + 50 * at,
        50,
        [
          [200, label],
          [400, legal[at]!],
          [400, one[at]!],
        ],
        typed,
      )
    page.line(100, 700, '本表证件号码与身份证件相同', { ...typed, size: 20 })
    const [paper] = await read(page)
    expect(paper).toMatchObject({ 'legal.holderName': '林小红', 'operator.holderName': '陈建国', 'operator.phone': '19966380355' })
  })
})

it('The heading of a half in brackets is whose it says', async () => {
  const page = titled().line(100, 150, '【法人卡持卡人基本信息】', typed)
  for (const [at, label] of labels.entries()) page.line(100, 200 + 50 * at, `${label}：${legal[at]!}`, typed)
  const [paper] = await read(page)
  expect(paper).toMatchObject({ 'legal.holderName': '林小红', 'operator.holderName': null })
})

it('A list of notes may begin with what is not allowed', () => {
  const page = new WrittenPage()
    .line(100, 100, '备注说明')
    .line(100, 135, '1.持卡人在同一家企业内不可重复办理电子口岸卡')
    .line(100, 170, '2、联系电话请填写持卡人本人手机')
  expect(findNotes(arrangeLines(page)).size).toBe(3)
})
