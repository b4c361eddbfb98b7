// What Word tables of offices do: headings in merged cells beside their rows, rows of labels above rows of values, values in the middle of wide cells.
import { describe, expect, it } from 'vitest'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { blindTools, valuesOf, WrittenPage } from './write-page.ts'

const typed = { source: 'text-layer' } as const
const noInk = { ...blindTools, strokesIn: () => [] }
const titled = (title: string): WrittenPage =>
  new WrittenPage().line(250, 60, `中国电子口岸数据中心厦门分中心${title}`, { ...typed, size: 30 })

const person = { 持卡人姓名: '林小红', 性别: '女', 学历: '大专', 证件类别: '身份证', 职务: '报关员', 联系电话: '13800138000' }
const blank = Object.fromEntries(Object.keys(person).map((label) => [label, '']))

/** One row a label from `y` on; the heading stands half way down in a merged cell beside them, in rows of three letters, or above them. */
function half(page: WrittenPage, y: number, heading: string, values: Readonly<Record<string, string>>, isBeside: boolean): WrittenPage {
  const rows = Object.entries(values)
  if (!isBeside) page.row(100, y - 40, 40, [[900, heading]], typed)
  else {
    page.cells.push({ box: { x: 100, y, width: 100, height: 40 * rows.length } })
    const words = heading.match(/.{1,3}/gu)!
    for (const [at, word] of words.entries()) page.line(110, y + 20 * rows.length + 26 * (at - words.length / 2), word, typed)
  }
  const [x, width] = isBeside ? [200, 800] : [100, 900]
  for (const [at, [label, value]] of rows.entries())
    page.row(
      x,
      y + 40 * at,
      40,
      [
        [220, label],
        [width - 220, value],
      ],
      typed,
    )
  return page
}

describe('The heading of a half of a card form in a merged cell', () => {
  it.each([true, false])('has the rows above its middle too, whether the other half is headed so (%s)', async (isBeside) => {
    const page = half(titled('电子口岸卡登记表'), 200, '法人卡持卡人信息', blank, isBeside)
    half(page, 200 + 40 * 6 + (isBeside ? 0 : 40), '操作员卡持卡人信息', person, true)
    const [paper] = await understandPage(page, noInk)
    expect(valuesOf(paper)).toMatchObject({
      'legal.holderName': null,
      'legal.sex': null,
      'legal.education': null,
      'operator.holderName': '林小红',
      'operator.sex': '女',
      'operator.education': '大专',
      'operator.phone': '13800138000',
    })
  })
})

it('Rows that the second half of a card form lost at the foot of the sheet are of the first, as far as the second begins', async () => {
  const page = half(
    titled('电子口岸卡登记表'),
    200,
    '法人卡持卡人信息',
    { ...person, 用户地址: '厦门市湖里区象兴一路88号', 传真: '05922268701' },
    true,
  )
  const { 联系电话: _, ...lost } = { ...person, 持卡人姓名: '陈大文' }
  half(page, 200 + 40 * 8, '操作员卡持卡人信息', lost, true)
  const [paper] = await understandPage(page, noInk)
  expect(valuesOf(paper)).toMatchObject({
    'legal.phone': '13800138000',
    'legal.fax': '05922268701',
    'operator.holderName': '陈大文',
    'operator.fax': null,
  })
})

/** A row of labels above a row of values, in cells of the same width. */
function columns(page: WrittenPage, x: number, y: number, width: number, values: Readonly<Record<string, string>>): void {
  const cells = Object.entries(values)
  for (const [at, [label, value]] of cells.entries()) {
    const left = x + (width / cells.length) * at
    const room = { width: width / cells.length, height: 40 }
    page.cells.push({ box: { x: left, y, ...room } }, { box: { x: left, y: y + 40, ...room } })
    page.line(left + room.width / 2 - 12 * label.length, y + 8, label, typed)
    if (value) page.line(left + 8, y + 48, value, typed)
  }
}

describe('Rows of labels above rows of values', () => {
  const rows: readonly Readonly<Record<string, string>>[] = [
    { 持卡人姓名: '林小红', 性别: '女' },
    { 学历: '大专', 证件类别: '身份证' },
    { 用户地址: '厦门市湖里区象兴一路11号' },
  ]
  const form = (): WrittenPage => {
    const page = titled('电子口岸卡登记表')
    page.cells.push({ box: { x: 100, y: 200, width: 100, height: 80 * rows.length } })
    for (const [at, word] of ['操作员', '卡持卡', '人信息'].entries()) page.line(110, 280 + 26 * at, word, typed)
    for (const [at, row] of rows.entries()) columns(page, 200, 200 + 80 * at, 800, row)
    return page
  }

  it('have no value taken by the heading in the merged cell beside them', async () => {
    const [paper] = await understandPage(form(), noInk)
    expect(valuesOf(paper)).toMatchObject({
      'operator.holderName': '林小红',
      'operator.sex': '女',
      'operator.education': '大专',
      'operator.address': '厦门市湖里区象兴一路11号',
    })
  })

  it('have no word of the heading, which is read in part alone, in a value on its row', async () => {
    const page = form()
    page.lines.splice(1, 3)
    for (const [at, word] of ['操作', '员卡', '持卡', '人基', '本信', '息'].entries()) page.line(110, 200 + 26 * at, word, typed)
    const [paper] = await understandPage(page, noInk)
    expect(valuesOf(paper)).toMatchObject({ 'operator.education': '大专', 'operator.address': '厦门市湖里区象兴一路11号' })
  })

  it('have none of it taken by a heading whose cell was not found', async () => {
    const page = form()
    page.cells.shift()
    const [paper] = await understandPage(page, noInk)
    expect(valuesOf(paper)).toMatchObject({ 'operator.holderName': '林小红', 'operator.education': '大专', 'operator.idType': '身份证' })
  })

  it('leave a card’s number to its own label above it where a list follows', async () => {
    const page = titled('企业注销申请表')
    const rows = {
      公司名称: '厦门示例进出口有限公司',
      电子口岸法人卡号: '4852505583398',
      电子口岸操作员卡号: '1080870034212、884296977627',
    }
    for (const [at, [label, value]] of Object.entries(rows).entries()) {
      page.cells.push({ box: { x: 90, y: 200 + 50 * at, width: 1000, height: 50 } })
      page.line(100, 201 + 50 * at, label, typed).line(100, 226 + 50 * at, value, typed)
    }
    expect(valuesOf((await understandPage(page, noInk))[0])).toMatchObject({
      legalCardNumber: '4852505583398',
      operatorCardNumbers: ['1080870034212', '884296977627'],
    })
  })

  it('are told blank where the cell below is, and for no certain where the sheet ends first', async () => {
    const page = form()
    columns(page, 200, 200 + 80 * rows.length, 800, { 职务: '', 国籍: '中国' })
    page.cells.push({ box: { x: 200, y: 280 + 80 * rows.length, width: 800, height: 40 } })
    page.line(520, 288 + 80 * rows.length, '联系电话', typed)
    const [paper] = await understandPage(page, noInk)
    expect(paper!.fields['operator.position']).toMatchObject({ value: null, certain: true })
    expect(paper!.fields['operator.phone']).toMatchObject({ value: null, certain: false })
  })
})

it('An option with its card’s number in one cell is no heading of the cells right of it', async () => {
  const page = titled('制卡业务受理登记表').line(100, 150, '企业名称：厦门示例进出口有限公司', typed)
  page.cells.push({ box: { x: 100, y: 300, width: 500, height: 160 } })
  page.line(110, 320, '注销 ☑企业注销', typed).line(110, 400, '卡号：157336729157', typed)
  for (const [at, option] of ['□企业操作员卡变更', '□电子口岸卡证书更新'].entries()) {
    page.cells.push({ box: { x: 600, y: 300 + 80 * at, width: 500, height: 80 } })
    page.line(610, 310 + 80 * at, option, typed).line(610, 345 + 80 * at, '卡号：', typed)
  }
  expect(valuesOf((await understandPage(page, blindTools))[0])).toMatchObject({ services: ['deregister'], cardNumber: '157336729157' })
})

it('A place for the seal of the applying enterprise is no name of a recipient', async () => {
  const page = titled('制卡业务受理登记表').line(100, 200, '企业名称：厦门示例进出口有限公司', typed)
  page.line(100, 300, '□窗口领卡 □邮寄领卡', typed).line(120, 400, '收件人', typed).line(100, 440, '申办企业（盖章）：', typed)
  expect(valuesOf((await understandPage(page, blindTools))[0])).toMatchObject({ recipientName: null })
})

it('The end of a printed sentence beside the heading of its part is no value', async () => {
  const page = titled('制卡业务受理登记表').line(100, 150, '企业名称：厦门示例进出口有限公司', typed)
  page.cells.push({ box: { x: 100, y: 300, width: 140, height: 120 } })
  for (const [at, text] of ['授权及管理', '收件人：', '联系电话：'].entries()) {
    page.cells.push({ box: { x: 240, y: 300 + 40 * at, width: 800, height: 40 } })
    page.line(250, 308 + 40 * at, text, typed)
  }
  page.line(110, 350, '领卡方式', typed).line(100, 500, '□窗口领卡 □邮寄领卡', typed)
  expect(valuesOf((await understandPage(page, noInk))[0])).toMatchObject({ recipientName: null, recipientAddress: null })
})

it('A telephone in two pieces that is none may lack a figure between them', async () => {
  const page = titled('制卡业务受理登记表').line(100, 200, '企业名称：厦门示例进出口有限公司').line(100, 300, '□窗口领卡 □邮寄领卡')
  page.line(100, 400, '收件人：林小红').line(500, 400, '联系电话：1375268').line(735, 396, '340', { size: 30 })
  const { recipientPhone } = (await understandPage(page, blindTools))[0]!.fields
  expect(recipientPhone).toMatchObject({ value: '1375268340', certain: false })
  expect(recipientPhone!.evidence).toContain('gap')
})
