// What layouts drawn afresh showed: long headings downwards, marks amid options, labels that end a line of a sentence, rows far apart in a narrow cell.
import { describe, expect, it } from 'vitest'
import type { PaperOnPage } from '../../../src/reading/page.ts'
import { joinPapers } from '../../../src/reading/understand/join-papers.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { blindTools, valuesOf, WrittenPage } from './write-page.ts'

const read = async (page: WrittenPage): Promise<PaperOnPage> => (await understandPage(page, blindTools))[0]!
const typed = { source: 'text-layer' } as const
const office = '中国电子口岸数据中心厦门分中心'

const titled = (title: string): WrittenPage => new WrittenPage().line(250, 60, `${office}${title}`, { ...typed, size: 30 })
const letter = (): WrittenPage => new WrittenPage().line(480, 60, '授权委托书', { ...typed, size: 40 }).line(100, 150, `${office}：`, typed)
const downwards = (page: WrittenPage, x: number, y: number, text: string, step = 30): void => {
  for (const [at, one] of Array.from(text).entries()) page.line(x, y + step * at, one, typed)
}

/** A sheet for one person of a card form, whose heading stands downwards at its side. */
function sheetOf(heading: string, values: Readonly<Record<string, string>>, page = new WrittenPage()): WrittenPage {
  const rows = Object.entries(values)
  downwards(page, 102, 210, heading)
  page.cells.push({ box: { x: 90, y: 200, width: 50, height: rows.length * 100 } })
  for (const [at, [label, value]] of rows.entries())
    page.row(140, 200 + 100 * at, 50, [[600, label]], typed).row(140, 250 + 100 * at, 50, [[600, value]], typed)
  return page
}
const person = {
  学历: '大专',
  证件号码: '350211196405230160',
  用户地址: '厦门市翔安区翔虹路27号',
  持卡人姓名: '林小红',
  联系电话: '13659174210',
  职务: '报关员',
  证件类别: '◉居民身份证○护照○港澳通行证',
}

describe('a heading downwards at the side of all rows', () => {
  it('tells whose they are, though it has ten letters', async () => {
    const fields = valuesOf(await read(sheetOf('操作员卡持卡人基本信息', person, titled('电子口岸卡登记表'))))
    expect(fields).toMatchObject({
      'operator.holderName': '林小红',
      'operator.idNumber': '350211196405230160',
      'operator.education': '大专',
      'legal.education': null,
    })
  })

  it('is followed by its number', async () => {
    const fields = valuesOf(await read(sheetOf('操作员卡持卡人基本信息（二）', person, titled('电子口岸卡登记表'))))
    expect(fields).toMatchObject({ 'operator.holderName': '林小红', 'operator.education': '大专' })
  })

  it('gives the day on the last sheet to the operator of the one before', async () => {
    const first = await understandPage(sheetOf('操作员卡持卡人基本信息（一）', person, titled('电子口岸卡登记表')), blindTools)
    const other = {
      ...person,
      证件号码: '350203198703250599',
      持卡人姓名: '陈建国',
      联系电话: '19966380355',
      用户地址: '厦门市思明区和平巷376号',
    }
    const last = sheetOf('操作员卡持卡人基本信息（二）', { ...other, 学历: '本科', 职务: '操作员' }).line(
      140,
      1000,
      '签章日期：2026年11月15日',
      typed,
    )
    const second = await understandPage(last, blindTools)
    const pages = [first, second].map((papers, page) => ({ file: 'one.pdf', page, rotation: 0 as const, papers }))
    const documents = joinPapers(pages)
    expect(documents.map(valuesOf)).toMatchObject([
      { 'operator.holderName': '林小红', signedDate: '2026-11-15' },
      { 'operator.holderName': '陈建国', signedDate: '2026-11-15' },
    ])
    // What is another paper's, of a file of its own, stays there.
    const apart = joinPapers(pages.map((page) => ({ ...page, file: `${page.page}.pdf` })))
    expect(valuesOf(apart[0])).toMatchObject({ signedDate: null })
  })

  it('stands beside a label whose letters are drawn apart', async () => {
    const page = titled('制卡业务受理登记表').line(100, 160, '企业名称：厦门示例进出口有限公司', typed)
    page.cells.push({ box: { x: 100, y: 260, width: 60, height: 120 } })
    page
      .row(
        160,
        260,
        60,
        [
          [200, ''],
          [300, '林小红'],
        ],
        typed,
      )
      .row(
        160,
        320,
        60,
        [
          [200, '手机号码'],
          [300, '13800138000'],
        ],
        typed,
      )
    page.line(180, 278, '姓', typed).line(270, 278, '名', typed)
    downwards(page, 118, 276, '经办人')
    expect(valuesOf(await read(page))).toMatchObject({ handlerName: '林小红', handlerPhone: '13800138000' })
  })

  it('has a last row that stands lower than its words', async () => {
    const page = titled('制卡业务受理登记表')
      .line(100, 160, '企业名称：厦门示例进出口有限公司', typed)
      .line(100, 200, '统一社会信用代码：91350212MA5144KG8Q', typed)
      .line(100, 700, '领卡方式：□窗口领卡 ☑邮寄领卡', typed)
    page.cells.push({ box: { x: 100, y: 260, width: 160, height: 180 } })
    page.line(110, 338, '收件信息', typed)
    for (const [at, row] of [
      ['姓名', '林小红'],
      ['联系电话', '13800138000'],
      ['地址', '厦门市海沧区沧湖东一路44号'],
    ].entries())
      page.row(
        260,
        260 + 60 * at,
        60,
        [
          [160, row[0]!],
          [600, row[1]!],
        ],
        typed,
      )
    expect(valuesOf(await read(page))).toMatchObject({ recipientName: '林小红', recipientAddress: '厦门市海沧区沧湖东一路44号' })
  })
})

it('a label in a narrow cell may have its rows far apart', async () => {
  const page = titled('业务变更申请表').line(100, 1100, '变更内容：企业联系电话变更为05925986667', typed).line(100, 1200, '备注：', typed)
  const rows = [
    ['公司名称', '厦门市翔安区鸿声五金经营部'],
    ['联系人', '秦熙坤'],
    ['联系电话', '13800138000'],
  ] as const
  let y = 200
  for (const [label, value] of rows) {
    const height = 20 + 60 * label.length
    page.cells.push({ box: { x: 100, y, width: 44, height } }, { box: { x: 144, y, width: 700, height } })
    downwards(page, 110, y + 20, label, 60)
    page.line(160, y + height / 2, value, typed)
    y += height
  }
  expect(valuesOf(await read(page))).toMatchObject({
    enterpriseName: '厦门市翔安区鸿声五金经营部',
    contactName: '秦熙坤',
    contactPhone: '13800138000',
  })
})

it('a label at the end of a line of a sentence has its value on the next line, whatever ended the value before', async () => {
  const page = letter()
    .line(150, 250, '收件人：', typed)
    .line(300, 250, '林小红。联系电话：', typed)
    .line(600, 250, '13800138000。收件地址：', typed)
    .line(160, 284, '厦门市同安区祥平西路490号16楼', typed)
    .line(100, 400, '单位名称：厦门示例进出口有限公司', typed)
  expect(valuesOf(await read(page))).toMatchObject({ recipientAddress: '厦门市同安区祥平西路490号16楼', recipientPhone: '13800138000' })
})

it('the number above a label that its narrow cell wraps is no end of the value above', async () => {
  const page = titled('制卡业务受理登记表').line(100, 160, '企业名称：厦门示例进出口有限公司', typed)
  page
    .row(
      100,
      260,
      70,
      [
        [160, '6、收件\n地址'],
        [800, '厦门市翔安区青年路230号'],
      ],
      typed,
    )
    .row(
      100,
      330,
      90,
      [
        [160, '7、\n收件人'],
        [300, '林小红'],
      ],
      typed,
    )
  page.cells.length = 0
  expect(valuesOf(await read(page))).toMatchObject({ recipientAddress: '厦门市翔安区青年路230号', recipientName: '林小红' })
})

it('the heading of a part is no name above its label', async () => {
  const page = titled('制卡业务受理登记表')
  for (const [at, [label, value]] of [
    ['企业名称', '厦门示例进出口有限公司'],
    ['统一社会信用代码', '91350212MA5144KG8Q'],
    ['联系电话', '13008937249'],
  ].entries())
    page.line(400, 160 + 100 * at, value!, typed).line(400, 190 + 100 * at, label!, { ...typed, size: 18 })
  page
    .line(100, 480, '邮寄信息', typed)
    .line(420, 520, '林小红', typed)
    .line(420, 550, '收件人', { ...typed, size: 18 })
  expect(valuesOf(await read(page))).toMatchObject({ recipientName: '林小红' })
})

it('numbers of cards stand below each other with numbers of their own', async () => {
  const page = titled('企业注销申请表').line(100, 160, '公司名称：厦门示例进出口有限公司', typed)
  page.line(100, 260, '电子口岸操作员卡号：1.2177349512980', typed)
  for (const [at, number] of ['2.4427033440339', '3.7453679857261', '4.7602138492550'].entries())
    page.line(340, 300 + 48 * at, number, typed)
  page.line(100, 600, '申请单位签章：', typed)
  expect(valuesOf(await read(page))).toMatchObject({
    operatorCardNumbers: ['2177349512980', '4427033440339', '7453679857261', '7602138492550'],
  })
})
