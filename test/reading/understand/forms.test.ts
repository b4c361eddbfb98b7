// Longer than 400 lines: each case writes the page that it is about, and all five forms share their labels.
import { describe, expect, it } from 'vitest'
import type { PageTools, Rectangle, TextLine } from '../../../src/reading/page.ts'
import { understandPage } from '../../../src/reading/understand/understand-page.ts'
import { blindTools, valuesOf, WrittenPage } from './write-page.ts'

const read = async (page: WrittenPage) => (await understandPage(page, blindTools))[0]
const code = '91350206MA2XM00A2T'

/** One holder's block in cells, as the guide prints it. */
function holderRows(
  page: WrittenPage,
  y: number,
  holder: { name: string; sex: string; number: string; birth: string; phone: string; fax: string },
): void {
  page
    .row(100, y, 60, [
      [180, '持卡人姓名'],
      [400, holder.name],
      [180, '性 别'],
      [280, holder.sex],
    ])
    .row(100, y + 60, 60, [
      [180, '学 历'],
      [400, '大专'],
      [180, '证件类别'],
      [280, '居民身份证'],
    ])
    .row(100, y + 120, 60, [
      [180, '证件号码'],
      [860, holder.number],
    ])
    .row(100, y + 180, 60, [
      [180, '出生日期'],
      [280, holder.birth],
      [180, '国籍(地区)'],
      [120, '中国'],
      [120, '职务'],
      [160, '经理'],
    ])
    .row(100, y + 240, 60, [
      [180, '用户地址'],
      [860, '福建省厦门市思明区鹭江道88号'],
    ])
    .row(100, y + 300, 60, [
      [180, '联系电话'],
      [400, holder.phone],
      [180, '传 真'],
      [280, holder.fax],
    ])
}

describe('a card form', () => {
  const title = '中国电子口岸数据中心厦门分中心电子口岸卡登记表'
  const legal = { name: '陈建国', sex: '男', number: '350203199001010018', birth: '1990年1月1日', phone: '13800138000', fax: '' }
  const operator = {
    name: '林小红',
    sex: '女',
    number: '350206198506150029',
    birth: '1985-06-15',
    phone: '13900139000',
    fax: '0592-5653395',
  }

  const [nationality] = new WrittenPage().line(750, 365, '中国转').lines as [TextLine]

  it('tells the fax from the phone where the label between them lies under a seal, and a word from the ink beside it', async () => {
    const page = new WrittenPage().line(250, 60, title, { size: 30 }).line(110, 130, '操作员卡持卡人基本信息')
    holderRows(page, 180, operator)
    const kept = page.lines.filter(({ text }) => text !== '传 真').map((line) => (line.text === '中国' ? nationality : line))
    page.lines.splice(0, page.lines.length, ...kept)
    // The seal hides the upright rules of the row too.
    page.cells.splice(0, page.cells.length, ...page.cells.filter(({ box }) => box.y !== 480))
    expect((await read(page))!.fields).toMatchObject({
      'operator.phone': { value: '13900139000' },
      'operator.fax': { value: '05925653395' },
      'operator.nationality': { value: '中国', certain: false },
    })
  })

  it('promises no day of birth that another stands against in a number which lost a figure', async () => {
    const dayBeside = async (number: string) => {
      const page = new WrittenPage().line(250, 60, title, { size: 30 }).line(110, 130, '操作员卡持卡人基本信息')
      holderRows(page, 180, { ...operator, number, birth: '1985年6月15日' })
      return (await read(page))!.fields['operator.birthDate']!
    }
    expect((await dayBeside('3502U19850615002X')).evidence).not.toContain('unusual')
    expect((await dayBeside('3502U19851215002X')).evidence).toContain('unusual')
  })

  it('takes letters of a heading that is written downwards beside the labels for no values', async () => {
    const page = new WrittenPage().line(250, 60, title, { size: 30 }).line(110, 130, '操作员卡持卡人基本信息')
    page.line(263, 300, '持卡人姓名').line(700, 300, '性别').line(960, 300, '女').line(263, 380, '证件类别').line(263, 460, '出生日期')
    page.line(226, 340, '法').line(226, 420, '茶').line(700, 1100, '申请单位签章:').line(760, 1200, '2026 年 11 月 20 日')
    expect(valuesOf(await read(page))).toMatchObject({ 'operator.holderName': null, 'operator.idType': null, 'operator.sex': '女' })
  })

  it('has its number on the row of its label where the rule above that was not seen', async () => {
    const page = new WrittenPage().line(250, 60, title, { size: 30 }).line(110, 130, '操作员卡持卡人基本信息')
    page
      .row(100, 180, 60, [
        [200, '持卡人姓名'],
        [800, '林小红'],
      ])
      .row(100, 240, 60, [[200, '证件类别']])
      .row(100, 300, 60, [[200, '证件号码']])
    // Both values stand in one cell.
    page.cells.push({ box: { x: 300, y: 240, width: 800, height: 88 } })
    page.line(310, 258, '居民身份证').line(310, 312, '350211197809062081')
    page.line(700, 1100, '申请单位签章:').line(760, 1200, '2026 年 11 月 20 日')
    expect((await read(page))!.fields).toMatchObject({
      'operator.idType': { value: '居民身份证' },
      'operator.idNumber': { value: '350211197809062081' },
    })
  })

  it('is read block by block, empty places staying null', async () => {
    const page = new WrittenPage().line(250, 60, title, { size: 30 }).line(110, 130, '法人卡持卡人基本信息')
    holderRows(page, 180, legal)
    page.line(110, 580, '操作员卡持卡人基本信息')
    holderRows(page, 620, operator)
    page.line(700, 1100, '申请单位签章:').line(760, 1200, '2026 年 11 月 20 日')
    const paper = await read(page)
    expect(paper!.kind).toBe('card-form')
    const values = valuesOf(paper)
    expect(values).toMatchObject({
      'legal.holderName': '陈建国',
      'legal.sex': '男',
      'legal.education': '大专',
      'legal.idType': '居民身份证',
      'legal.idNumber': '350203199001010018',
      'legal.birthDate': '1990-01-01',
      'legal.nationality': '中国',
      'legal.position': '经理',
      'legal.address': '福建省厦门市思明区鹭江道88号',
      'legal.phone': '13800138000',
      'legal.fax': null,
      'operator.holderName': '林小红',
      'operator.birthDate': '1985-06-15',
      'operator.fax': '05925653395',
      signedDate: '2026-11-20',
    })
    expect(paper!.fields['legal.birthDate']!.certain).toBe(true)
    expect(paper!.fields['legal.birthDate']!.evidence).toContain('agrees:legal.idNumber')
  })

  /** A column for each person: the labels stand once. */
  const personRows = (first: string, second: string, phone: string) =>
    [
      ['项目', first, second],
      ['持卡人姓名', legal.name, operator.name],
      ['性别', legal.sex, operator.sex],
      ['证件号码', legal.number, operator.number],
      ['出生日期', legal.birth, operator.birth],
      ['用户地址', '厦门市湖里区\n象兴一路11号', '厦门市思明区\n鹭江道88号'],
      ['联系电话', legal.phone, phone],
      ['传真', '', operator.fax],
    ] as const

  it('gives a label that was found once to the person above whose heading it does not stand', async () => {
    const page = new WrittenPage().line(250, 60, title, { size: 30 }).line(110, 130, '法人卡持卡人基本信息')
    page.line(110, 180, `持卡人姓名：${legal.name}`).line(110, 230, `证件号码：${legal.number}`)
    page.line(110, 300, '用户地址：厦门市湖里区象兴一路11号').line(110, 350, `联系电话：${legal.phone}`)
    // The labels of the operator's address and telephone lie under a seal.
    page
      .line(110, 390, '操作员卡持卡人基本信息')
      .line(110, 420, `持卡人姓名：${operator.name}`)
      .line(110, 470, `证件号码：${operator.number}`)
    page.line(700, 900, '申请单位签章:').line(700, 1000, '2026 年 11 月 20 日')
    expect(valuesOf(await read(page))).toMatchObject({
      'legal.phone': legal.phone,
      'operator.holderName': operator.name,
      'operator.phone': null,
    })
  })

  it('is read column by column where the labels stand once and each person has a column', async () => {
    const page = new WrittenPage().line(250, 60, title, { size: 30 })
    const rows = personRows('法人卡持卡人基本信息', '操作员卡持卡人基本信息', '')
    for (const [at, [label, one, other]] of rows.entries())
      page.row(100, 130 + at * 80, 80, [
        [200, label],
        [400, one],
        [400, other],
      ])
    page.line(700, 900, '申请单位签章:').line(700, 1000, '2026 年 11 月 20 日')
    expect(valuesOf(await read(page))).toMatchObject({
      'legal.holderName': '陈建国',
      'operator.holderName': '林小红',
      'legal.idNumber': legal.number,
      'operator.idNumber': operator.number,
      'legal.birthDate': '1990-01-01',
      'operator.birthDate': '1985-06-15',
      'legal.address': '厦门市湖里区象兴一路11号',
      'operator.address': '厦门市思明区鹭江道88号',
      'legal.phone': '13800138000',
      'operator.phone': null,
      'legal.fax': null,
      'operator.fax': '05925653395',
      signedDate: '2026-11-20',
    })
  })

  it('has empty rooms for the person of the first column though the column of the labels is as wide', async () => {
    const page = new WrittenPage().line(250, 60, title, { size: 30 })
    const rows = personRows('法人卡持卡人', '操作员卡持卡人', '13900139000')
    for (const [at, [label, one, other]] of rows.entries())
      page.row(
        100,
        130 + at * 80,
        80,
        [label, at === 0 ? `      ${one}` : '', at === 0 ? `      ${other}` : other].map((text) => [340, text] as const),
      )
    page.line(700, 900, '申请单位签章:').line(700, 1000, '2026 年 11 月 20 日')
    const onLabels: PageTools = { ...blindTools, strokesIn: (box) => (box.x < 300 ? [box] : []) }
    const [paper] = await understandPage(page, onLabels)
    expect(paper!.fields['legal.holderName']).toMatchObject({ value: null, certain: true })
    expect(paper!.fields['operator.holderName']!.value).toBe('林小红')
  })

  it('has the value that begins right at the rule behind a label which is drawn out over its cell', async () => {
    const page = new WrittenPage().line(250, 60, title, { size: 30 }).line(110, 130, '操作员卡持卡人基本信息')
    holderRows(page, 180, operator)
    const address = page.lines.find(({ text }) => text.startsWith('福建省'))!
    const label = page.lines.find(({ text }) => text === '用户地址')!
    // Both are seen wider than they are.
    const wide = new WrittenPage().line(112, 438, '用户地址', { size: 46 }).lines[0]!
    page.lines.splice(page.lines.indexOf(label), 1, wide)
    page.lines.splice(page.lines.indexOf(address), 1, ...new WrittenPage().line(266, 438, address.text).lines)
    expect(valuesOf(await read(page))).toMatchObject({ 'operator.address': address.text })
  })

  it('takes the sex below its label for no part of a name on a sheet that lies askew', async () => {
    const page = new WrittenPage().line(250, 60, title, { size: 30 }).line(101, 171, '法人卡持卡人基本信息', { size: 31 })
    page.line(569, 206, '性别', { size: 31 }).line(109, 212, '姓名', { size: 31 })
    page.line(574, 233, '女', { size: 43 }).line(106, 232, '张建秀', { size: 49 })
    page.row(100, 290, 70, [
      [550, '学历\n大专'],
      [550, '证件类别\n居民身份证'],
    ])
    page.row(100, 360, 70, [[1100, '证件号码\n360730197712063043']])
    expect(valuesOf(await read(page))).toMatchObject({ 'legal.holderName': '张建秀', 'legal.sex': '女' })
  })

  it('has its day though words of a heading that is written downwards stand on its row', async () => {
    const page = new WrittenPage().line(250, 60, title, { size: 30 })
    page.line(272, 188, '持卡人姓名').line(432, 188, operator.name).line(272, 250, '证件号码').line(432, 250, operator.number)
    page.line(272, 310, '用户地址').line(433, 310, '厦门市湖里区象兴一路11号').line(272, 370, '联系电话').line(438, 370, operator.phone)
    page.line(272, 420, '申请单位签章:').line(150, 640, '持卡人').line(800, 640, '2026年11月17日')
    expect(valuesOf(await read(page)).signedDate).toBe('2026-11-17')
  })

  it('is read row by row where the rule at the end of the last column was not seen', async () => {
    const page = new WrittenPage().line(250, 60, title, { size: 30 })
    const rows = personRows('法人卡持卡人', '操作员卡持卡人', '13900139000')
    for (const [at, [label, one, other]] of rows.entries()) {
      const [y, height] = at < 5 ? [130 + at * 60, 60] : at === 5 ? [430, 76] : [506 + (at - 6) * 50, 50]
      const cells = [
        [200, label],
        [400, one],
        [400, other],
      ] as const
      page.row(100, y, height, cells, { size: at < 5 ? 24 : 32 })
    }
    page.cells.splice(0, page.cells.length, ...page.cells.filter(({ box }) => box.x < 700))
    page.line(100, 640, '申请单位签章:').line(700, 720, '2026 年 11 月 20 日')
    expect(valuesOf(await read(page))).toMatchObject({
      'operator.address': '厦门市思明区鹭江道88号',
      'operator.phone': '13900139000',
      'operator.fax': '05925653395',
    })
  })

  it('has a number in groups read whole where its check digit does not hold', async () => {
    const page = new WrittenPage().line(400, 60, '中国电子口岸卡登记表', { size: 32 }).line(100, 120, '操作员卡持卡人基本信息')
    const rows = [
      ['持卡人姓名', '林小满'],
      ['证件号码', '360121 19890927 4565'],
    ] as const
    for (const [at, row] of rows.entries())
      page.row(
        100,
        160 + 60 * at,
        60,
        row.map((text) => [400, text] as const),
      )
    const { fields } = (await read(page))!
    expect(fields['operator.idNumber']).toMatchObject({ value: '360121198909274565' })
    expect(fields['operator.idNumber']!.evidence).not.toContain('struck-out')
  })

  it('takes no label out of the heading of a part that is written downwards', async () => {
    const page = new WrittenPage().line(300, 60, title, { size: 30 })
    for (const [at, letter] of Array.from('法人卡持卡人基本信息').entries()) page.line(64, 140 + 34 * at, letter)
    holderRows(page, 140, { name: '', sex: '', number: '', birth: '', phone: '', fax: '' })
    holderRows(page, 560, operator)
    expect((await read(page))!.fields).toMatchObject({ 'operator.holderName': { value: operator.name } })
    expect((await read(page))!.fields['legal.holderName']!.value).toBeNull()
  })

  it('takes no figure of the row below for the end of a label', async () => {
    const page = new WrittenPage().line(400, 60, '中国电子口岸卡登记表', { size: 32 }).line(100, 120, '操作员卡持卡人基本信息')
    const rows = [
      ['证件类别', '身份证', '证件号码', '350211199503100363'],
      ['出生日期', '1995.03.10', '国籍(地区)', '中国'],
    ] as const
    for (const [at, row] of rows.entries())
      page.row(
        100,
        160 + 36 * at,
        36,
        row.map((text) => [260, text] as const),
      )
    const paper = await read(page)
    expect(valuesOf(paper)).toMatchObject({ 'operator.idType': '身份证', 'operator.birthDate': '1995-03-10' })
  })

  it('has the sex below its label though it stands nearly level with the one of the name', async () => {
    const page = new WrittenPage()
      .line(400, 60, '中国电子口岸卡登记表', { size: 32 })
      .line(100, 120, '法人卡持卡人基本信息')
      .line(569, 206, '性别', { size: 28 })
      .line(109, 212, '姓名', { size: 30 })
      .line(574, 231, '女', { size: 38 })
      .line(106, 232, '张建秀', { size: 38 })
      .line(109, 355, '证件号码')
      .line(103, 382, '360730197712063043', { size: 34 })
    expect(valuesOf(await read(page))).toMatchObject({ 'legal.holderName': '张建秀', 'legal.sex': '女' })
  })

  it('takes no letter of the label below a value for the end of another label', async () => {
    const page = new WrittenPage().line(400, 60, '中国电子口岸卡登记表', { size: 32 }).line(100, 120, '法人卡持卡人基本信息')
    holderRows(page, 160, operator)
    page.row(100, 560, 36, [
      [160, '学历'],
      [300, '本科'],
      [160, '证件类别'],
      [140, '身份证'],
    ])
    page.row(100, 596, 36, [
      [160, '国籍(地区)'],
      [300, '中国'],
      [160, '传真'],
      [60, '职务'],
      [160, '法定代表人'],
    ])
    const values = valuesOf(await read(page))
    expect([values['operator.idType'], values['operator.position']]).toEqual(['身份证', '法定代表人'])
  })

  it('is read where the values stand in the middle of their rooms, below the labels, and no frame was seen', async () => {
    const page = new WrittenPage().line(250, 60, title, { size: 30 }).line(110, 130, '操作员卡持卡人基本信息')
    const rows = [
      ['持卡人姓名/Cardholder', '陈建国', '性别/Sex', '男'],
      ['学历/Education', '本科', '职务/Position', '报关员'],
      ['证件类别', '身份证', '国籍(地区)', '中国'],
      ['用户地址', '福建省厦门市湖里区象兴一路88号', '联系电话', '13806012345'],
    ] as const
    for (const [at, [left, leftValue, right, rightValue]] of rows.entries()) {
      const y = 170 + 80 * at
      page.line(110, y, left, { size: 18 }).line(620, y, right, { size: 18 })
      page.line(at === 3 ? 200 : 320, y + 30, leftValue, { size: 26 }).line(840, y + 30, rightValue, { size: 26 })
    }
    expect(valuesOf(await read(page))).toMatchObject({
      'operator.holderName': '陈建国',
      'operator.sex': '男',
      'operator.education': '本科',
      'operator.position': '报关员',
      'operator.idType': '身份证',
      'operator.nationality': '中国',
      'operator.address': '福建省厦门市湖里区象兴一路88号',
      'operator.phone': '13806012345',
    })
  })

  it('takes the second line of a label for no value', async () => {
    const page = new WrittenPage().line(250, 60, title, { size: 30 }).line(110, 130, '法人卡持卡人基本信息')
    page.row(100, 180, 80, [
      [180, ''],
      [400, '中国'],
    ])
    page.line(110, 190, '国籍', { size: 40 }).line(110, 226, '(地区)', { size: 24 })
    page.line(110, 300, '持卡人姓名:陈建国')
    expect(valuesOf(await read(page))['legal.nationality']).toBe('中国')
  })

  it('knows the operator by the heading when only that block is on the sheet', async () => {
    const page = new WrittenPage().line(250, 60, title, { size: 30 }).line(110, 580, '操作员卡持卡人基本信息')
    holderRows(page, 620, operator)
    const values = valuesOf(await read(page))
    expect(values['operator.holderName']).toBe('林小红')
    expect(values['legal.holderName']).toBeNull()
  })

  it('is read where the blocks stand side by side without rules, and the labels are misread', async () => {
    const page = new WrittenPage(1754, 1240).line(500, 40, '电于口岸卡登记表', { size: 34 })
    page.line(100, 120, '法人卡持卡人基本信急').line(900, 120, '操作员卡持卡人基本信息')
    for (const [x, one] of [
      [100, legal],
      [900, operator],
    ] as const) {
      page
        .line(x, 180, `持卡人姓名:${one.name}`)
        .line(x, 230, `性别:${one.sex}`)
        .line(x, 280, `证件号玛:${one.number}`)
        .line(x, 330, `出生日期:${one.birth}`)
        .line(x, 380, `联糸电话:${one.phone}`)
    }
    const values = valuesOf(await read(page))
    expect(values).toMatchObject({
      'legal.holderName': '陈建国',
      'legal.idNumber': legal.number,
      'legal.phone': '13800138000',
      'operator.holderName': '林小红',
      'operator.idNumber': operator.number,
      'operator.phone': '13900139000',
    })
  })
})

it('takes the value at the begin of its cell though the label drawn apart in the cell before is measured beyond the rule', async () => {
  const page = new WrittenPage()
    .line(300, 60, '中国电子口岸数据中心厦门分中心电子口岸卡登记表', { size: 30 })
    .line(500, 120, '操作员卡持卡人基本信息')
    .row(100, 160, 60, [
      [150, '持卡人姓名'],
      [300, '陈小红'],
      [150, '性别'],
      [440, '女'],
    ])
    .row(100, 220, 60, [
      [150, '证件号码'],
      [890, '350203199001010018'],
    ])
    .row(100, 280, 60, [
      [120, ''],
      [920, ''],
    ])
    .line(96, 296, '用 户 地 址', { size: 30 })
    .line(222, 298, '厦门市湖里区象兴一路88号')
    .line(100, 400, '申请单位签章:')
  expect(valuesOf(await read(page))).toMatchObject({ 'operator.address': '厦门市湖里区象兴一路88号' })
})

describe('a change request', () => {
  it('has the code beside its label though a printed sentence holds the same words, be the code wrong', async () => {
    const page = new WrittenPage()
      .line(300, 60, '中国电子口岸数据中心厦门分中心业务变更申请表', { size: 30 })
      .row(100, 140, 60, [
        [260, '统一社会信用代码'],
        [780, '91350206MA2XM00A2X'],
      ])
      .line(110, 330, '变更内容:企业名称变更。')
    expect(valuesOf(await read(page))['uscc']).toBe('91350206MA2XM00A2X')
  })

  it('keeps the free text whole although it holds words that are labels', async () => {
    const page = new WrittenPage()
      .line(300, 60, '中国电子口岸数据中心厦门分中心业务变更申请表', { size: 30 })
      .row(100, 140, 60, [
        [260, '公司名称'],
        [780, '厦门示例进出口有限公司'],
      ])
      .row(100, 200, 60, [
        [260, '统一社会信用代码'],
        [780, code],
      ])
      .row(100, 260, 60, [
        [200, '联系人'],
        [320, '林小明'],
        [200, '联系电话'],
        [320, '0592-5653395'],
      ])
    page.cells.push({ box: { x: 100, y: 320, width: 1040, height: 500 } })
    page
      .line(110, 330, '变更内容:')
      .line(130, 380, '联系电话由0592-1111111变更为0592-5653395;')
      .line(130, 420, '企业名称由厦门旧名有限公司变更为厦门示例进出口有限公司')
      .line(700, 700, '申请单位签章:')
      .line(800, 760, '2026年11月3日')
      .line(110, 840, '备注:操作员卡一并变更')
      .line(100, 900, '注:请在递交申请二个工作日后访问http://icapprove.xmeport.cn/,输入企业组织机构代码', { size: 18 })
    expect(valuesOf(await read(page))).toEqual({
      enterpriseName: '厦门示例进出口有限公司',
      uscc: code,
      contactName: '林小明',
      contactPhone: '05925653395',
      changes: '联系电话由0592-1111111变更为0592-5653395；企业名称由厦门旧名有限公司变更为厦门示例进出口有限公司',
      remarks: '操作员卡一并变更',
      signedDate: '2026-11-03',
    })
  })
})

it('a day written in eight figures below the place of the seal is the day it was signed', async () => {
  const page = new WrittenPage()
    .line(300, 60, '中国电子口岸数据中心厦门分中心业务变更申请表', { size: 30 })
    .line(100, 160, '公司名称:厦门示例进出口有限公司')
    .line(100, 220, '联系人:林小明')
    .line(700, 220, '联系电话:13800138000')
    .line(100, 300, '变更内容:')
    .line(130, 360, '法定代表人由林小明变更为陈大文')
    .line(100, 600, '申请单位签章:')
    .line(800, 760, '20261103')
    .line(100, 840, '备注:')
  expect(valuesOf(await read(page))).toMatchObject({ contactPhone: '13800138000', signedDate: '2026-11-03' })
})

it('what is to be changed stands at the upper edge of a cell whose rules a seal hides; the date below is none of it', async () => {
  const page = (date: string) =>
    new WrittenPage()
      .line(300, 60, '中国电子口岸数据中心厦门分中心业务变更申请表', { size: 30 })
      .line(110, 150, '公司名称')
      .line(350, 150, '厦门示例进出口有限公司')
      .line(110, 200, '联系人')
      .line(350, 200, '林小明')
      .line(110, 400, '变更内容')
      .line(110, 700, '申请单位签章')
      .line(900, 780, date)
  const changed = page('2026/11/19').line(350, 260, '企业名称由厦门旧名有限公司变更为厦门示例进出口有限公司。')
  expect((await read(changed))!.fields).toMatchObject({
    changes: { value: '企业名称由厦门旧名有限公司变更为厦门示例进出口有限公司。', certain: false },
    signedDate: { value: '2026-11-19' },
  })
  expect((await read(page('2026/11/19')))!.fields['changes']).toMatchObject({ value: null, certain: false })
})

it('what is to be changed is blank where no ink stands from the row above to the row below, but for the dark side of the sheet', async () => {
  const page = new WrittenPage()
    .line(300, 60, '中国电子口岸数据中心厦门分中心业务变更申请表', { size: 30 })
    .line(110, 150, '公司名称')
    .line(350, 150, '厦门示例进出口有限公司')
    .line(110, 200, '统一社会信用代码')
    .line(350, 200, code)
    .line(110, 250, '联系人')
    .line(350, 250, '林小明')
    .line(700, 250, '联系电话')
    .line(850, 250, '13800138000')
    .line(110, 450, '变更内容')
    .line(110, 700, '申请单位签章')
    .line(900, 780, '2026年11月19日')
  const among = (ink: Rectangle) => (room: Rectangle) => {
    const shade = { x: 1210, y: room.y, width: 20, height: room.height }
    const isIn = ink.x > room.x && ink.y >= room.y && ink.y < room.y + room.height
    return isIn ? [shade, ink] : [shade]
  }
  const changes = async (ink: Rectangle) => (await understandPage(page, { ...blindTools, strokesIn: among(ink) }))[0]!.fields['changes']
  expect(await changes({ x: 0, y: 0, width: 1, height: 1 })).toMatchObject({ value: null, certain: true })
  // Words that nobody recognised stand above the label.
  expect(await changes({ x: 360, y: 320, width: 200, height: 24 })).toMatchObject({ value: null, certain: false })
})

describe('a cancellation request', () => {
  it("takes the enterprise's date, not the office's, and every operator card", async () => {
    const page = new WrittenPage()
      .line(300, 60, '中国电子口岸数据中心厦门分中心企业注销申请表', { size: 30 })
      .row(100, 140, 60, [
        [300, '公司名称'],
        [740, '厦门示例进出口有限公司'],
      ])
      .row(100, 200, 60, [
        [300, '统一社会信用代码'],
        [740, code],
      ])
      .row(100, 260, 60, [
        [300, '经办人'],
        [740, '林小明'],
      ])
      .row(100, 320, 60, [
        [300, '联系电话'],
        [740, '13800138000'],
      ])
      .row(100, 380, 60, [
        [300, '电子口岸法人卡号'],
        [740, '350212000001'],
      ])
      .row(100, 440, 100, [
        [300, '电子口岸操作员\n卡号'],
        [740, '350212000002、350212000003\n350212000004'],
      ])
      .line(500, 600, '公司签章:')
      .line(500, 680, '办理日期:2026年11月20日')
      .line(500, 800, '制卡中心审核:')
      .line(500, 880, '办理日期:2026年11月25日')
    expect(valuesOf(await read(page))).toEqual({
      enterpriseName: '厦门示例进出口有限公司',
      uscc: code,
      handlerName: '林小明',
      handlerPhone: '13800138000',
      legalCardNumber: '350212000001',
      operatorCardNumbers: ['350212000002', '350212000003', '350212000004'],
      applicationDate: '2026-11-20',
    })
  })
})

it('card numbers of which a seal took the point between them, or a figure, are read once more by themselves', async () => {
  const page = (numbers: string) =>
    new WrittenPage()
      .line(300, 60, '中国电子口岸数据中心厦门分中心企业注销申请表', { size: 30 })
      .row(100, 140, 60, [
        [300, '公司名称'],
        [740, '厦门示例进出口有限公司'],
      ])
      .row(100, 200, 60, [
        [300, '电子口岸法人卡号'],
        [740, '8600458457670'],
      ])
      .row(100, 260, 60, [
        [300, '电子口岸操作员卡号'],
        [740, numbers],
      ])
  const readAs = async (first: string, again: string) => {
    const [line] = new WrittenPage().line(400, 270, again).lines
    const [paper] = await understandPage(page(first), { ...blindTools, readAgain: () => Promise.resolve(line!) })
    return paper!.fields['operatorCardNumbers']
  }
  const both = ['8600770909022', '8600915349089']
  expect(await readAs('8600770909022860091539089', both.join('、'))).toMatchObject({ value: both, certain: false })
  expect(await readAs('860077090922', both[0]!)).toMatchObject({ value: [both[0]], certain: false })
  expect(await readAs('860077090922', '86007709092')).toMatchObject({ value: ['860077090922'] })
})

it('takes the office’s place for a date, left blank, for no word on the enterprise’s, whose label a seal hides', async () => {
  const page = new WrittenPage().line(400, 60, '中国电子口岸数据中心厦门分中心企业注销申请表', { size: 30 })
  page.line(100, 160, '公司名称:厦门示例进出口有限公司').line(100, 220, `统一社会信用代码:${code}`)
  page.line(100, 280, '经办人:林小明').line(100, 340, '联系电话:13800138000').line(100, 400, '电子口岸法人卡号:8600000012345')
  page.line(100, 460, '电子口岸操作员卡号:8600000012346')
  page.line(600, 800, '制卡中心审核:').line(600, 900, '办理日期:')
  const [paper] = await understandPage(page, { ...blindTools, strokesIn: () => [] })
  expect(paper!.fields.applicationDate).toMatchObject({ value: null, certain: false })
})

it('reads a day that was passed over in the upper of its two places, the enterprise’s', async () => {
  const page = new WrittenPage()
    .line(300, 60, '中国电子口岸数据中心厦门分中心企业注销申请表', { size: 30 })
    .row(100, 140, 60, [
      [300, '公司名称'],
      [740, '厦门示例进出口有限公司'],
    ])
    .line(500, 500, '公司签章:')
    .line(500, 600, '办理日期:')
    .line(500, 800, '制卡中心审核:')
    .line(500, 900, '办理日期:')
  const [line] = new WrittenPage().line(630, 600, '2026年八月13日').lines
  const [paper] = await understandPage(page, {
    ...blindTools,
    strokesIn: (box) => (box.y < 700 && box.y > 550 ? [{ x: 630, y: 602, width: 160, height: 20 }] : []),
    readAgain: (box) => Promise.resolve(box.y < 700 && box.y > 550 ? line! : null),
  })
  expect(paper!.fields['applicationDate']).toMatchObject({ value: '2026-11-13', certain: false })
})

describe('an authorisation letter', () => {
  it('is read from its lines, the title cut off', async () => {
    const page = new WrittenPage()
      .line(150, 120, '一、我司承诺在办理该业务时提供和录入的所有资料和表格均具备真实性、有效性,我司均予以承认。', { size: 20 })
      .line(150, 300, '收件地址:厦门市湖里区象兴一路88号')
      .line(150, 350, '收件人:王小红')
      .line(150, 400, '联系电话:13900139000')
      .line(600, 500, '公司名称(盖章):厦门示例进出口有限公司')
      .line(600, 550, '法人姓名:陈建国')
      .line(600, 600, '法人电话(手机):13800138000')
      .line(600, 650, '签署日期:二〇二六年十一月二十日')
      .line(400, 720, '(此委托书需如实填写完整并加盖单位公章生效)')
    const paper = await read(page)
    expect(paper!.kind).toBe('authorization-letter')
    expect(valuesOf(paper)).toEqual({
      recipientAddress: '厦门市湖里区象兴一路88号',
      recipientName: '王小红',
      recipientPhone: '13900139000',
      enterpriseName: '厦门示例进出口有限公司',
      legalName: '陈建国',
      legalPhone: '13800138000',
      signedDate: '2026-11-20',
    })
  })

  it('takes the name on the line of its label, not what a ring above it was misread for', async () => {
    const page = new WrittenPage()
      .line(500, 60, '授权委托书', { size: 34 })
      .line(150, 300, '收件地址:厦门市湖里区象兴一路88号')
      .line(150, 500, '公司名称(盖章):厦门示例进出口有限公司')
      .line(380, 538, 'satae', { confidence: 0.25 })
      .line(150, 550, '法人姓名:刘曦')
      .line(150, 600, '法人电话(手机):13800138000')
    expect(valuesOf(await read(page)).legalName).toBe('刘曦')
  })

  it('takes the end of a label under a seal, misread as a character more, for no name where one stands in the cell beside', async () => {
    const page = new WrittenPage()
      .line(500, 60, '授权委托书', { size: 34 })
      .line(150, 300, '收件地址')
      .line(600, 300, '厦门市湖里区象兴一路88号')
      .line(150, 500, '公司名称(盖章)')
      .line(600, 500, '厦门示例进出口有限公司')
      .line(150, 550, '法定代表人姓名号')
      .line(700, 550, '陈国华')
    expect(valuesOf(await read(page)).legalName).toBe('陈国华')
  })

  it('takes what a seal left of its label for no name, and no label behind a name for its end', async () => {
    const page = new WrittenPage().line(500, 60, '授权委托书', { size: 34 })
    page.line(100, 200, '收件地址:').line(400, 200, '厦门市湖里区象兴一路11号')
    page.line(100, 260, '收件人姓茗').line(400, 260, '简海滢').line(100, 320, '联系电话:').line(400, 320, '13800138000')
    page.line(100, 380, '公司名称:').line(400, 380, '厦门示例进出口有限公司统一社会信位')
    expect(valuesOf(await read(page))).toMatchObject({
      recipientName: '简海滢',
      enterpriseName: '厦门示例进出口有限公司',
    })
  })

  it('has a kind of paper that was begun on the line above that of its label', async () => {
    const form = (above: string, own: string) =>
      new WrittenPage()
        .line(400, 60, '电子口岸卡登记表', { size: 32 })
        .line(100, 120, '操作员卡持卡人基本信息')
        .line(100, 160, '持卡人姓名:林宗翰')
        .line(280, 205, above)
        .line(100, 240, '证件类别:')
        .line(280, 238, own)
        .line(100, 280, '证件号码:67085369')
    expect(valuesOf(await read(form('台湾居民来往大陆通行', '证')))['operator.idType']).toBe('台湾居民来往大陆通行证')
    expect(valuesOf(await read(form('台湾居民来往大陆通行', '护照')))['operator.idType']).toBe('护照')
  })

  it('has values that were begun on the line above that of their label, and none that stand there by themselves', async () => {
    const page = new WrittenPage()
      .line(500, 60, '授权委托书', { size: 34 })
      .line(280, 265, '福建省厦门市翔安区火炬大道735号5#厂房4楼东')
      .line(150, 300, '收件地址:')
      .line(280, 298, '侧')
      .line(150, 350, '收件人:王小红')
      .line(150, 400, '联系电话:13900139000')
      .line(790, 465, '福建省示例供应链管理有')
      .line(600, 500, '公司名称(盖章):')
      .line(790, 498, '限公司厦门分公司')
    const { recipientAddress, enterpriseName } = valuesOf(await read(page))
    expect(recipientAddress).toBe('福建省厦门市翔安区火炬大道735号5#厂房4楼东侧')
    expect(enterpriseName).toBe('福建省示例供应链管理有限公司厦门分公司')
    const whole = new WrittenPage()
      .line(500, 60, '授权委托书', { size: 34 })
      .line(280, 265, '福建省厦门市翔安区火炬大道735号5#厂房4楼东侧')
      .line(150, 300, '收件地址:')
      .line(280, 298, '厦门市湖里区象兴一路88号')
      .line(150, 350, '收件人:王小红')
      .line(150, 400, '联系电话:13900139000')
      .line(790, 465, '福建省示例供应链管理有限公司')
      .line(600, 500, '公司名称(盖章):')
      .line(790, 498, '厦门示例进出口有限公司')
    expect(valuesOf(await read(whole))).toMatchObject({
      recipientAddress: '厦门市湖里区象兴一路88号',
      enterpriseName: '厦门示例进出口有限公司',
    })
  })

  it('knows the telephone of the legal person though the last character of its label was lost', async () => {
    const page = new WrittenPage().line(400, 60, '授权委托书', { size: 40 }).line(100, 120, '中国电子口岸数据中心厦门分中心:')
    page.line(100, 200, '收件地址:厦门市湖里区象兴一路11号').line(100, 260, '收件人:林小红').line(100, 320, '联系电话:13900139000')
    page.line(100, 500, '公司名称(盖章)厦门示例进出口有限公司').line(100, 560, '法人姓名张泽')
    page.line(100, 620, '法定代表人电').line(310, 620, '13846275634').line(100, 680, '签署日期:2026.11.20')
    expect(valuesOf(await read(page))).toMatchObject({ legalName: '张泽', legalPhone: '13846275634' })
  })

  it('leaves a date that nobody filled in null', async () => {
    const page = new WrittenPage()
      .line(500, 60, '授权委托书', { size: 34 })
      .line(150, 300, '收件地址:')
      .line(150, 350, '收件人:')
      .line(150, 400, '联系电话:')
      .line(600, 650, '签署日期:     年    月    日')
    expect(Object.values(valuesOf(await read(page))).every((value) => value === null)).toBe(true)
  })
})

it('reads a label and its value once where their lines overlap by several characters', async () => {
  const page = new WrittenPage()
    .line(400, 60, '制卡业务受理登记表', { size: 32 })
    .line(100, 160, '企业名称:厦门示例进出口有限公司')
    .line(100, 220, '经办人:林小满')
    .line(100, 280, '收件地址:')
    .line(172, 281, '址:福建省厦门市湖里区祥平街道26弄15号')
    .line(100, 340, '收件人:王芳')
  expect(valuesOf(await read(page)).recipientAddress).toBe('福建省厦门市湖里区祥平街道26弄15号')
})

it('takes the half of a label that the line of its value begins in for no letter of it', async () => {
  const address = '福建省厦门市湖里区祥平街道26弄15号'
  const page = new WrittenPage()
    .line(400, 60, '营业执照', { size: 60 })
    .line(100, 220, '名', { size: 36 })
    .line(244, 220, '称', { size: 36 })
    .line(300, 224, '厦门示例进出口有限公司')
    .line(100, 280, '住', { size: 36 })
    .line(244, 280, '所', { size: 36, confidence: 0.99 })
    .line(262, 284, `广${address}`, { doubts: { 0: [['广', 0.7]] } })
    .line(100, 340, '法定代表人', { size: 36 })
    .line(300, 344, '王芳')
  expect(valuesOf(await read(page)).address).toBe(address)
})

it('takes what follows a label for no further line of an address above', async () => {
  const page = new WrittenPage()
    .line(400, 60, '制卡业务受理登记表', { size: 32 })
    .line(100, 160, '收件地址:重庆市渝北区厦禾路100号5楼713室')
    .line(100, 195, '收件人:连玲怡')
    .line(300, 195, '联系电话:1')
    .line(420, 195, '15965187057')
  expect(valuesOf(await read(page)).recipientAddress).toBe('重庆市渝北区厦禾路100号5楼713室')
})

it('takes letters of a ring behind the value of another label for no further line of an address above', async () => {
  const page = new WrittenPage().line(400, 60, '制卡业务受理登记表', { size: 32 })
  page.cells.push({ box: { x: 80, y: 150, width: 1000, height: 130 } })
  page
    .line(100, 160, '收件地址:厦门市湖里区象兴一路88号5#厂房4楼西侧')
    .line(100, 205, '收件人:林小满')
    .line(400, 205, '联系电话: 13800138000')
    .line(850, 212, '出口', { size: 27 })
  expect(valuesOf(await read(page)).recipientAddress).toBe('厦门市湖里区象兴一路88号5#厂房4楼西侧')
})

it('takes a telephone for no further line of an address, however far off its label stands on its row', async () => {
  const page = new WrittenPage()
    .line(400, 60, '制卡业务受理登记表', { size: 32 })
    .line(100, 160, '企业名称')
    .line(600, 160, '厦门示例进出口有限公司')
    .line(100, 220, '经办人')
    .line(230, 220, '林小满')
    .line(100, 300, '收件地址')
    .line(600, 300, '厦门市湖里区象兴一路88号12楼')
    .line(100, 334, '联系电话')
    .line(600, 334, '13800138000')
  expect(valuesOf(await read(page))).toMatchObject({
    handlerName: '林小满',
    recipientAddress: '厦门市湖里区象兴一路88号12楼',
    recipientPhone: '13800138000',
  })
})

it('knows a label before a colon of which one letter was passed over', async () => {
  const page = new WrittenPage()
    .line(400, 60, '制卡业务受理登记表', { size: 32 })
    .line(100, 160, '企业名称:厦门示例进出口有限公司')
    .line(100, 220, '收件地:福建省厦门市湖里区祥平街道26弄15号')
    .line(100, 280, '收件人:王芳')
  expect(valuesOf(await read(page)).recipientAddress).toBe('福建省厦门市湖里区祥平街道26弄15号')
})

it('knows a label drawn apart over its cell of which the first letter is lost, and the end of one read with its value', async () => {
  const page = new WrittenPage()
    .line(400, 60, '企业注销申请表', { size: 32 })
    .line(130, 160, '司名称厦门示例进出口有限公司')
    .line(160, 220, '办')
    .line(220, 220, '人')
    .line(290, 220, '林小明')
    .line(600, 220, '联系电话')
    .line(760, 220, '13800138000')
    .line(130, 280, '电子口岸法人卡号')
    .line(400, 280, '1234567890123')
  expect(valuesOf(await read(page))).toMatchObject({ enterpriseName: '厦门示例进出口有限公司', handlerName: '林小明' })
})

it('knows a label of which the first letter is lost, above its value', async () => {
  const page = new WrittenPage()
    .line(400, 60, '制卡业务受理登记表', { size: 32 })
    .line(100, 160, '企业名称:厦门示例进出口有限公司')
    .line(100, 240, '件地址')
    .line(100, 280, '福建省厦门市湖里区祥平街道26弄15号')
    .line(100, 340, '收件人姓名')
    .line(100, 380, '王芳')
  expect(valuesOf(await read(page))).toMatchObject({ recipientAddress: '福建省厦门市湖里区祥平街道26弄15号', recipientName: '王芳' })
})

it('tells two labels, each with its value, from one that wrapped', async () => {
  const page = new WrittenPage()
    .line(400, 60, '企业注销申请表', { size: 32 })
    .line(200, 175, '公司名称')
    .line(400, 175, '厦门示例进出口有限公司')
    .line(200, 225, '经办人')
    .line(400, 225, '林小满')
    .line(200, 262, '联系电话')
    .line(400, 262, '13800138000')
    .line(160, 320, '电子口岸法人卡号')
    .line(400, 320, '1234567890123')
  const values = valuesOf(await read(page))
  expect([values.handlerName, values.handlerPhone]).toEqual(['林小满', '13800138000'])
})

it('tells two labels whose values begin right where their lines end from one that wrapped', async () => {
  const page = new WrittenPage()
    .line(400, 60, '制卡业务受理登记表', { size: 32 })
    .line(180, 175, '企业名称:厦门示例进出口有限公司')
    .line(213, 533, '经办人', { size: 36 })
    .line(318, 540, '林小满')
    .line(188, 575, '联系电话', { size: 36 })
    .line(330, 580, '13800138000')
  expect(valuesOf(await read(page))).toMatchObject({ handlerName: '林小满', handlerPhone: '13800138000' })
})

it('tells a label from the one below it that wrapped', async () => {
  const page = new WrittenPage()
    .line(400, 60, '企业注销申请表', { size: 32 })
    .line(200, 175, '公司名称')
    .line(400, 175, '厦门示例进出口有限公司')
    .line(200, 225, '经办人')
    .line(400, 225, '林小满')
    .line(200, 258, '联系')
    .line(200, 285, '电话')
    .line(400, 272, '13800138000')
    .line(160, 340, '电子口岸法人卡号')
    .line(400, 340, '1234567890123')
  const values = valuesOf(await read(page))
  expect([values.handlerName, values.handlerPhone]).toEqual(['林小满', '13800138000'])
})

it('leaves free text whole that begins with the words of a label, above the middle of its own', async () => {
  const page = new WrittenPage()
    .line(400, 60, '业务变更申请表', { size: 32 })
    .row(100, 160, 60, [
      [240, '企业名称'],
      [700, '厦门示例进出口有限公司'],
    ])
    .row(100, 220, 400, [
      [240, '变更内容'],
      [700, ''],
    ])
    .line(350, 240, '企业名称由厦门旧例有限公司变更为厦门示例进出口有限公司。')
    .row(100, 620, 60, [
      [240, '备注'],
      [700, '无'],
    ])
  const values = valuesOf(await read(page))
  expect(values.changes).toBe('企业名称由厦门旧例有限公司变更为厦门示例进出口有限公司。')
  expect(values.enterpriseName).toBe('厦门示例进出口有限公司')
})

it('puts a card number together that fell into pieces, and is not certain of it', async () => {
  const page = new WrittenPage()
    .line(400, 60, '企业注销申请表', { size: 32 })
    .line(100, 160, '公司名称:厦门示例进出口有限公司')
    .line(100, 220, '电子口岸法人卡号:8600800962', { source: 'text-layer', confidence: 1 })
    .line(440, 220, '78', { source: 'text-layer', confidence: 1 })
    .line(490, 220, '4', { source: 'text-layer', confidence: 1 })
  const paper = await read(page)
  expect(paper!.fields.legalCardNumber).toMatchObject({ value: '8600800962784', certain: false })
})

it('a surname misread as 注 begins no note, and a speck before a name is none of it', async () => {
  const named = async (name: string) => {
    const page = new WrittenPage()
      .line(400, 60, '企业注销申请表', { size: 32 })
      .line(100, 160, '公司名称:厦门示例进出口有限公司')
      .line(100, 220, `经办人:${name}`)
      .line(100, 280, '联系电话:13800138000')
      .line(100, 340, '电子口岸法人卡号:8600100000001')
      .line(100, 400, '电子口岸操作员卡号:8600100000002')
      .line(100, 900, '注：本表一式两份')
    return valuesOf(await read(page)).handlerName
  }
  expect(await named('注斌翰')).toBe('注斌翰')
  expect(await named('‘赵真')).toBe('赵真')
})

describe('the card numbers of a cancellation', () => {
  const sheet = () =>
    new WrittenPage()
      .line(400, 60, '企业注销申请表', { size: 32 })
      .line(100, 160, '公司名称:厦门示例进出口有限公司')
      .line(100, 220, '电子口岸法人卡号:8600100000001')
  const numbers = async (page: WrittenPage) => valuesOf(await read(page)).operatorCardNumbers
  const both = ['8600100000002', '8600100000003']

  it('are parted by a comma, by room, and where the comma was misread', async () => {
    for (const between of ['、', '   ', '′'])
      expect(await numbers(sheet().line(100, 280, `电子口岸操作员卡号:${both.join(between)}`))).toEqual(both)
  })

  it('are parted by the room between them when they are of several lengths', async () => {
    const oneOfEach = ['8600100000002', '860010000003']
    expect(await numbers(sheet().line(100, 280, `电子口岸操作员卡号:${oneOfEach.join(' ')}`))).toEqual(oneOfEach)
    // Groups of four figures are no numbers.
    expect(await numbers(sheet().line(100, 280, '电子口岸操作员卡号:8600 1000 0000 2860 0100 0000 3'))).toHaveLength(1)
  })

  it('may begin on the line above their label', async () => {
    const above = (one: string, other: string) => numbers(sheet().line(324, 300, one).line(100, 335, `电子口岸操作员卡号:${other}`))
    expect(await above(both[0]!, both[1]!)).toEqual(both)
    // A card of another year has a figure less; a telephone above is none.
    expect(await above(both[0]!, '860010000003')).toEqual([both[0], '860010000003'])
    expect(await above('13800138000', '860010000003')).toEqual(['860010000003'])
  })

  it('are two where more figures than any number has stand wide apart at one place', async () => {
    const page = new WrittenPage().line(400, 60, '企业注销申请表', { size: 32 }).line(100, 160, '公司名称:厦门示例进出口有限公司')
    page.line(100, 220, '电子口岸操作员卡号:1569539013974 869384725263')
    // The blank was not read.
    const line = page.lines.at(-1)!
    page.lines.splice(-1, 1, { ...line, text: line.text.replace(' ', '') })
    expect(valuesOf(await read(page)).operatorCardNumbers).toEqual(['1569539013974', '869384725263'])
  })

  it('are those of the row of their label, far off in a cell that broken rules left of several', async () => {
    const page = new WrittenPage(2060, 1456)
      .line(600, 60, '企业注销申请表', { size: 32 })
      .row(140, 190, 80, [
        [260, '公司名称'],
        [1500, '厦门示例进出口有限公司'],
      ])
      .row(140, 270, 80, [
        [260, '电子口岸法人卡号'],
        [1500, ''],
      ])
      .line(1060, 298, '860010000001')
      .row(140, 350, 90, [[260, '电子口岸操作员卡号']])
      .line(1060, 383, '8600100000002')
      .line(950, 500, '公司签章:')
    page.cells.push({ box: { x: 142, y: 360, width: 1758, height: 280 } })
    expect(valuesOf(await read(page))).toMatchObject({ legalCardNumber: '860010000001', operatorCardNumbers: ['8600100000002'] })
  })

  it('are never certain when two stand too near to be told apart', async () => {
    const paper = await read(sheet().line(100, 280, `电子口岸操作员卡号:${both.join('')}`, { source: 'text-layer', confidence: 1 }))
    expect(paper!.fields.operatorCardNumbers!.certain).toBe(false)
  })
})

it('takes the last words of a printed note for no remark', async () => {
  const page = new WrittenPage()
    .line(400, 60, '业务变更申请表', { size: 32 })
    .line(100, 160, '公司名称:厦门示例进出口有限公司')
    .line(100, 220, '联系人:林小满')
    .line(100, 280, '变更内容:法定代表人由张伟变更为李娜')
    .line(100, 340, '备注:')
    .line(100, 400, '注:请在递交申请二个工作日后访问http://icapprove.xmeport.cn/,输入企业组织机构代码', { size: 20 })
    .line(100, 428, '查询变更申请审批进度,待申请状态为"领卡"后打印《领卡通知书》,到大厅窗口', { size: 20 })
    .line(100, 456, '领卡。', { size: 20 })
  expect(valuesOf(await read(page)).remarks).toBeNull()
})

it('tells a number whose label was lost by its check digit and by the labels around it', async () => {
  const page = new WrittenPage().line(250, 60, '电子口岸卡登记表', { size: 32 }).line(300, 120, '法人卡持卡人基本信息')
  const block = (y: number, name: string, number: string, label: string) =>
    page
      .line(100, y, `持卡人姓名:${name}`)
      .line(100, y + 50, '证件类别:居民身份证')
      .line(100, y + 100, label)
      .line(500, y + 100, number)
      .line(100, y + 150, '用户地址:厦门市湖里区象兴一路88号')
      .line(100, y + 200, '联系电话:13800138000')
  block(180, '张伟', '350203199001010018', '证件号码:')
  page.line(300, 500, '操作员卡持卡人基本信息')
  block(560, '李娜', '350206198506150029', '证件号码:')
  page.lines.splice(
    page.lines.findLastIndex(({ text }) => text === '证件号码:'),
    1,
  )
  const values = valuesOf(await read(page))
  expect([values['legal.idNumber'], values['operator.idNumber']]).toEqual(['350203199001010018', '350206198506150029'])
})

describe('a business licence', () => {
  const values = {
    enterpriseName: '厦门示例进出口有限公司',
    uscc: code,
    legalName: '陈建国',
    address: '厦门市湖里区象兴一路88号1203室',
    enterpriseType: '有限责任公司（自然人独资）',
    registeredCapital: '伍佰万元整',
    establishedDate: '2015-03-12',
    businessTerm: '2015年03月12日至2045年03月11日',
  }

  it('is read in the two columns of the present format', async () => {
    const page = new WrittenPage(1754, 1240)
      .line(700, 100, '营业执照', { size: 60 })
      .line(150, 180, '统一社会信用代码', { size: 20 })
      .line(150, 220, code)
      .line(150, 320, '名      称   厦门示例进出口有限公司')
      .line(950, 320, '注册资本   伍佰万元整')
      .line(150, 380, '类      型   有限责任公司(自然人独资)')
      .line(950, 380, '成立日期   2015年03月12日')
      .line(150, 440, '法定代表人   陈建国')
      .line(950, 440, '营业期限   2015年03月12日至2045年03月11日')
      .line(150, 500, '经营范围   货物进出口;技术进出口;')
      .line(306, 540, '国内贸易代理。')
      .line(950, 500, '住      所   厦门市湖里区象兴一路88号')
      .line(1130, 535, '1203室')
      .line(950, 1000, '登记机关')
    expect(valuesOf(await read(page))).toEqual(values)
  })

  it('has a term of which 日 stands alone on the next row, measured by the room around it', async () => {
    const page = new WrittenPage(1754, 1240)
      .line(700, 100, '营业执照', { size: 60 })
      .line(150, 220, `统一社会信用代码 ${code}`)
      .line(150, 320, '名      称   厦门示例进出口有限公司')
      .line(950, 380, '成立日期')
      .line(1250, 380, '2015年03月12日')
      .line(950, 440, '营业期限')
      .line(1250, 440, '自2015年03月12日至2045年03月11')
      .line(1250, 466, '日')
      .line(950, 1000, '登记机关')
    // Boxes as the detector draws them, with room on all sides.
    const [term, day] = page.lines.slice(-3, -1) as [TextLine, TextLine]
    const [figure] = day.glyphs
    page.lines.splice(
      -3,
      2,
      { ...term, box: { ...term.box, height: 32 } },
      { ...day, box: { x: 1248, y: 478, width: 37, height: 43 }, glyphs: [{ ...figure!, left: 1248, right: 1285 }] },
    )
    expect(valuesOf(await read(page))).toMatchObject({ businessTerm: '自2015年03月12日至2045年03月11日' })
  })

  it('finds a label drawn apart over its column of which the first letter by itself measures smaller', async () => {
    const page = new WrittenPage(1754, 1240)
      .line(700, 100, '营业执照', { size: 60 })
      .line(150, 220, `统一社会信用代码 ${code}`)
      .line(150, 322, '名', { size: 20 })
      .line(276, 318, '称厦门示例进出口有限公司', { size: 26 })
      .line(150, 380, '类      型   有限责任公司(自然人独资)')
      .line(150, 440, '法定代表人   陈建国')
      .line(950, 440, '营业期限   2015年03月12日至2045年03月11日')
      .line(950, 1000, '登记机关')
    const { enterpriseName } = (await read(page))!.fields
    expect(enterpriseName!.value).toBe('厦门示例进出口有限公司')
    expect(enterpriseName!.evidence).not.toContain('mended')
  })

  it('tells the name of the enterprise by its form where its label could not be read, for a person to look', async () => {
    const page = (name: string) =>
      new WrittenPage(1754, 1240)
        .line(700, 100, '营业执照', { size: 60 })
        .line(150, 220, `统一社会信用代码 ${code}`)
        .line(214, 320, '称')
        .line(330, 320, name)
        .line(950, 320, '注册资本   伍佰万元整')
        .line(150, 380, '类      型   有限责任公司(自然人独资)')
        .line(150, 440, '法定代表人   陈建国')
        .line(150, 500, '经营范围   货物进出口')
        .line(950, 1000, '登记机关')
        .line(950, 1040, '厦门市湖里区市场监督管理局')
    const fields = async (name: string) => (await read(page(name)))!.fields
    expect((await fields('厦门示例进出口有限公司'))['enterpriseName']).toMatchObject({ value: '厦门示例进出口有限公司', certain: false })
    expect((await fields('副本编号1-1'))['enterpriseName']!.value).toBe(null)
  })

  it('knows a label drawn apart of which the first character was found small, beside its value', async () => {
    const page = new WrittenPage().line(300, 100, '营业执照', { size: 60 }).line(226, 300, '住', { size: 36 })
    page.line(226, 222, '名', { size: 25 }).line(400, 220, '称厦门铭途食品有限公司', { size: 33 })
    page.line(407, 300, '所厦门市集美区灌口中路762号', { size: 33 })
    page.line(226, 380, '统一社会信用代码:91350206MA2XM00A2T').line(226, 440, '法定代表人:黄晓俊').line(226, 500, '成立日期:2007年05月28日')
    const { enterpriseName } = (await read(page))!.fields
    expect(enterpriseName!.value).toBe('厦门铭途食品有限公司')
    expect(enterpriseName!.evidence).not.toContain('mended')
  })

  it('tells the address behind the second character of its label, the first one misread far from it', async () => {
    const page = new WrittenPage(1754, 1240)
      .line(700, 100, '营业执照', { size: 60 })
      .line(150, 220, `统一社会信用代码 ${code}`)
      .line(150, 320, '名      称   厦门示例进出口有限公司')
      .line(950, 320, '注册资本   伍佰万元整')
      .line(150, 380, '类      型   有限责任公司(自然人独资)')
      .line(950, 440, 'F')
      .line(1070, 440, '所厦门市海沧区沧林东路40号6#厂房4楼西侧')
      .line(150, 440, '法定代表人   陈建国')
      .line(150, 500, '经营范围   货物进出口')
      .line(950, 1000, '登记机关')
    expect((await read(page))!.fields['address']).toMatchObject({ value: '厦门市海沧区沧林东路40号6#厂房4楼西侧', certain: false })
  })

  it('of a cooperative has what its members paid in', async () => {
    const page = new WrittenPage(1754, 1240)
      .line(700, 100, '营业执照', { size: 60 })
      .line(150, 220, `统一社会信用代码 ${code}`)
      .line(150, 320, '名      称   厦门示例果蔬专业合作社')
      .line(150, 380, '类      型   农民专业合作社')
      .line(150, 440, '法定代表人   陈建国')
      .line(150, 500, '业务范围   果蔬的种植、销售')
      .line(950, 320, '住          所   厦门市翔安区春江里303号1301室')
      .line(950, 380, '成员出资总额   壹佰万元整')
      .line(950, 440, '成立日期   2015年03月12日')
      .line(950, 1000, '登记机关')
    expect(valuesOf(await read(page))).toMatchObject({
      address: '厦门市翔安区春江里303号1301室',
      legalName: '陈建国',
      registeredCapital: '壹佰万元整',
      establishedDate: '2015-03-12',
    })
  })

  it('whose labels lost a letter each: the rows below a name are told by their form', async () => {
    const page = new WrittenPage(1754, 1240)
      .line(700, 100, '营业执照', { size: 60 })
      .line(150, 220, `统一社会信用代码 ${code}`)
      .line(150, 320, '名      称   厦门示例投资合伙企业(有限合伙)')
      .line(150, 380, '类')
      .line(250, 380, '理电型')
      .line(360, 380, '有限合伙企业')
      .line(150, 440, '执行事务合伙人   陈建国')
      .line(230, 500, '资')
      .line(330, 500, '额壹仟万元整')
      .line(150, 560, '成立日期   2015年03月12日')
      .line(150, 620, '主要经营场所   厦门市翔安区春江里303号1301室')
      .line(150, 680, '经营范围   投资管理')
      .line(950, 1000, '登记机关')
    const licence = await read(page)
    expect(valuesOf(licence)).toMatchObject({
      enterpriseName: '厦门示例投资合伙企业（有限合伙）',
      enterpriseType: '有限合伙企业',
      registeredCapital: '壹仟万元整',
    })
    expect(licence!.fields['enterpriseType']!.certain).toBe(false)
  })

  it('lets a name of two rows go on, and leaves what a watermark says off name and type', async () => {
    const page = (second: string, type: string) =>
      new WrittenPage(1754, 1240)
        .line(700, 100, '营业执照', { size: 60 })
        .line(150, 220, `统一社会信用代码 ${code}`)
        .line(150, 320, '名      称   厦门示例果蔬专业合作社')
        .line(330, 352, second)
        .line(150, 410, `类      型   ${type}`)
        .line(150, 470, '法定代表人   陈建国')
        .line(150, 530, '成立日期   2015年03月12日')
        .line(150, 590, '住      所   厦门市翔安区春江里303号1301室')
        .line(150, 650, '经营范围   货物进出口')
        .line(950, 1000, '登记机关')
    expect(valuesOf(await read(page('理电子', '工农民专业合作社')))).toMatchObject({
      enterpriseName: '厦门示例果蔬专业合作社',
      enterpriseType: '农民专业合作社',
    })
    expect(valuesOf(await read(page('理电子', '有限责任公司(自然人独资)F'))).enterpriseType).toBe('有限责任公司（自然人独资）')
    expect(valuesOf(await read(page('联合社', '农民专业合作社联合社')))).toMatchObject({
      enterpriseName: '厦门示例果蔬专业合作社联合社',
      enterpriseType: '农民专业合作社联合社',
    })
  })

  it.each([
    ['室（该住所仅限作为', '商务秘书企业办公场所使用）'],
    ['室（该', '住所仅限作为商务秘书企业办公场所使用）'],
    ['室（经营场所：厦', '门市湖里区象屿路97号）'],
  ])('of which an address names a seat in brackets has one label of it: %s', async (first, second) => {
    const page = new WrittenPage(1754, 1240)
      .line(700, 100, '营业执照', { size: 60 })
      .line(150, 220, `统一社会信用代码 ${code}`)
      .line(150, 320, '名      称   厦门示例进出口有限公司')
      .line(150, 380, '类      型   有限责任公司(自然人独资)')
      .line(950, 440, `住      所   厦门市湖里区象兴一路88号1203${first}`)
      .line(1120, 474, second)
      .line(150, 500, '经营范围   货物进出口')
      .line(950, 1000, '登记机关')
    expect(valuesOf(await read(page)).address).toBe(`厦门市湖里区象兴一路88号1203${first}${second}`)
  })

  it('leaves words against misuse before a name off it, and knows the sign of money', async () => {
    const page = new WrittenPage(1754, 1240)
      .line(700, 100, '营业执照', { size: 60 })
      .line(150, 220, `统一社会信用代码 ${code}`)
      .line(150, 320, '名称   南次复印厦门市海沧区示例报关服务部')
      .line(150, 380, '类型   个体工商户')
      .line(150, 440, '经营者   陈建国')
      .line(150, 500, '注册资金   贰佰万图整')
      .line(950, 1000, '登记机关')
    expect(valuesOf(await read(page))).toMatchObject({
      enterpriseName: '厦门市海沧区示例报关服务部',
      registeredCapital: '贰佰万圆整',
    })
  })

  it('tells the name behind the second character of its label, the first one lost far from it', async () => {
    const page = new WrittenPage(1754, 1240)
      .line(700, 100, '营业执照', { size: 60 })
      .line(150, 220, `统一社会信用代码 ${code}`)
      .line(270, 320, '称厦门示例进出口有限公司')
      .line(950, 320, '注册资本   伍佰万元整')
      .line(150, 380, '类      型   有限责任公司(自然人独资)')
      .line(150, 440, '法定代表人   陈建国')
      .line(950, 440, '住      所   厦门市湖里区象兴一路88号1203室')
      .line(150, 500, '经营范围   货物进出口')
      .line(950, 1000, '登记机关')
    expect((await read(page))!.fields['enterpriseName']).toMatchObject({ value: '厦门示例进出口有限公司', certain: false })
  })

  it('is read where a sign of the watermark stands amid a label that is drawn apart', async () => {
    const page = new WrittenPage(1240, 1754)
      .line(400, 100, '营业执照', { size: 60 })
      .line(150, 220, `统一社会信用代码 ${code}`)
      .line(150, 320, '名  称  厦门示例进出口有限公司')
      .line(150, 380, '法定代表人   陈建国')
      .line(150, 440, '成立日期   2015年03月12日')
      .line(150, 500, '住')
      .line(190, 498, 'F', { confidence: 0.5 })
      .line(240, 500, '所 厦门市湖里区象兴一路88号1203室')
      .line(150, 560, '经营范围   货物进出口')
      .line(850, 1000, '登记机关')
    expect(valuesOf(await read(page)).address).toBe('厦门市湖里区象兴一路88号1203室')
  })

  it('says an amount without the end of its label, which stands in two rows', async () => {
    const page = new WrittenPage(1240, 1754)
      .line(400, 100, '营业执照', { size: 60 })
      .line(150, 220, `统一社会信用代码 ${code}`)
      .line(200, 320, '名        称    厦门示例果蔬专业合作社')
      .line(200, 380, '类        型    农民专业合作社')
      .line(200, 440, '法定代表人    陈建国')
      .line(200, 500, '成员出资总    壹佰万元整')
      .line(200, 536, '额')
      .line(200, 600, '成立日期     2015年03月12日')
      .line(850, 1000, '登记机关')
    expect(valuesOf(await read(page)).registeredCapital).toBe('壹佰万元整')
  })

  it('has an address that says of itself that it is a 住所, whose words are no label', async () => {
    const page = new WrittenPage(1456, 1240)
      .line(539, 100, '营业执照', { size: 60 })
      .line(133, 220, `统一社会信用代码 ${code}`)
      .line(140, 320, '名称')
      .line(242, 320, '厦门示例进出口有限公司', { size: 20 })
      .line(140, 380, '法定代表人   陈建国')
      .line(821, 320, '住所')
      .line(914, 320, '中国(福建)自由贸易试验区厦门片区园山南路1', { size: 18 })
      .line(913, 344, '5号航运大厦主楼13层4单元D-437(自主申报、', { size: 18 })
      .line(909, 368, '住所即可用于通信联络)', { size: 18 })
      .line(818, 420, '成立日期2006年12月02日')
      .line(850, 1000, '登记机关')
    expect(valuesOf(await read(page)).address).toBe(
      '中国（福建）自由贸易试验区厦门片区园山南路15号航运大厦主楼13层4单元D-437（自主申报、住所即可用于通信联络）',
    )
  })

  it('is read where a label of the right column was cut in two beside the free text of the left one', async () => {
    const page = new WrittenPage(1754, 1240)
      .line(700, 100, '营业执照', { size: 60 })
      .line(150, 180, '统一社会信用代码', { size: 20 })
      .line(150, 220, code)
      .line(150, 320, '名      称   厦门示例进出口有限公司')
      .line(950, 320, '注册资本   伍佰万元整')
      .line(150, 380, '法定代表人   陈建国')
      .line(950, 380, '成立日期   2015年03月12日')
      .line(150, 500, '经营范围')
      .line(270, 500, '一般项目:货物进出口;技术进出口;')
      .line(270, 540, '国内贸易代理。')
      .line(950, 500, '住')
      .line(1020, 500, '所厦门市湖里区象兴一路88号1203室')
      .line(950, 1000, '登记机关')
    expect(valuesOf(await read(page)).address).toBe('厦门市湖里区象兴一路88号1203室')
  })

  it('is read where the free text and its label are one line beside the label of the right column', async () => {
    const page = new WrittenPage(1754, 1240)
      .line(700, 100, '营业执照', { size: 60 })
      .line(150, 180, '统一社会信用代码', { size: 20 })
      .line(150, 220, code)
      .line(150, 320, '名      称   厦门示例进出口有限公司')
      .line(150, 500, '经营范围 一般项目:货物进出口;技术进出口;')
      .line(270, 540, '国内贸易代理。')
      .line(950, 500, '住')
      .line(1020, 500, '所厦')
      .line(1044, 500, '厦门市湖里区象兴一路88号1203室')
      .line(950, 1000, '登记机关')
    expect(valuesOf(await read(page)).address).toBe('厦门市湖里区象兴一路88号1203室')
  })

  it('is read where the middle of the registrar’s seal was taken for a character below the address', async () => {
    const page = new WrittenPage(1754, 1240)
      .line(700, 100, '营业执照', { size: 60 })
      .line(150, 220, `统一社会信用代码 ${code}`)
      .line(150, 320, '名      称   厦门示例进出口有限公司')
      .line(950, 320, '注册资本   伍佰万元整')
      .line(150, 380, '类      型   有限责任公司(自然人独资)')
      .line(950, 380, '成立日期   2015年03月12日')
      .line(950, 440, '住      所   厦门市湖里区象兴一路88号')
      .line(1130, 600, '光', { size: 180 })
    expect(valuesOf(await read(page)).address).toBe('厦门市湖里区象兴一路88号')
  })

  it('is read where the end of a spread label holds the begin of its value, and the border is read as figures', async () => {
    const page = new WrittenPage()
      .line(400, 100, '营业执照', { size: 60 })
      .line(150, 220, `统一社会信用代码 ${code}`)
      .line(150, 320, '名  称  厦门示例进出口有限公司')
      .line(150, 380, '类  型  有限责任公司(自然人独资)')
      .line(1050, 372, '0', { confidence: 0.16 })
      .line(1050, 386, '0', { confidence: 0.75 })
      .line(150, 440, '法定代表人 陈建国')
      .line(150, 500, '注册资本限', { size: 27, doubts: { 4: [] } })
      .line(263, 505, '伍佰万元整', { size: 17 })
      .line(150, 560, '成立日期 2015年03月12日')
      .line(150, 1000, '登记机关')
    expect(valuesOf(await read(page))).toMatchObject({
      enterpriseType: values.enterpriseType,
      registeredCapital: values.registeredCapital,
    })
  })

  it('is read in one column, for a sole trader and without a title', async () => {
    const page = new WrittenPage()
      .line(300, 200, `统一社会信用代码 ${code}`)
      .line(150, 320, '名称')
      .line(400, 320, '厦门市湖里区示例商行')
      .line(150, 380, '类型')
      .line(400, 380, '个体工商户')
      .line(150, 440, '经营者')
      .line(400, 440, '陈建国')
      .line(150, 500, '经营场所')
      .line(400, 500, '厦门市湖里区象兴一路88号')
      .line(150, 560, '组成形式')
      .line(400, 560, '个人经营')
      .line(150, 620, '注册日期')
      .line(400, 620, '2015年03月12日')
      .line(150, 680, '经营范围')
      .line(400, 680, '日用品零售。')
      .line(700, 1200, '登记机关')
    const paper = await read(page)
    expect(paper!.kind).toBe('business-licence')
    expect(valuesOf(paper)).toMatchObject({
      enterpriseName: '厦门市湖里区示例商行',
      legalName: '陈建国',
      address: '厦门市湖里区象兴一路88号',
      establishedDate: '2015-03-12',
      registeredCapital: null,
    })
  })
})

describe('papers that are none of the kinds', () => {
  it.each([
    [
      'a covering letter',
      [
        '关于办理电子口岸卡的函',
        '中国电子口岸数据中心厦门分中心:',
        '兹寄上营业执照复印件一份、电子口岸卡登记表一份、授权委托书一份,',
        '请予办理。联系人:林小明 联系电话:13800138000',
        '此致 敬礼',
      ],
    ],
    [
      'a tax form',
      [
        '增值税纳税申报表',
        '纳税人识别号:91350206MA2XM00A2T',
        '纳税人名称:厦门示例进出口有限公司',
        '所属行业 批发',
        '电话号码 0592-5653395',
        '税款所属时间 2026年10月',
      ],
    ],
    [
      'a bank slip',
      [
        '中国工商银行 网上银行电子回单',
        '付款人户名 厦门示例进出口有限公司',
        '收款人户名 厦门某某公司',
        '金额 1,200.00元',
        '交易时间 2026-11-20 10:00:00',
      ],
    ],
    ['a page of prose', ['会议纪要', '会议讨论了明年的计划。', '大家一致同意。']],
  ])('%s is unknown', async (_, texts) => {
    const page = new WrittenPage()
    for (const [at, text] of texts.entries()) page.line(150, 100 + at * 60, text, { size: at === 0 ? 34 : 24 })
    expect((await read(page))!.kind).toBe('unknown')
  })

  it('a blank page carries no paper', async () => {
    expect(await understandPage(new WrittenPage(), blindTools)).toEqual([])
  })
})

describe('a card form with its labels above their values', () => {
  it('tells an address below a word of a list by its form where its label was not found', async () => {
    const page = new WrittenPage()
      .line(400, 60, '电子口岸卡登记表', { size: 34 })
      .line(100, 160, '操作员卡持卡人基本信息')
      .line(100, 220, '持卡人姓名', { size: 16 })
      .line(100, 250, '陈小红')
      .line(100, 320, '证件号码', { size: 16 })
      .line(100, 350, '350205198405061864')
      .line(100, 420, '职务', { size: 16 })
      .line(100, 450, '报关员')
      .line(100, 495, '厦门市湖里区象兴一路90号')
      .line(100, 560, '传真', { size: 16 })
      .line(100, 590, '05925653395')
    const { fields } = (await read(page))!
    expect(fields['operator.position']!.value).toBe('报关员')
    expect(fields['operator.address']).toMatchObject({ value: '厦门市湖里区象兴一路90号', certain: false })
    expect(fields['legal.address']!.value).toBe(null)
  })

  it('takes no value of a label that was not read for a word of the list beside it', async () => {
    const page = new WrittenPage()
      .line(400, 60, '电子口岸卡登记表', { size: 34 })
      .line(100, 160, '操作员卡持卡人基本信息')
      .line(100, 220, '持卡人姓名', { size: 16 })
      .line(300, 250, '苏云欣')
      .line(700, 220, '性别', { size: 16 })
      .line(900, 250, '女')
      .line(100, 320, '学历', { size: 16 })
      .line(300, 350, '中专')
      .line(900, 350, '副总经理')
      .line(100, 420, '证件类别', { size: 16 })
      .line(300, 450, '居民身份证')
      .line(100, 520, '证件号码', { size: 16 })
      .line(300, 550, '350205198405061864')
    expect(valuesOf(await read(page))).toMatchObject({ 'operator.education': '中专', 'operator.holderName': '苏云欣' })
  })
})
