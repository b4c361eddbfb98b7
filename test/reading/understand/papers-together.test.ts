import { describe, expect, it } from 'vitest'
import { findPapersTogether } from '../../../src/reading/understand/find-papers-together.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { blindTools, valuesOf, WrittenPage } from './write-page.ts'

const writeCancellation = (page: WrittenPage, x: number, y: number, name = '厦门示例进出口有限公司'): WrittenPage =>
  page
    .line(x + 220, y, '企业注销申请表', { size: 30 })
    .line(x, y + 80, `公司名称：${name}`)
    .line(x, y + 130, '统一社会信用代码：91350206MA2XM00A2T')
    .line(x, y + 180, '经办人：林晓梅')
    .line(x, y + 230, '联系电话：13800005678')
    .line(x, y + 280, '电子口岸法人卡号：8600123456789')
    .line(x, y + 380, '公司签章')
    .line(x, y + 430, '办理日期：2026年11月20日')

const writeLetter = (page: WrittenPage, x: number, y: number): WrittenPage =>
  page
    .line(x + 280, y, '授权委托书', { size: 30 })
    .line(x, y + 60, '中国电子口岸数据中心厦门分中心：')
    .line(x, y + 110, '收件地址：厦门市思明区湖滨南路1号')
    .line(x, y + 160, '收件人：林晓梅')
    .line(x, y + 210, '联系电话：13800005678')
    .line(x, y + 260, '公司名称（盖章）：厦门示例进出口有限公司')
    .line(x, y + 310, '法人姓名：王建国')
    .line(x, y + 360, '法人电话（手机）：13900001234')
    .line(x, y + 410, '签署日期：2026年11月20日')

const writeCard = (page: WrittenPage, x: number, y: number): WrittenPage =>
  page
    .line(x, y, '姓名 简云奕')
    .line(x, y + 50, '性别 女 民族 汉')
    .line(x, y + 100, '出生 1993年6月25日')
    .line(x, y + 150, '住址 厦门市翔安区渐美村7号')
    .line(x, y + 250, '公民身份号码 350213199306252125')

const kindsOf = async (page: WrittenPage) => (await understandPage(page, blindTools)).map(({ kind }) => kind)

describe('papers beside each other on one scan', () => {
  it('are parted by the white between them', () => {
    const page = writeLetter(writeCancellation(new WrittenPage(2060, 1456), 100, 80), 1130, 80)
    const together = findPapersTogether(page)
    expect(together).toMatchObject({ isSure: true })
    expect(together!.places.map(({ x, width }) => [x, x + width])[0]![1]).toBeGreaterThan(800)
    expect(together!.places[1]!.x).toBeLessThan(1130)
  })

  it('may be twice the same form, or a form and the copy of a card', () => {
    const twice = writeCancellation(writeCancellation(new WrittenPage(2060, 1456), 100, 80), 1130, 80)
    expect(findPapersTogether(twice)).toMatchObject({ isSure: true })
    const withCard = writeCard(writeCancellation(new WrittenPage(2060, 1456), 100, 80), 1130, 80)
    expect(findPapersTogether(withCard)).toMatchObject({ isSure: true })
  })

  it('are told to be there where one of them lies otherwise and cannot be read', () => {
    const page = writeLetter(new WrittenPage(2060, 1456), 100, 80)
    for (let at = 0; at < 10; at++) page.line(1130, 100 + 60 * at, '订购数量单价金额合计')
    expect(findPapersTogether(page)).toMatchObject({ isSure: false })
  })

  it('are none where a form has two columns, or nothing is beside it', () => {
    const columns = new WrittenPage(2060, 1456).line(800, 40, '电子口岸卡登记表', { size: 34 })
    for (const x of [100, 1130])
      columns
        .line(x, 160, '持卡人姓名：林晓梅')
        .line(x, 220, '性别：女')
        .line(x, 280, '学历：本科')
        .line(x, 340, '证件类别：居民身份证')
        .line(x, 400, '职务：经理')
    expect(findPapersTogether(columns)).toBeNull()
    expect(findPapersTogether(writeLetter(new WrittenPage(2060, 1456), 100, 80))).toBeNull()
    // Both sides of one card, or two cards, are told elsewhere.
    expect(findPapersTogether(writeCard(writeCard(new WrittenPage(2060, 1456), 100, 80), 1130, 80))).toBeNull()
    expect(findPapersTogether(writeLetter(new WrittenPage(1456, 2060), 100, 80))).toBeNull()
  })
})

describe('pictures joined to a long one', () => {
  it('are parted where the sheets end', () => {
    const page = writeCard(writeLetter(new WrittenPage(1000, 2828), 60, 80), 60, 1500)
    const together = findPapersTogether(page)
    expect(together).toMatchObject({ isSure: true })
    expect(together!.places[1]!.y).toBeGreaterThan(540)
    expect(together!.places[1]!.y).toBeLessThan(1500)
  })

  it('are told to be there where they cannot be parted', () => {
    const page = writeLetter(new WrittenPage(1000, 2828), 60, 80)
    for (let at = 0; at < 20; at++) page.line(60, 1300 + 60 * at, '订购数量单价金额合计')
    expect(findPapersTogether(page)).toMatchObject({ isSure: false })
  })
})

describe('titled papers below each other on one sheet', () => {
  it('are as many papers', async () => {
    const page = writeLetter(writeCancellation(new WrittenPage(1456, 2060), 100, 80), 100, 1100)
    const papers = await understandPage(page, blindTools)
    expect(papers.map(({ kind }) => kind)).toEqual(['cancellation-request', 'authorization-letter'])
    expect(valuesOf(papers[1])).toMatchObject({ legalName: '王建国', signedDate: '2026-11-20', enterpriseName: '厦门示例进出口有限公司' })
    expect(valuesOf(papers[0])).toMatchObject({ handlerName: '林晓梅', applicationDate: '2026-11-20' })
  })

  it('are one paper that cannot be told from others where a frame goes around both', async () => {
    const page = writeLetter(writeCancellation(new WrittenPage(1456, 2060), 100, 80), 100, 1100)
    page.cells.push({ box: { x: 60, y: 300, width: 1000, height: 1000 } })
    const papers = await understandPage(page, blindTools)
    expect(papers).toHaveLength(1)
    expect(papers[0]).toMatchObject({ isBesideOthers: true })
  })

  it('are one where the title is named again in a sentence', async () => {
    const page = writeCancellation(new WrittenPage(1456, 2060), 100, 80).line(100, 1000, '《企业注销申请表》需一式两份')
    expect(await kindsOf(page)).toEqual(['cancellation-request'])
    expect((await understandPage(page, blindTools))[0]).not.toHaveProperty('isBesideOthers')
  })
})
